package io.certwright.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.failure.LifecycleException;
import io.certwright.store.postgres.PostgresHostLocks;
import io.certwright.testing.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ProcessLocksTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Instant NOW = Instant.parse("2026-11-29T17:00:00Z");
    private static final HostName HOST = new HostName("wsus01");

    private final Map<Long, Instant> processes = new HashMap<>(Map.of(7L, NOW.minusSeconds(60), 8L, NOW));
    private HostLocks locks;

    @BeforeEach
    void empty() throws LifecycleException {
        DATABASE.empty();
        locks = new PostgresHostLocks(DATABASE.database());
    }

    private Optional<HostLock> lock(long process, String machine) throws LifecycleException {
        return new ProcessLocks(locks, process, machine, number -> Optional.ofNullable(processes.get(number)))
                .tryLock(HOST, "wsus apply", NOW, Duration.ofMinutes(30));
    }

    @Test
    void a_lock_names_the_process_that_holds_it() throws LifecycleException {
        assertThat(lock(7, "pki01").map(HostLock::holder))
                .contains("wsus apply (process 7 of pki01, since 2026-11-29T16:59:00Z)");
    }

    @Test
    void who_holds_a_lock_is_known_whichever_process_it_is() throws LifecycleException {
        HostLock held = lock(7, "pki01").orElseThrow();

        assertThat(held.isHeldBy("wsus apply")).isTrue();
        assertThat(held.isHeldBy("wsus")).isFalse();
        assertThat(new HostLock(HOST, "wsus apply", 1, NOW).isHeldBy("wsus apply"))
                .isTrue();
    }

    @Test
    void one_that_lives_keeps_its_lock() throws LifecycleException {
        lock(7, "pki01");

        assertThat(lock(8, "pki01")).isEmpty();
        assertThat(lock(7, "pki01")).isEmpty();
    }

    @Test
    void one_that_is_gone_leaves_none_behind() throws LifecycleException {
        lock(7, "pki01");
        processes.remove(7L);

        assertThat(lock(8, "pki01")).isPresent();
    }

    @Test
    void a_number_that_another_process_has_now_is_not_taken_for_the_old_one() throws LifecycleException {
        lock(7, "pki01");
        processes.put(7L, NOW);

        assertThat(lock(8, "pki01")).isPresent();
    }

    @Test
    void one_that_lives_keeps_its_lock_also_where_the_clock_was_set_a_little() throws LifecycleException {
        lock(7, "pki01");
        processes.computeIfPresent(7L, (number, since) -> since.plusSeconds(1));

        assertThat(lock(8, "pki01")).isEmpty();
    }

    @Test
    void one_that_cannot_tell_when_it_began_keeps_its_lock() throws LifecycleException {
        locks.tryLock(HOST, "wsus apply (process 6 of pki01, since unknown)", NOW, Duration.ofMinutes(30));

        assertThat(lock(8, "pki01")).isEmpty();
    }

    @Test
    void nothing_is_known_of_processes_of_another_machine() throws LifecycleException {
        lock(7, "pki01");
        processes.remove(7L);

        assertThat(lock(8, "pki02")).isEmpty();
    }

    @Test
    void this_process_is_alive_and_one_that_ended_is_not()
            throws LifecycleException, IOException, InterruptedException {
        HostLocks us = ProcessLocks.ofThisProcess(locks, "pki01");
        Process other = new ProcessBuilder("sleep", "60").start();
        Instant since = other.info().startInstant().orElseThrow();
        locks.tryLock(
                HOST,
                "wsus apply (process " + other.pid() + " of pki01, since " + since + ")",
                NOW,
                Duration.ofMinutes(30));
        assertThat(us.tryLock(HOST, "wsus undo", NOW, Duration.ofMinutes(30))).isEmpty();

        other.destroyForcibly().waitFor();

        assertThat(us.tryLock(HOST, "wsus undo", NOW, Duration.ofMinutes(30))).isPresent();
    }
}
