package io.certwright.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.binding.Assignment;
import io.certwright.binding.BindingName;
import io.certwright.binding.BindingSnapshot;
import io.certwright.binding.BoundState;
import io.certwright.binding.HostLock;
import io.certwright.binding.HostName;
import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresBindingRepositoriesTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final HostName HOST = new HostName("wsus01");
    private static final UUID RENEWAL = UUID.fromString("0b0e7a10-0000-4000-8000-000000000001");
    private static final Sha256Fingerprint ONE = new Sha256Fingerprint("AB".repeat(32));
    private static final Sha256Fingerprint TWO = new Sha256Fingerprint("CD".repeat(32));

    private final PostgresSnapshotRepository snapshots = new PostgresSnapshotRepository(DATABASE.database());
    private final PostgresHostLocks locks = new PostgresHostLocks(DATABASE.database());
    private final PostgresListenerAssignments assignments = new PostgresListenerAssignments(DATABASE.database());

    @BeforeEach
    void aRenewal() throws LifecycleException {
        DATABASE.empty();
        DATABASE.database().update("""
                        insert into renewal (id, certificate_name, reason, issuer, wish_digest, opened_at)
                        values (?, 'wsus01', 'FORCED', 'lab', 'x', ?)
                        """, RENEWAL, NOON);
    }

    @Test
    void keeps_a_snapshot_whole() throws LifecycleException {
        TestCa issuing = TestCa.root("CN=Test Root", NOON).intermediate("CN=Test Issuing");
        CertificateChain chain = issuing.leaf("wsus.certwright.test").issue().chain();
        BindingSnapshot snapshot = snapshot("files:/etc/tls", new BoundState(Optional.of(chain), "set-1"));

        assertThat(snapshots.saveIfAbsent(snapshot)).isEqualTo(snapshot);

        assertThat(snapshots.list(RENEWAL)).containsExactly(snapshot);
        assertThat(snapshots.list(UUID.randomUUID())).isEmpty();
    }

    @Test
    void the_first_snapshot_stands() throws LifecycleException {
        BindingSnapshot first = snapshot("listener:main", new BoundState(Optional.empty(), ""));
        snapshots.saveIfAbsent(first);

        BindingSnapshot later = snapshot("listener:main", new BoundState(Optional.empty(), "changed"));

        assertThat(snapshots.saveIfAbsent(later)).isEqualTo(first);
        assertThat(snapshots.list(RENEWAL)).containsExactly(first);
    }

    @Test
    void lists_snapshots_by_binding() throws LifecycleException {
        BindingSnapshot b = snapshots.saveIfAbsent(snapshot("b", new BoundState(Optional.empty(), "")));
        BindingSnapshot a = snapshots.saveIfAbsent(snapshot("a", new BoundState(Optional.empty(), "")));

        assertThat(snapshots.list(RENEWAL)).containsExactly(a, b);
    }

    @Test
    void a_snapshot_belongs_to_a_renewal() {
        BindingSnapshot stray = new BindingSnapshot(
                UUID.randomUUID(), new BindingName("a"), new BoundState(Optional.empty(), ""), true, NOON);

        assertThatThrownBy(() -> snapshots.saveIfAbsent(stray))
                .isInstanceOf(LifecycleException.class)
                .hasMessageContaining("binding_snapshot_renewal_id_fkey");
    }

    @Test
    void a_held_host_is_not_given_twice_not_even_to_its_holder() throws LifecycleException {
        HostLock lock = lock("renewal of wsus01", NOON);

        assertThat(locks.tryLock(HOST, "renewal of wsus02", NOON, LEASE)).isEmpty();
        assertThat(locks.tryLock(HOST, "renewal of wsus01", NOON, LEASE)).isEmpty();
        assertThat(locks.find(HOST, NOON)).contains(lock);
        assertThat(locks.tryLock(new HostName("wsus02"), "renewal of wsus02", NOON, LEASE))
                .isPresent();
    }

    @Test
    void a_lease_ends_by_itself() throws LifecycleException {
        HostLock dead = lock("dead", NOON);
        Instant over = NOON.plus(LEASE);

        assertThat(locks.find(HOST, over)).isEmpty();
        HostLock next = lock("next", over);

        assertThat(next.token()).isGreaterThan(dead.token());
    }

    @Test
    void who_lost_the_lock_neither_extends_nor_releases_it() throws LifecycleException {
        HostLock sleeper = lock("sleeper", NOON);
        Instant over = NOON.plus(LEASE);
        HostLock next = lock("next", over);

        assertThat(locks.extend(sleeper, over, LEASE)).isEmpty();
        locks.release(sleeper);

        assertThat(locks.find(HOST, over)).contains(next);
    }

    @Test
    void an_expired_lock_is_not_extended() throws LifecycleException {
        HostLock lock = lock("late", NOON);

        assertThat(locks.extend(lock, NOON.plus(LEASE), LEASE)).isEmpty();
    }

    @Test
    void an_extended_lock_is_held_longer() throws LifecycleException {
        HostLock lock = lock("patient", NOON);
        Instant later = NOON.plus(Duration.ofMinutes(4));

        assertThat(locks.extend(lock, later, LEASE).map(HostLock::until)).contains(later.plus(LEASE));
        assertThat(locks.find(HOST, NOON.plus(LEASE))).isPresent();
    }

    @Test
    void a_released_lock_is_free_and_its_token_never_comes_again() throws LifecycleException {
        HostLock first = lock("first", NOON);
        locks.release(first);
        locks.release(first);

        assertThat(locks.find(HOST, NOON)).isEmpty();
        assertThat(lock("second", NOON).token()).isGreaterThan(first.token());
    }

    @Test
    void of_many_at_once_one_gets_the_host() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Optional<HostLock>>> tries = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String holder = "holder " + i;
                tries.add(() -> locks.tryLock(HOST, holder, NOON, LEASE));
            }
            int got = 0;
            for (Future<Optional<HostLock>> tried : threads.invokeAll(tries)) {
                got += tried.get().isPresent() ? 1 : 0;
            }
            assertThat(got).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void the_last_assignment_of_a_listener_stands() throws LifecycleException {
        assertThat(assignments.find("main")).isEmpty();

        assignments.assign(new Assignment("main", ONE, NOON));
        assignments.assign(new Assignment("main", TWO, NOON.plusSeconds(1)));
        assignments.assign(new Assignment("other", ONE, NOON));

        assertThat(assignments.find("main")).contains(new Assignment("main", TWO, NOON.plusSeconds(1)));
        assignments.clear("main");
        assignments.clear("main");
        assertThat(assignments.find("main")).isEmpty();
        assertThat(assignments.find("other")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into host_lock (host, holder, token) values ('', 'x', 1)",
                "insert into host_lock (host, holder, token) values ('h', '', 1)",
                "insert into host_lock (host, holder, token) values ('h', 'x', 0)",
                "insert into listener_assignment values ('', '" + HEX + "', now())",
                "insert into listener_assignment values ('main', 'abc', now())",
                "insert into binding_snapshot values ('0b0e7a10-0000-4000-8000-000000000001', '', null, '', true, now())",
                "insert into binding_snapshot values ('0b0e7a10-0000-4000-8000-000000000001', 'a', '', '', true, now())"
            })
    void the_schema_alone_refuses(String breach) {
        assertThatThrownBy(() -> DATABASE.database().update(breach))
                .isInstanceOf(LifecycleException.class)
                .hasMessageContaining("violates check constraint");
    }

    private static final String HEX = "ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB";

    private HostLock lock(String holder, Instant at) throws LifecycleException {
        return locks.tryLock(HOST, holder, at, LEASE).orElseThrow();
    }

    private static BindingSnapshot snapshot(String binding, BoundState state) {
        return new BindingSnapshot(RENEWAL, new BindingName(binding), state, true, NOON);
    }
}
