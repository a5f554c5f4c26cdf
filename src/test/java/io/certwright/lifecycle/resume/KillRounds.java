package io.certwright.lifecycle.resume;

import io.certwright.binding.listener.Listener;
import io.certwright.binding.listener.ListenerFollower;
import io.certwright.binding.listener.Pages;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.store.postgres.PostgresRenewalRepository;
import io.certwright.testing.FreePorts;
import io.certwright.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Renewal after renewal of one certificate, each killed by plan and resumed by new processes until it is done. The parent holds the
 * listener, as a serving node would, and checks after each round.
 */
final class KillRounds implements AutoCloseable {
    /** One more than any run of bad luck needs. */
    private static final int MOST_RESUMES = 6;

    private static final int ONE_RESUME_IN = 4;

    private final Path folder;
    private final long seed;
    private final Random random;
    private final TestDatabase database;
    private final int port = FreePorts.one();
    private final List<String> faults;
    private final StoryHouse house;
    private final Listener listener;
    private final Aftermath aftermath;
    private final Map<Gap, Integer> histogram = new EnumMap<>(Gap.class);
    private Child current;
    private Child spare;
    private int kills;

    KillRounds(Path folder, long seed, List<String> faults) throws LifecycleException {
        this.folder = folder;
        this.seed = seed;
        this.faults = faults;
        this.random = new Random(seed);
        this.database = TestDatabase.open();
        makeFolder(folder.resolve("tls"));
        this.house = new StoryHouse(database.database(), folder, port, Moments.UNWATCHED, ListenerFollower.NOBODY_HERE);
        this.listener = new Listener(
                Listener.MAIN,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                Duration.ofSeconds(20),
                house.assignments(),
                house.servables(),
                house.sealer(),
                new Pages());
        this.aftermath = new Aftermath(house, folder);
        listener.start(Duration.ofSeconds(1));
        this.current = newChild();
        this.spare = newChild();
    }

    /** The breaches after the first round that had any; empty where all was well to the end. */
    List<String> run(List<KillPlan> plans) throws LifecycleException {
        String first = runOnce("go", KillPlan.NEVER);
        List<String> untouched = aftermath.breaches(Optional.empty());
        if (!untouched.isEmpty()) {
            throw new AssertionError("before any kill, " + first + ": " + untouched);
        }
        List<String> breaches = new ArrayList<>();
        for (int round = 0; round < plans.size() && breaches.isEmpty(); round++) {
            Optional<StoredCertificate> before = house.certificates().findInUse(OneWish.WSUS);
            List<String> told = new ArrayList<>();
            told.add(runOnce("force", plans.get(round)));
            for (int resume = 0; resume < MOST_RESUMES && isOpen(); resume++) {
                told.add(runOnce("go", resume > 0 ? KillPlan.NEVER : maybeOnceMore()));
            }
            for (String breach : aftermath.breaches(before)) {
                breaches.add("seed " + seed + ", round " + round + " " + told + ": " + breach);
            }
        }
        print();
        return breaches;
    }

    Map<Gap, Integer> histogram() {
        return histogram;
    }

    int kills() {
        return kills;
    }

    /** A process that resumes is killed too, now and then. */
    private KillPlan maybeOnceMore() {
        Gap[] gaps = Gap.values();
        return random.nextInt(ONE_RESUME_IN) > 0
                ? KillPlan.NEVER
                : KillPlan.somewhereIn(gaps[random.nextInt(gaps.length)], random);
    }

    private String runOnce(String urge, KillPlan plan) {
        Child.Ended ended = current.run(urge, plan);
        if (ended.wasKilled()) {
            kills++;
            Gap.of(ended.lastMoment()).ifPresent(gap -> histogram.merge(gap, 1, Integer::sum));
            current = spare;
            spare = newChild();
        }
        return ended.outcome().orElse("killed after " + ended.lastMoment());
    }

    private boolean isOpen() throws LifecycleException {
        return new PostgresRenewalRepository(database.database())
                .findOpen(OneWish.WSUS)
                .isPresent();
    }

    private Child newChild() {
        List<String> arguments = Stream.concat(
                        Stream.of(
                                Path.of("target", "test-postgres").toString(),
                                databaseName(),
                                folder.toString(),
                                String.valueOf(port)),
                        faults.stream())
                .toList();
        return Child.start(arguments, listener, folder.resolve("child.log"));
    }

    private String databaseName() {
        String url = database.address().url();
        return url.substring(url.lastIndexOf('/') + 1).replaceFirst("\\?.*", "");
    }

    private void print() {
        System.out.println("resume: seed " + seed + ", " + kills + " kills");
        histogram.forEach((gap, count) -> System.out.printf("  %-30s %4d%n", gap, count));
    }

    private static void makeFolder(Path made) {
        try {
            Files.createDirectory(made);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() throws LifecycleException {
        current.close();
        spare.close();
        listener.close();
        database.close();
    }
}
