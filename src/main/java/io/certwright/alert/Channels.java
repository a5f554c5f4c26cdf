package io.certwright.alert;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The ways that are set up to reach somebody, and the hours in which people are left alone.
 *
 * @param quiet hours in which only urgent mail goes; programs are never left alone
 */
public record Channels(Map<Channel, AlertSender> senders, QuietHours quiet) {
    public Channels {
        senders = Map.copyOf(senders);
    }

    /** Mail alone, at any hour. */
    public static Channels byMail(AlertSender mail) {
        return new Channels(Map.of(Channel.MAIL, mail), QuietHours.NEVER);
    }

    /** Whether there is any way at all. */
    public boolean isEmpty() {
        return senders.isEmpty();
    }

    Optional<AlertSender> findSenderTo(Recipient to) {
        return Optional.ofNullable(senders.get(to.channel()));
    }

    /** The least that may go to this recipient now. */
    AlertSeverity floorAt(Recipient to, Instant now) {
        return to.channel() == Channel.MAIL && quiet.areAt(now) ? AlertSeverity.URGENT : AlertSeverity.NOTE;
    }
}
