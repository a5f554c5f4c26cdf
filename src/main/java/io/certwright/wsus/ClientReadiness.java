package io.certwright.wsus;

import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.Hold;
import io.certwright.lifecycle.record.HoldKind;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.PublishedTrust;
import io.certwright.trust.UpdateServer;
import java.time.Instant;
import java.util.Optional;

/** Whether clients may be cut off from http: they trust what is served, and their policy names the https URL. */
final class ClientReadiness {
    private final WsusPorts ports;

    ClientReadiness(WsusPorts ports) {
        this.ports = ports;
    }

    Optional<Hold> findHold(WsusServer server) throws LifecycleException {
        if (server.clients().isEmpty()) {
            return person("certificate " + server.certificate()
                    + " names no client group, so that nobody knows whether clients" + " use " + server.url()
                    + "; name one under clients, or apply with --accept-untrusting-clients");
        }
        ClientGroup group = ports.wishes().group(server.clients().get());
        Optional<String> other = otherUrl(server);
        if (other.isPresent()) {
            return person(
                    other.get()
                            + ", so that clients get it with their trust; or apply with --accept-untrusting-clients if others set it");
        }
        Optional<PublishedTrust> published = ports.trust().findPresent(group.name());
        if (published.isEmpty()) {
            return person("nothing is published for client group " + group.name() + " yet; \"certwright renew "
                    + server.certificate() + "\" publishes it");
        }
        return published
                .filter(trust -> !trust.isEffectiveAt(now()))
                .map(trust -> Hold.until(
                        HoldKind.CLIENT_TRUST,
                        trust.effectiveFrom(),
                        "clients of " + group.name() + " have trust and URL from " + trust.effectiveFromInWords()
                                + " on (" + trust.reason() + "); \"certwright trust confirm " + group.name()
                                + "\" ends the wait"));
    }

    /** What the package of its clients says of their URL where that is not the server's. */
    Optional<WsusDrift> findUrlDrift(WsusServer server) {
        return server.clients().isEmpty()
                ? Optional.empty()
                : otherUrl(server)
                        .map(sentence -> new WsusDrift(
                                "CLIENT_URL",
                                sentence + "; clients go on with the URL they have",
                                "update-server: \"" + server.url() + "\" under client-groups: "
                                        + server.clients().get() + ", or leave it where others set WUServer"));
    }

    private Optional<String> otherUrl(WsusServer server) {
        ClientGroup group = ports.wishes().group(server.clients().orElseThrow());
        Optional<String> url = group.updates().server().map(UpdateServer::url);
        return url.filter(server.url()::equals).isPresent()
                ? Optional.empty()
                : Optional.of("client group " + group.name() + " has "
                        + url.map(other -> "update-server " + other).orElse("no update-server") + ", wanted "
                        + server.url());
    }

    /** Whether the https binding serves a certificate for the name at all. */
    Optional<Hold> findUnbound(WsusServer server) throws LifecycleException {
        boolean bound = ports.bindings().get(server.binding()).look().chain().isPresent();
        return bound
                ? Optional.empty()
                : person("no certificate is bound to " + server.binding() + " yet; \"certwright renew "
                        + server.certificate() + "\" binds one");
    }

    private static Optional<Hold> person(String sentence) {
        return Optional.of(Hold.forPerson(HoldKind.PERSON, sentence));
    }

    private Instant now() {
        return ports.clock().instant();
    }
}
