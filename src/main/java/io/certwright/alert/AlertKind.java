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
    /** A certificate's second issuer is asked, because the first is out of reach near the end. */
    FALLBACK_ISSUER(AlertSeverity.WARNING),
    /** A renewal waits for a person, or longer than it should. */
    WAITING_LONG(AlertSeverity.WARNING),
    /** The new certificate was not proven, the previous one serves again. */
    ROLLED_BACK(AlertSeverity.URGENT),
    /** The new certificate was not proven and the previous one could not be restored. */
    RESTORE_FAILED(AlertSeverity.CRITICAL),
    /** A server sends its new certificate without intermediates that clients need. */
    CHAIN_NOT_SENT(AlertSeverity.WARNING),
    /** A certificate in use was revoked. */
    REVOKED(AlertSeverity.CRITICAL),
    /** A server changed before its clients have the trust: what they need to go on stands in the alert. */
    EMERGENCY(AlertSeverity.CRITICAL),
    /** A CA above certificates in use nears its own end and has no successor. */
    ISSUER_ENDING(AlertSeverity.WARNING),
    /** A CA publishes no fresh revocation list: clients that ask soon refuse what it issued. */
    REVOCATION_ENDING(AlertSeverity.URGENT),
    /** A pinned certificate of a server that others look after nears its end, and clients have no next pin. */
    PIN_ENDING(AlertSeverity.WARNING),
    /** Clients are to be given a new trust package. */
    TRUST_PUBLISHED(AlertSeverity.NOTE),
    /** Trust for clients could not be published. */
    TRUST_NOT_PUBLISHED(AlertSeverity.URGENT),
    /** A watched endpoint or file shows another certificate than could be expected. */
    WATCHED_CHANGED(AlertSeverity.WARNING),
    /** A watched endpoint or file has not been readable for long; what it showed last still counts. */
    WATCHED_UNREADABLE(AlertSeverity.WARNING),
    /** Changed settings were not taken over; the old ones stay in force. */
    SETTINGS_REJECTED(AlertSeverity.WARNING),
    /** A folder that Certwright needs is nearly full, cannot be written or does not answer. */
    DISK_TROUBLE(AlertSeverity.URGENT),
    /** The database does not answer; told directly, for the outbox stands in it. */
    DATABASE_TROUBLE(AlertSeverity.CRITICAL),
    /** Nobody looked at the certificates for too long; told directly, for the schedule may stand still. */
    HEARTBEAT_LOST(AlertSeverity.CRITICAL),
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
