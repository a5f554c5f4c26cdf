package io.certwright.app;

import io.certwright.alert.Alert;
import io.certwright.alert.AlertSettings;
import io.certwright.alert.Heartbeat;
import io.certwright.alert.Recipient;
import io.certwright.app.settings.Settings;
import io.certwright.binding.listener.Content;
import io.certwright.binding.listener.Listener;
import io.certwright.binding.listener.Pages;
import io.certwright.binding.listener.PlainListener;
import io.certwright.binding.listener.ReadOnlyPage;
import io.certwright.cli.ServiceRoom;
import io.certwright.config.SettingsFile;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.builtin.BuiltinIssuer;
import io.certwright.failure.LifecycleException;
import io.certwright.probe.Endpoint;
import io.certwright.schedule.Schedule;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The serving side of this process: Certwright's own HTTPS with the trust packages, revocation lists over plain HTTP, and the schedule. */
final class Serving implements ServiceRoom, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);
    private static final Duration EXCHANGE_LIMIT = Duration.ofSeconds(30);
    private static final Duration FOLLOW_EVERY = Duration.ofSeconds(1);
    private static final Duration BEAT_EVERY = Duration.ofMinutes(1);
    private static final String PKI = "/pki/";

    private final Household household;
    private final SettingsFile file;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final CountDownLatch end = new CountDownLatch(1);

    Serving(Household household, SettingsFile file) {
        this.household = household;
        this.file = file;
    }

    @Override
    public void startListening() throws LifecycleException {
        Endpoint listen = household.settings().service().listen();
        TrustPages trust = new TrustPages(
                () -> household.inForce().settings().groups(),
                household.stored().trust());
        Pages pages =
                new Pages().add(PKI, new ReadOnlyPage(this::publicFile)).add(TrustPages.PATH, new ReadOnlyPage(trust));
        Listener listener = new Listener(
                Listener.MAIN,
                new InetSocketAddress(listen.host(), listen.port()),
                EXCHANGE_LIMIT,
                household.stored().assignments(),
                new StoredServables(household.stored().certificates()),
                household.sealer(),
                pages);
        running.push(listener);
        listener.start(FOLLOW_EVERY);
        household.follower().follow(listener);
        Optional<Endpoint> plain = household.settings().service().listenPlain();
        if (plain.isPresent()) {
            InetSocketAddress address =
                    new InetSocketAddress(plain.get().host(), plain.get().port());
            running.push(new PlainListener(
                    address, EXCHANGE_LIMIT, new Pages().add(PKI, new ReadOnlyPage(this::publicFile))));
        }
    }

    /** {@code /pki/ISSUER/FILE}: revocation lists and CA certificates of the built-in issuers. */
    private Optional<Content> publicFile(String path) throws LifecycleException {
        String[] words = path.substring(PKI.length()).split("/", -1);
        if (words.length != 2) {
            return Optional.empty();
        }
        for (Issuer issuer : household.inForce().issuers()) {
            if (issuer.name().value().equals(words[0]) && issuer instanceof BuiltinIssuer builtin) {
                return builtin.findPublicFile(words[1]).map(file -> new Content(file.contentType(), file.content()));
            }
        }
        return Optional.empty();
    }

    @Override
    public void startSchedule() throws LifecycleException {
        household.story().nextLook().replanAll(household.clock().instant());
        SettingsFollowing settings = new SettingsFollowing(household, file);
        settings.begin();
        ScheduledThreadPoolExecutor following =
                new ScheduledThreadPoolExecutor(1, work -> daemon(work, "certwright-settings"));
        var unused = following.scheduleWithFixedDelay(
                settings::look, FOLLOW_EVERY.toMillis(), FOLLOW_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        running.push(following::shutdownNow);
        startHeartbeat();
        running.push(Schedule.start(
                node(),
                household.stored().database().dataSource(),
                new HouseholdChores(household),
                Schedule.Rhythm.USUAL,
                household.clock()));
    }

    /** On a thread of its own: it must notice when everything else stands still. */
    private void startHeartbeat() throws LifecycleException {
        Instant now = household.clock().instant();
        AlertSettings rules = household.settings().alerts().rules();
        Optional<Alert> gap = Heartbeat.gapBefore(
                household.stored().pulses(), rules.delivery().heartbeat(), now);
        for (Recipient recipient : gap.isPresent() ? rules.to() : List.<Recipient>of()) {
            var unused = household.outbox().offer(gap.orElseThrow(), recipient);
        }
        Heartbeat heartbeat = new Heartbeat(household.stored().pulses(), household.clock());
        ScheduledThreadPoolExecutor beating =
                new ScheduledThreadPoolExecutor(1, work -> daemon(work, "certwright-heartbeat"));
        var unused = beating.scheduleWithFixedDelay(
                () -> beat(heartbeat), BEAT_EVERY.toSeconds(), BEAT_EVERY.toSeconds(), TimeUnit.SECONDS);
        running.push(beating::shutdownNow);
    }

    private void beat(Heartbeat heartbeat) {
        try {
            Settings settings = household.inForce().settings();
            AlertSettings rules = settings.alerts().rules();
            heartbeat.look(new Heartbeat.Rules(
                    rules.delivery().heartbeat(), rules.to(), Mailing.channels(settings, household.clock())));
        } catch (LifecycleException | RuntimeException failed) {
            LOG.error("the heartbeat could not be looked at: {}", failed.getMessage());
        }
    }

    /** Unlike any other node's, also that of a process which had this number before. */
    private String node() {
        ProcessHandle self = ProcessHandle.current();
        return "node-" + self.pid() + "-" + household.clock().millis();
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public String sentence() {
        return "Certwright listens on https://" + listen() + "/";
    }

    private String listen() {
        try {
            return household.settings().service().listen().toString();
        } catch (LifecycleException unread) {
            return "an unknown address";
        }
    }

    @Override
    public void awaitEnd() throws InterruptedException {
        end.await();
    }

    @Override
    public void close() {
        end.countDown();
        while (!running.isEmpty()) {
            Closing.quietly(running.pop());
        }
    }
}
