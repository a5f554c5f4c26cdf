package io.certwright.enrollment.acme;

import io.certwright.failure.LifecycleException;
import io.certwright.http.HttpLimits;
import io.certwright.http.ServerClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.provider.GenericAcmeProvider;
import org.shredzone.acme4j.toolbox.JSON;

/**
 * Sessions with one CA, over one client whose connections stay open. The library lets one session do one thing at a time, so each
 * piece of work borrows its own, and brings it back with the nonce of its last answer.
 */
final class Sessions {
    /** Far above any real answer of an ACME server. */
    private static final int LARGEST_ANSWER = 1024 * 1024;

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration DIRECTORY_KEPT = Duration.ofHours(1);
    private static final int MOST_KEPT = 8;

    private final AcmeSettings settings;
    private final Deque<Session> idle = new ConcurrentLinkedDeque<>();
    private @Nullable HttpClient client;

    Sessions(AcmeSettings settings) {
        this.settings = settings;
    }

    Session borrow() throws LifecycleException {
        Optional<Session> kept = Optional.ofNullable(idle.poll());
        return kept.isPresent() ? kept.get() : fresh();
    }

    void giveBack(Session session) {
        if (idle.size() < MOST_KEPT) {
            idle.push(session);
        }
    }

    private Session fresh() throws LifecycleException {
        Session session = new Session(settings.directory(), new OneCa(client()));
        session.networkSettings().setTimeout(LIMIT);
        // A compressed answer would be longer than the bytes that were counted.
        session.networkSettings().setCompressionEnabled(false);
        return session;
    }

    /** A clause where the CA's clock and this machine's do not agree. */
    Optional<String> clockSkew(Instant now) throws LifecycleException, IOException, InterruptedException {
        HttpRequest question = HttpRequest.newBuilder(settings.directory()).build();
        return ServerClock.skewIn(
                client().send(question, HttpResponse.BodyHandlers.discarding()).headers(), now);
    }

    private synchronized HttpClient client() throws LifecycleException {
        if (client == null) {
            client = settings.access().open(new HttpLimits(LIMIT, LARGEST_ANSWER, false));
        }
        return client;
    }

    /** The library would ask for the directory before each step where the CA does not say how long it may be kept. */
    private static final class OneCa extends GenericAcmeProvider {
        private final HttpClient client;
        private long fetchedAt;

        OneCa(HttpClient client) {
            this.client = client;
        }

        @Override
        public HttpClient createHttpClient(NetworkSettings ignored) {
            return client;
        }

        @Override
        @SuppressWarnings("NullAway") // null means "not changed" to the library
        public JSON directory(Session session, URI address) throws AcmeException {
            long now = System.nanoTime();
            if (session.hasDirectory() && now - fetchedAt < DIRECTORY_KEPT.toNanos()) {
                return null;
            }
            session.setDirectoryExpires(null);
            JSON directory = super.directory(session, address);
            fetchedAt = now;
            return directory;
        }
    }
}
