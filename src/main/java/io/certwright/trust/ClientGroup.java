package io.certwright.trust;

import io.certwright.probe.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The clients that share trust and pins, and the servers they talk to. A client with a pin talks to no server whose leaf is
 * not pinned, so everything one of its servers needs is published for the whole group.
 *
 * @param pinning whether these clients compare a server's leaf with their {@code WindowsServerUpdateServices} store
 * @param waitingTime how long after publication every client of the group can be expected to have what was published
 * @param retireAfter how long after a switch-over the old pin stays in the package
 * @param alsoTalkTo servers of these clients that are not managed here; their leaves are pinned too
 * @param publishTo the folder or share for the package, as written in the settings
 * @param updates where these clients scan, and who signs what is published locally
 * @param expected which machines they are, where somebody keeps a list
 */
public record ClientGroup(
        ClientGroupName name,
        boolean pinning,
        Duration waitingTime,
        Duration retireAfter,
        List<Endpoint> alsoTalkTo,
        String publishTo,
        UpdateSource updates,
        Optional<ExpectedClients> expected) {
    /** Clients of which nothing else is known: others set where they scan, and nobody counts them. */
    public ClientGroup(
            ClientGroupName name,
            boolean pinning,
            Duration waitingTime,
            Duration retireAfter,
            List<Endpoint> alsoTalkTo,
            String publishTo) {
        this(name, pinning, waitingTime, retireAfter, alsoTalkTo, publishTo, UpdateSource.UNKNOWN, Optional.empty());
    }

    public ClientGroup {
        alsoTalkTo = alsoTalkTo.stream().distinct().toList();
        requireNotNegative(name, "wait", waitingTime);
        requireNotNegative(name, "retire-after", retireAfter);
        if (publishTo.isBlank()) {
            throw new IllegalArgumentException(
                    "client group " + name + ": got an empty publish-to, wanted the folder for its trust package");
        }
    }

    /** The same clients, with their package elsewhere. */
    public ClientGroup publishingTo(String folder) {
        return new ClientGroup(name, pinning, waitingTime, retireAfter, alsoTalkTo, folder, updates, expected);
    }

    private static void requireNotNegative(ClientGroupName name, String what, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(
                    "client group " + name + ": got " + what + " " + duration + ", wanted zero or more");
        }
    }
}
