package io.certwright.trust;

import io.certwright.probe.Endpoint;
import java.util.Optional;

/**
 * What is known of another server that the clients of a group talk to. Its leaf must stand in the package beside the new one:
 * the first pin cuts clients off from every server whose leaf has none.
 */
public sealed interface Sighting {
    Endpoint endpoint();

    /** The leaf that must be pinned for it; absent where it has none or none is known. */
    Optional<Pin> pin();

    /** What people should know of it; empty when all is well. */
    Optional<String> remark();

    /** It was asked just now and answered, be the certificate expired or not. */
    record Present(SeenServer seen) implements Sighting {
        @Override
        public Endpoint endpoint() {
            return seen.endpoint();
        }

        @Override
        public Optional<Pin> pin() {
            return Optional.of(new Pin(seen.chain().leaf(), endpoint().toString()));
        }

        @Override
        public Optional<String> remark() {
            return Optional.empty();
        }
    }

    /** It could not be asked now; what it showed before counts. */
    record LastSeen(SeenServer seen, String whyNotNow) implements Sighting {
        @Override
        public Endpoint endpoint() {
            return seen.endpoint();
        }

        @Override
        public Optional<Pin> pin() {
            return Optional.of(new Pin(seen.chain().leaf(), endpoint().toString()));
        }

        @Override
        public Optional<String> remark() {
            return Optional.of(
                    endpoint() + ": its pin is the leaf last seen at " + seen.at() + ", because now: " + whyNotNow);
        }
    }

    /** It answers, but not with TLS: there is nothing to pin yet. */
    record WithoutTls(Endpoint endpoint) implements Sighting {
        @Override
        public Optional<Pin> pin() {
            return Optional.empty();
        }

        @Override
        public Optional<String> remark() {
            return Optional.of(endpoint() + ": has no https yet, so it has no pin");
        }
    }

    /** It could not be asked now, and nobody ever saw what it presents. */
    record NeverSeen(Endpoint endpoint, String whyNotNow) implements Sighting {
        @Override
        public Optional<Pin> pin() {
            return Optional.empty();
        }

        @Override
        public Optional<String> remark() {
            return Optional.of(endpoint() + ": never seen, so its pin is missing: " + whyNotNow);
        }
    }
}
