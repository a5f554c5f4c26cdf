package io.certwright.alert;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An alert on its way to one recipient, as the outbox remembers it.
 *
 * @param digest the mail it was last sent in, as long as nobody knows whether that mail arrived
 * @param attempts how often it was tried so far
 * @param nextTry when it is tried next; empty once delivered, superseded, acknowledged, over or given up
 * @param lastFailure why it did not go out last time
 */
public record OutboxEntry(
        long id,
        Alert alert,
        Recipient to,
        Optional<UUID> digest,
        int attempts,
        Optional<Instant> nextTry,
        Optional<String> lastFailure,
        Optional<Instant> deliveredAt,
        Optional<Instant> acknowledgedAt) {
    /** Not delivered, and not tried any more by itself. */
    public boolean isGivenUp() {
        return nextTry.isEmpty() && deliveredAt.isEmpty() && acknowledgedAt.isEmpty() && lastFailure.isPresent();
    }
}
