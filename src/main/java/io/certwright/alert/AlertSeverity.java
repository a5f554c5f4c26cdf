package io.certwright.alert;

/** How much an alert wants of a person, least first: the order decides what leads a digest and who is told. */
public enum AlertSeverity {
    /** Good to know; nothing to do. */
    NOTE,
    /** To be looked at within days. */
    WARNING,
    /** To be looked at today. */
    URGENT,
    /** Something is broken for clients now, or will be within hours. */
    CRITICAL;

    public boolean isAtLeast(AlertSeverity other) {
        return compareTo(other) >= 0;
    }
}
