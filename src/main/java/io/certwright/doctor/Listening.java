package io.certwright.doctor;

/** Who has an address that Certwright is to listen on. */
public enum Listening {
    /** Nobody. */
    FREE,
    /** A Certwright that serves a certificate of this inventory. */
    OURS,
    /** Somebody else. */
    TAKEN,
    /** Nobody, but this account may not listen there. */
    FORBIDDEN,
    /** It is no address of this machine. */
    ELSEWHERE
}
