package io.certwright.lifecycle.wish;

/** Whether Certwright may change a host. */
public enum HostMode {
    /** Plans, probes and mails only: where a host starts until its owner says otherwise. */
    REPORT,
    /** Certificates are issued for it and bound on it. */
    MANAGE
}
