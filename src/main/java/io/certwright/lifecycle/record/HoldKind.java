package io.certwright.lifecycle.record;

/** Why a renewal waits. */
public enum HoldKind {
    /** The CA holds the request and will answer later. */
    APPROVAL,
    /** The certificate is not valid yet, by our clock. */
    VALIDITY,
    /** Clients do not have the trust yet that the new certificate needs. */
    CLIENT_TRUST,
    /** The host may be changed only in its maintenance window. */
    WINDOW,
    /** Another renewal is changing the host now, or another process runs this one. */
    BUSY_HOST,
    /** The host is in {@code mode: report}. */
    REPORT_MODE,
    /** A person issued it by hand and binds it by hand, unless it falls due before. */
    BY_HAND,
    /** It was rolled back, and nothing has changed since: a person decides. */
    PERSON
}
