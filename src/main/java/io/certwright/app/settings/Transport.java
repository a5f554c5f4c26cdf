package io.certwright.app.settings;

/** How calls get to a host. */
enum Transport {
    /** Certwright runs on it. */
    LOCAL,
    /** Its OpenSSH server. */
    SSH,
    /** A person carries them. */
    RUNBOOK,
    /** The server of {@code demo windows}, in another process of this machine. */
    SIMULATED
}
