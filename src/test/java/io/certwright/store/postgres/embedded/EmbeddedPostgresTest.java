package io.certwright.store.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.failure.LifecycleException;
import io.certwright.store.postgres.Database;
import io.certwright.store.postgres.DatabaseLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
class EmbeddedPostgresTest {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    @RegisterExtension
    final EmbeddedFolder fresh = new EmbeddedFolder();

    private Path folder;
    private Layout layout;

    @BeforeEach
    void findFolder() {
        folder = fresh.folder();
        layout = new Layout(folder);
    }

    @AfterEach
    void nothing_runs_any_more() throws LifecycleException, IOException {
        if (isRunning()) {
            postgres().ensureRunning().close();
        }
        assertThat(isRunning()).isFalse();
    }

    @Test
    void what_was_stored_is_there_after_a_stop_and_a_start() throws LifecycleException, IOException {
        try (PostgresLease lease = postgres().ensureRunning();
                Database database = database(lease)) {
            database.update("CREATE TABLE public.kept (word text)");
            database.update("INSERT INTO public.kept VALUES ('still here')");
        }
        assertThat(isRunning()).isFalse();

        try (PostgresLease lease = postgres().ensureRunning();
                Database database = database(lease)) {
            assertThat(database.list("SELECT word FROM public.kept", row -> row.text("word")))
                    .containsExactly("still here");
        }
    }

    @Test
    void commits_are_durable_and_only_this_machine_can_connect() throws LifecycleException {
        try (PostgresLease lease = postgres().ensureRunning();
                Database database = database(lease)) {
            assertThat(setting(database, "synchronous_commit")).isEqualTo("on");
            assertThat(setting(database, "fsync")).isEqualTo("on");
            assertThat(setting(database, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(setting(database, "unix_socket_directories")).isEmpty();
            assertThat(setting(database, "data_checksums")).isEqualTo("on");
            assertThat(setting(database, "server_version")).isEqualTo(PostgresBinaries.VERSION);
            assertThat(database.list(
                            "SELECT DISTINCT auth_method AS method FROM pg_hba_file_rules", row -> row.text("method")))
                    .containsExactly("scram-sha-256");
        }
    }

    @Test
    void nobody_but_its_owner_can_read_the_folder() throws LifecycleException, IOException {
        postgres().ensureRunning().close();

        assertThat(mode(layout.password())).isEqualTo("rw-------");
        for (Path inner : List.of(folder, layout.data(), layout.run(), layout.logs(), layout.leases())) {
            assertThat(mode(inner)).as(inner.toString()).isEqualTo("rwx------");
        }
    }

    @Test
    void the_server_stays_until_the_last_lease_of_this_process_is_closed() throws LifecycleException, IOException {
        PostgresLease first = postgres().ensureRunning();
        PostgresLease second = postgres().ensureRunning();
        first.close();
        first.close();

        assertThat(isRunning()).isTrue();
        try (Database database = database(second)) {
            assertThat(setting(database, "port")).isEqualTo(Files.readString(layout.port()));
        }
        second.close();
        assertThat(isRunning()).isFalse();
    }

    @Test
    void finding_a_server_starts_none_and_holds_one_that_runs() throws LifecycleException, IOException {
        assertThat(postgres().findRunning()).isEmpty();
        assertThat(isRunning()).isFalse();

        PostgresLease starter = postgres().ensureRunning();
        try (PostgresLease found = postgres().findRunning().orElseThrow();
                Database database = database(found)) {
            starter.close();
            assertThat(database.list("SELECT 1 AS one", row -> row.integer("one")))
                    .containsExactly(1);
        }
        assertThat(isRunning()).isFalse();
    }

    @Test
    void a_login_takes_one_round_of_hashing_because_the_password_is_long_and_random() throws LifecycleException {
        try (PostgresLease lease = postgres().ensureRunning();
                Database database = database(lease)) {
            assertThat(database.list(
                            "SELECT rolpassword FROM pg_authid WHERE rolname = current_user",
                            row -> row.text("rolpassword")))
                    .singleElement()
                    .asString()
                    .startsWith("SCRAM-SHA-256$1:");
        }
    }

    @Test
    void processes_that_start_at_once_end_with_one_server()
            throws IOException, InterruptedException, LifecycleException {
        List<LeaseHolder> holders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            holders.add(LeaseHolder.start(folder));
        }
        Set<Long> postmasters = new HashSet<>();
        for (LeaseHolder holder : holders) {
            postmasters.add(holder.awaitPostmaster());
        }

        assertThat(postmasters).hasSize(1);
        for (LeaseHolder holder : holders.subList(1, 4)) {
            holder.letGo();
        }
        assertThat(isRunning()).isTrue();
        holders.get(0).letGo();
        assertThat(isRunning()).isFalse();
    }

    @Test
    void the_server_outlives_a_killed_starter_and_the_next_process_takes_it_over()
            throws IOException, InterruptedException, LifecycleException {
        LeaseHolder starter = LeaseHolder.start(folder);
        long postmaster = starter.awaitPostmaster();
        starter.kill();
        assertThat(isRunning()).isTrue();

        try (PostgresLease lease = postgres().ensureRunning();
                Database database = database(lease)) {
            assertThat(setting(database, "port")).isEqualTo(Files.readString(layout.port()));
            assertThat(PostmasterFile.find(layout.data()).orElseThrow().pid()).isEqualTo(postmaster);
        }

        assertThat(isRunning()).isFalse();
    }

    @Test
    @Tag("long")
    void a_killed_process_holds_no_lease_but_a_living_one_does()
            throws IOException, InterruptedException, LifecycleException {
        LeaseHolder killed = LeaseHolder.start(folder);
        killed.awaitPostmaster();
        LeaseHolder living = LeaseHolder.start(folder);
        living.awaitPostmaster();
        killed.kill();
        postgres().ensureRunning().close();
        assertThat(isRunning()).isTrue();

        living.letGo();

        assertThat(isRunning()).isFalse();
    }

    @Test
    void a_killed_server_is_started_again_for_whoever_asks_it_next() throws LifecycleException, IOException {
        try (PostgresLease lease = postgres().ensureRunning();
                Database pooled = Database.pooled(lease, DatabaseLimits.standard(), 4);
                Database single = database(lease)) {
            pooled.update("CREATE TABLE public.kept (word text)");
            pooled.update("INSERT INTO public.kept VALUES ('committed')");
            assertThat(setting(single, "fsync")).isEqualTo("on");
            long killed = killServer();

            assertThat(eventually(() -> pooled.list("SELECT word FROM public.kept", row -> row.text("word"))))
                    .containsExactly("committed");
            assertThat(eventually(() -> setting(single, "fsync"))).isEqualTo("on");
            assertThat(PostmasterFile.find(layout.data()).orElseThrow().pid()).isNotEqualTo(killed);
        }
    }

    @Test
    void a_process_number_that_is_anothers_by_now_does_not_fool_it() throws LifecycleException, IOException {
        PostgresLease killed = postgres().ensureRunning();
        killServer();
        killed.close();
        long someoneElse = ProcessHandle.current().pid();
        writePid(someoneElse);

        try (PostgresLease lease = postgres().ensureRunning();
                Database database = database(lease)) {
            assertThat(setting(database, "fsync")).isEqualTo("on");
            assertThat(PostmasterFile.find(layout.data()).orElseThrow().pid()).isNotEqualTo(someoneElse);
        }
    }

    private void writePid(long pid) throws IOException {
        Path file = layout.data().resolve("postmaster.pid");
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(0, Long.toString(pid));
        Files.write(file, lines);
    }

    @Test
    @Tag("long")
    void a_torn_process_file_does_not_stop_it() throws LifecycleException, IOException {
        postgres().ensureRunning().close();
        Files.createFile(layout.data().resolve("postmaster.pid"));

        try (PostgresLease lease = postgres().ensureRunning();
                Database database = database(lease)) {
            assertThat(setting(database, "fsync")).isEqualTo("on");
        }
    }

    @Test
    @Tag("long")
    void a_copy_of_a_running_folder_gets_a_server_of_its_own() throws LifecycleException, IOException {
        try (PostgresLease lease = postgres().ensureRunning()) {
            Path copy = fresh.parent().resolve("copy");
            copy(folder, copy);

            try (PostgresLease other = new EmbeddedPostgres(EmbeddedSettings.in(copy)).ensureRunning()) {
                assertThat(other.address()).isNotEqualTo(lease.address());
                assertThat(isRunning()).isTrue();
            }
            assertThat(isRunning()).isTrue();
        }
    }

    @Test
    void a_setup_that_was_killed_half_way_is_done_again() throws IOException, InterruptedException, LifecycleException {
        LeaseHolder killed = LeaseHolder.start(folder);
        Patience.real().await(LONG_ENOUGH, () -> !drafts().isEmpty());
        killed.kill();
        assertThat(drafts()).hasSize(1);
        assertThat(layout.data()).doesNotExist();

        try (PostgresLease lease = postgres().ensureRunning();
                Database database = database(lease)) {
            assertThat(setting(database, "fsync")).isEqualTo("on");
        }
        assertThat(Patience.real().await(LONG_ENOUGH, () -> {
                    postgres().ensureRunning().close();
                    return drafts().isEmpty();
                }))
                .isTrue();
    }

    private List<Path> drafts() {
        try {
            return Folders.startingWith(folder, "initializing-");
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    @Tag("long")
    void another_port_is_taken_when_the_last_one_is_in_use() throws LifecycleException, IOException {
        postgres().ensureRunning().close();
        int last = Integer.parseInt(Files.readString(layout.port()));

        try (ServerSocket squatter = new ServerSocket(last, 1, InetAddress.getLoopbackAddress());
                PostgresLease lease = postgres().ensureRunning()) {
            assertThat(squatter.isBound()).isTrue();
            assertThat(lease.address().toString()).doesNotContain(":" + last + "/");
        }
    }

    @Test
    @Tag("long")
    void binaries_are_unpacked_whole_and_half_unpacked_ones_are_replaced() throws LifecycleException, IOException {
        Path home = fresh.parent().resolve("home");
        Path unpacked = new PostgresBinaries(home, Platform.current()).ensureUnpacked();
        Files.delete(unpacked.resolve("bin").resolve("initdb"));

        assertThat(new PostgresBinaries(home, Platform.current()).ensureUnpacked())
                .isEqualTo(unpacked);
        assertThat(unpacked.resolve("bin").resolve("initdb")).isExecutable();
        assertThat(Folders.startingWith(home, "unpacking-")).isEmpty();
    }

    private EmbeddedPostgres postgres() throws LifecycleException {
        return new EmbeddedPostgres(EmbeddedSettings.in(folder));
    }

    private static Database database(PostgresLease lease) {
        return Database.single(lease, DatabaseLimits.standard());
    }

    private static String setting(Database database, String name) throws LifecycleException {
        return database.find("SELECT current_setting(?) AS value", row -> row.text("value"), name)
                .orElseThrow();
    }

    private boolean isRunning() throws IOException {
        return PostmasterFile.find(layout.data())
                .filter(claim -> claim.isOf(layout.data()))
                .isPresent();
    }

    private long killServer() throws IOException, LifecycleException {
        PostmasterFile claim = PostmasterFile.find(layout.data()).orElseThrow();
        ProcessHandle.of(claim.pid()).orElseThrow().destroyForcibly();
        assertThat(Patience.real().await(LONG_ENOUGH, () -> !claim.isAlive())).isTrue();
        return claim.pid();
    }

    /** The first answer after a crash may be that the line is cut. */
    private static <T> T eventually(Answer<T> answer) throws LifecycleException {
        List<T> answers = new ArrayList<>();
        boolean answered = Patience.real().await(LONG_ENOUGH, () -> {
            try {
                answers.add(answer.get());
                return true;
            } catch (LifecycleException failure) {
                assertThat(failure.code()).isEqualTo("DATABASE_UNREACHABLE");
                return false;
            }
        });
        assertThat(answered).isTrue();
        return answers.get(0);
    }

    private interface Answer<T> {
        T get() throws LifecycleException;
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }
}
