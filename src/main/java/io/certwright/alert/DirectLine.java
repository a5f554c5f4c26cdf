package io.certwright.alert;

import io.certwright.failure.LifecycleException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people and programs without the outbox, for what makes the outbox useless. What was told is remembered by this process alone:
 * each thing goes once to each recipient, under an id made of the thing itself, so that a second node's copy is known for the same.
 * What was not taken is tried again at the next look. Not for several threads.
 */
final class DirectLine {
    private static final Logger LOG = LoggerFactory.getLogger(DirectLine.class);

    private record Told(AlertKey key, Recipient to) {}

    private final Map<Told, Alert> told = new LinkedHashMap<>();

    /** One look: tells what is wrong now and, to those who heard of it, what is over. */
    void look(List<Alert> present, List<Recipient> to, Channels channels, Instant now) {
        for (Alert alert : present) {
            for (Recipient recipient : to) {
                Told key = new Told(alert.key(), recipient);
                if (!told.containsKey(key) && isSent(alert, recipient, channels)) {
                    told.put(key, alert);
                }
            }
        }
        Set<AlertKey> lasting = present.stream().map(Alert::key).collect(Collectors.toSet());
        for (Map.Entry<Told, Alert> entry : new ArrayList<>(told.entrySet())) {
            boolean isOver = !lasting.contains(entry.getKey().key());
            if (isOver && isSent(over(entry.getValue(), now), entry.getKey().to(), channels)) {
                told.remove(entry.getKey());
            }
        }
    }

    private static boolean isSent(Alert alert, Recipient to, Channels channels) {
        Optional<AlertSender> sender = channels.findSenderTo(to);
        if (sender.isEmpty()) {
            return false;
        }
        String name = alert.key() + " " + to;
        try {
            sender.get()
                    .send(new Digest(
                            UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)), to, List.of(alert)));
            return true;
        } catch (LifecycleException failed) {
            LOG.warn("{} could not be told of \"{}\": {}", to, alert.sentence(), failed.getMessage());
            return false;
        }
    }

    private static Alert over(Alert earlier, Instant now) {
        return Alert.of(
                AlertKey.of(
                        earlier.key().subject(),
                        AlertKind.RECOVERED,
                        earlier.key().kind() + " " + earlier.key().stage()),
                earlier.key().subject() + ": is well again",
                "Earlier we told you: " + earlier.sentence() + ".\nThis is over.",
                "You hear of it again only when it needs you.",
                List.of(),
                now);
    }
}
