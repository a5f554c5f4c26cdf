package io.certwright.trust;

import io.certwright.probe.Endpoint;
import java.security.cert.X509Certificate;
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

    /** What the package says of it, in words that stay the same while nothing changes; empty when all is well. */
    Optional<String> packageRemark();

    /** It was asked just now and answered, be the certificate expired or not. */
    record Present(SeenServer seen) implements Sighting {
        @Override
        public Endpoint endpoint() {
            return seen.endpoint();
        }

        @Override
        public Optional<Pin> pin() {
            return pinOf(seen);
        }

        @Override
        public Optional<String> remark() {
            return pin().isPresent()
                    ? Optional.empty()
                    : Optional.of(
                            endpoint()
                                    + ": presents the certificate of an issuing CA, which clients cannot pin, so it has no pin");
        }

        @Override
        public Optional<String> packageRemark() {
            return remark();
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
            return pinOf(seen);
        }

        @Override
        public Optional<String> remark() {
            return Optional.of(
                    endpoint() + ": its pin is the leaf last seen at " + seen.at() + ", because now: " + whyNotNow);
        }

        @Override
        public Optional<String> packageRemark() {
            return Optional.of(endpoint()
                    + ": did not answer when this package was made; its pin is the leaf that it was last seen with, at "
                    + seen.at());
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

        @Override
        public Optional<String> packageRemark() {
            return remark();
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

        @Override
        public Optional<String> packageRemark() {
            return Optional.of(endpoint()
                    + ": never answered, so its pin is missing: clients that take these pins are cut off from it");
        }
    }

    /** Nothing for a server that shows an issuing CA's certificate as its own: no client accepts that, pinned or not. */
    private static Optional<Pin> pinOf(SeenServer seen) {
        X509Certificate leaf = seen.chain().leaf();
        return Roles.isCa(leaf) && !Roles.isSelfSigned(leaf)
                ? Optional.empty()
                : Optional.of(new Pin(leaf, seen.endpoint().toString()));
    }
}
