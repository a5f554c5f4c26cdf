package io.certwright.windows;

/** How calls are done that need another machine than the host, such as a CA: {@code network-calls} of a host. */
public enum NetworkCalls {
    /** As SYSTEM, by a scheduled task that runs once: the other machine sees the host's own account. */
    TASK,
    /** Not at all; a sentence says so. */
    REFUSE,
    /** Like all others: the logon carries credentials for other machines. */
    DIRECT
}
