package io.certwright.failure;

/**
 * What kind of thing went wrong, as far as it decides what happens next: whether and how soon the story tries again, which
 * exit code a command ends with, and under which label metrics count it.
 */
public enum FailureKind {
    /** Nobody answered: a CA, a host, a database or a mail server that is down, slow or not routed. Worth trying again. */
    UNREACHABLE,
    /** The other side knows us and says no to our credentials or rights. Trying again helps only after a person acted. */
    UNAUTHORIZED,
    /** The other side asks us to come back later (rate limit, Retry-After). Worth trying again, but not sooner. */
    THROTTLED,
    /** An answer that does not parse or does not belong to what was asked. */
    MALFORMED_ANSWER,
    /** A well-formed refusal of what was asked, or input that cannot be right. */
    REFUSED,
    /** Our own fault: a bug, a full disk, a broken promise between two of our rooms. */
    INTERNAL;

    /** Whether the thing that failed is out of our reach now and will be tried again by itself (exit code 5). */
    public boolean isOutOfReach() {
        return this == UNREACHABLE || this == THROTTLED;
    }
}
