package io.certwright.alert;

/** What an alert is about, with the severity that it usually has. Stable names: they stand in the outbox and in webhooks. */
public enum AlertKind {
    /** A certificate crossed a threshold before its end, or is past it. */
    EXPIRY(AlertSeverity.WARNING),
    /** A renewal failed; it is tried again by itself. */
    RENEWAL_FAILED(AlertSeverity.WARNING),
    /** What the CA gave was refused by our own checks; nothing is tried again by itself. */
    REJECTED(AlertSeverity.URGENT),
    /** The CA said no; nothing is tried again by itself. */
    DENIED(AlertSeverity.URGENT),
    /** A renewal waits for a person, or longer than it should. */
    WAITING_LONG(AlertSeverity.WARNING),
    /** The new certificate was not proven, the previous one serves again. */
    ROLLED_BACK(AlertSeverity.URGENT),
    /** The new certificate was not proven and the previous one could not be restored. */
    RESTORE_FAILED(AlertSeverity.CRITICAL),
    /** A certificate in use was revoked. */
    REVOKED(AlertSeverity.CRITICAL),
    /** A server changed before its clients have the trust: what they need to go on stands in the alert. */
    EMERGENCY(AlertSeverity.CRITICAL),
    /** An issuing CA nears its own end. */
    ISSUER_ENDING(AlertSeverity.WARNING),
    /** Trust for clients could not be published. */
    TRUST_NOT_PUBLISHED(AlertSeverity.URGENT),
    /** A watched endpoint or file shows another certificate than could be expected. */
    WATCHED_CHANGED(AlertSeverity.WARNING),
    /** A watched endpoint or file has not been readable for long; what it showed last still counts. */
    WATCHED_UNREADABLE(AlertSeverity.WARNING),
    /** Changed settings were not taken over; the old ones stay in force. */
    SETTINGS_REJECTED(AlertSeverity.WARNING),
    /** What an earlier alert told is over. */
    RECOVERED(AlertSeverity.NOTE);

    private final AlertSeverity usualSeverity;

    AlertKind(AlertSeverity usualSeverity) {
        this.usualSeverity = usualSeverity;
    }

    public AlertSeverity usualSeverity() {
        return usualSeverity;
    }
}
