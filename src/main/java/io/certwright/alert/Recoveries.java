package io.certwright.alert;

import io.certwright.failure.LifecycleException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Ends what people were told of and tells them so, once. Nobody hears of the end of something he was never told. */
public final class Recoveries {
    private final AlertOutbox outbox;

    public Recoveries(AlertOutbox outbox) {
        this.outbox = outbox;
    }

    /**
     * Ends these and answers how many people are told. The news is in the outbox before the trouble is over: after a crash between them
     * the next look does both again, and nobody is told twice.
     *
     * @param news what is true now, for the subject line: {@code renewed, valid until Sat 5 Dec 2026}
     */
    public int tell(Collection<OutboxEntry> over, String news, Instant now) throws LifecycleException {
        int told = 0;
        for (OutboxEntry entry : over) {
            if (entry.deliveredAt().isPresent()) {
                told += outbox.offer(recovered(entry, news, now), entry.to()) ? 1 : 0;
            }
            outbox.over(List.of(entry.id()), now);
        }
        return told;
    }

    private static Alert recovered(OutboxEntry entry, String news, Instant now) {
        String subject = entry.alert().key().subject();
        return Alert.of(
                AlertKey.of(
                        subject,
                        AlertKind.RECOVERED,
                        entry.alert().key().kind() + " " + entry.id() + " "
                                + entry.alert().at().getEpochSecond()),
                subject + ": " + news,
                "Earlier we told you: " + entry.alert().sentence() + ".\nThis is over.",
                "You hear of it again only when it needs you.",
                List.of(),
                now);
    }
}
