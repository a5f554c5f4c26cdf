package io.certwright.trust;

/** Whether any client talks yet to the server whose certificate changes. */
public enum Audience {
    /** Clients talk to it, or may: what they lack must reach them first. */
    CLIENTS,
    /** Its https binding has no certificate so far, so no client can depend on it. */
    NOBODY_YET
}
