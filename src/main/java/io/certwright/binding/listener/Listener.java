package io.certwright.binding.listener;

import io.certwright.binding.Assignment;
import io.certwright.binding.CertificateToBind;
import io.certwright.binding.ListenerAssignments;
import io.certwright.binding.ServableCertificates;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.crypto.KeySealer;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certwright's own HTTPS. It serves the certificate that its row names and follows the row: a new one is swapped in under running
 * connections, no row means no listening. Where the row or the certificate cannot be read, it goes on with what it has.
 */
public final class Listener implements ListenerFollower, AutoCloseable {
    /** The name of the one listener that the settings know. */
    public static final String MAIN = "main";

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    private final String name;
    private final InetSocketAddress address;
    private final Duration exchangeLimit;
    private final ListenerAssignments assignments;
    private final ServableCertificates certificates;
    private final KeySealer sealer;
    private final Pages pages;
    private final ScheduledThreadPoolExecutor following;
    private volatile Optional<ServedCertificate> serving = Optional.empty();
    private String complaint = "";
    private @Nullable RunningServer server;
    private boolean closed;

    /**
     * @param address to listen on
     * @param exchangeLimit of one exchange: handshake, request and answer together
     * @param pages what is served; the status page {@code /} is added unless it is there
     */
    public Listener(
            String name,
            InetSocketAddress address,
            Duration exchangeLimit,
            ListenerAssignments assignments,
            ServableCertificates certificates,
            KeySealer sealer,
            Pages pages) {
        HttpServerLimits.set();
        this.name = name;
        this.address = address;
        this.exchangeLimit = exchangeLimit;
        this.assignments = assignments;
        this.certificates = certificates;
        this.sealer = sealer;
        this.pages = pages.addIfAbsent("/", new ReadOnlyPage(new StatusPage(() -> serving)));
        this.following = new ScheduledThreadPoolExecutor(1, Listener::daemon);
    }

    /** Serves what the row names now and looks at the row every {@code interval} from then on. Fails where the port is taken. */
    public void start(Duration interval) throws LifecycleException {
        refresh();
        if (serving().isEmpty()) {
            Sockets.requireFree(what(), address);
        }
        var unused = following.scheduleWithFixedDelay(
                this::follow, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The leaf that new connections are shown; empty while nothing is served. */
    public Optional<Sha256Fingerprint> serving() {
        return serving.map(served -> served.certificate().certificate().sha256());
    }

    /** Where it listens now; empty while nothing is served. */
    public synchronized Optional<InetSocketAddress> address() {
        return Optional.ofNullable(server).map(RunningServer::address);
    }

    @Override
    public synchronized void refresh() throws LifecycleException {
        if (closed) {
            return;
        }
        Optional<Assignment> wanted = assignments.find(name);
        if (wanted.isEmpty()) {
            stop();
        } else if (!wanted.map(Assignment::certificate).equals(serving())) {
            serve(wanted.get());
        }
    }

    private void serve(Assignment wanted) throws LifecycleException {
        CertificateToBind certificate = certificates
                .find(wanted.certificate())
                .orElseThrow(() -> new LifecycleException(
                        FailureKind.INTERNAL,
                        "CERTIFICATE_NOT_STORED",
                        what() + ": it is to serve the certificate " + wanted.certificate()
                                + ", which is not stored; bind a stored one"));
        ServedCertificate next = ServedCertificate.open(certificate, sealer);
        if (server == null) {
            server = new RunningServer(what(), address, exchangeLimit, next, pages);
        } else {
            server.swap(next);
        }
        serving = Optional.of(next);
        LOG.info(
                "{} serves {} (thumbprint {})",
                what(),
                certificate.name(),
                certificate.certificate().thumbprint().hex().substring(0, 8));
    }

    private void stop() {
        if (server != null) {
            server.close();
            server = null;
            serving = Optional.empty();
            LOG.info("{} serves nothing: no certificate is assigned to it", what());
        }
    }

    /** One look at the row; what goes wrong is said once, not every second. */
    private void follow() {
        try {
            refresh();
            complaint = "";
        } catch (LifecycleException | RuntimeException failure) {
            String sentence = String.valueOf(failure.getMessage());
            if (!sentence.equals(complaint)) {
                complaint = sentence;
                LOG.warn("{} goes on as it is: {}", what(), sentence);
            }
        }
    }

    private String what() {
        return "listener " + name;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "certwright-listener");
        thread.setDaemon(true);
        return thread;
    }

    /** Stops listening; the row stays. */
    @Override
    public synchronized void close() {
        closed = true;
        following.shutdownNow();
        if (server != null) {
            server.close();
            server = null;
            serving = Optional.empty();
        }
    }
}
