package io.certwright.app;

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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The serving side of this process: Certwright's own HTTPS with the trust packages, revocation lists over plain HTTP, and the schedule. */
final class Serving implements ServiceRoom, AutoCloseable {
    private static final Duration EXCHANGE_LIMIT = Duration.ofSeconds(30);
    private static final Duration FOLLOW_EVERY = Duration.ofSeconds(1);
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
        ScheduledThreadPoolExecutor following = new ScheduledThreadPoolExecutor(1, Serving::daemon);
        var unused = following.scheduleWithFixedDelay(
                settings::look, FOLLOW_EVERY.toMillis(), FOLLOW_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        running.push(following::shutdownNow);
        running.push(Schedule.start(
                node(),
                household.stored().database().dataSource(),
                new HouseholdChores(household),
                Schedule.Rhythm.USUAL,
                household.clock()));
    }

    /** Unlike any other node's, also that of a process which had this number before. */
    private String node() {
        ProcessHandle self = ProcessHandle.current();
        return "node-" + self.pid() + "-" + household.clock().millis();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "certwright-settings");
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
