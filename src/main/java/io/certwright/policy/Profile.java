package io.certwright.policy;

/** Whose rules hold beside RFC 5280, which always does; {@link ViolationCode} says what each rule weighs in which profile. */
public enum Profile {
    /** Certificates of public CAs: the CA/Browser Forum's Baseline Requirements are errors. */
    PUBLIC,
    /** Certificates of a private CA: what only the Baseline Requirements forbid is a warning. */
    PRIVATE
}
