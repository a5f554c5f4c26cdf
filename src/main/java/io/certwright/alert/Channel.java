package io.certwright.alert;

/** A way to reach somebody. */
public enum Channel {
    /** Mail to a person. */
    MAIL,
    /** A signed message to a program of ours: the second channel, which also works when mail does not. */
    WEBHOOK
}
