package io.certwright.policy;

/** How much a violation weighs. */
public enum Severity {
    /** Refuses the certificate: it is never bound. */
    ERROR,
    /** Is told to people and refuses nothing. */
    WARNING
}
