package io.certwright.store.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.TestClassPath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What can be wrong with the folder, the disk and the rights, each said in one sentence. */
@Timeout(120)
class EmbeddedFailuresTest {
    @RegisterExtension
    final EmbeddedFolder fresh = new EmbeddedFolder();

    private Path folder;
    private Layout layout;

    @BeforeEach
    void findFolder() {
        folder = fresh.folder();
        layout = new Layout(folder);
    }

    @Test
    void data_of_another_major_version_is_refused_untouched() throws IOException {
        Files.createDirectory(layout.data());
        Files.writeString(layout.data().resolve("PG_VERSION"), "16\n");

        assertRefused(
                FailureKind.REFUSED,
                "EMBEDDED_VERSION",
                "embedded PostgreSQL: the data in " + layout.data() + " was made by PostgreSQL 16, wanted 17;"
                        + " go back to the Certwright that made it and take a backup there,"
                        + " then restore it here into an empty folder");
    }

    @Test
    void a_data_folder_that_is_none_is_damaged() throws IOException {
        Files.createDirectory(layout.data());

        assertRefused(
                FailureKind.INTERNAL,
                "EMBEDDED_DAMAGED",
                "embedded PostgreSQL: " + layout.data()
                        + " is no PostgreSQL data folder (its PG_VERSION is missing or unreadable);"
                        + " restore it from a backup; to begin anew instead, move it away");
    }

    @Test
    void a_lost_control_file_is_damage() throws IOException, LifecycleException {
        postgres().ensureRunning().close();
        Files.delete(layout.data().resolve("global").resolve("pg_control"));

        LifecycleException failure = refusal(FailureKind.INTERNAL, "EMBEDDED_DAMAGED");

        assertThat(failure.getMessage())
                .startsWith(
                        "embedded PostgreSQL in " + folder + " cannot start: its data folder is damaged (it says \"")
                .endsWith("\"); restore it from a backup; to begin anew instead, move it away");
    }

    @Test
    @Tag("long")
    void a_lost_transaction_log_is_damage() throws IOException, LifecycleException {
        postgres().ensureRunning().close();
        Folders.delete(layout.data().resolve("pg_wal"));

        assertThat(refusal(FailureKind.INTERNAL, "EMBEDDED_DAMAGED").getMessage())
                .contains("its data folder is damaged (it says \"");
    }

    @Test
    @Tag("long")
    void a_lost_password_file_is_named() throws IOException, LifecycleException {
        postgres().ensureRunning().close();
        Files.delete(layout.password());

        assertRefused(
                FailureKind.UNAUTHORIZED,
                "EMBEDDED_PASSWORD",
                "embedded PostgreSQL: the password file " + layout.password() + " is gone, but the data in "
                        + layout.data() + " is there; put back the password file that belongs to it");
    }

    @Test
    void a_password_file_of_another_server_is_named_and_the_server_is_left_stopped()
            throws IOException, LifecycleException {
        postgres().ensureRunning().close();
        Files.writeString(layout.password(), "0123456789abcdef");

        LifecycleException failure = refusal(
                FailureKind.UNAUTHORIZED,
                "EMBEDDED_PASSWORD",
                "embedded PostgreSQL: the password in " + layout.password() + " does not open the data in "
                        + layout.data() + "; put back the password file that belongs to it");

        assertThat(failure.getCause()).message().doesNotContain("0123456789abcdef");
        assertThat(PostmasterFile.find(layout.data())).isEmpty();
    }

    @Test
    void a_file_in_place_of_the_folder_is_refused() throws IOException {
        Path file = Files.createFile(fresh.parent().resolve("file"));

        LifecycleException failure = catchThrowableOfType(
                LifecycleException.class, () -> new EmbeddedPostgres(EmbeddedSettings.in(file)).ensureRunning());

        assertThat(failure.code()).isEqualTo("EMBEDDED_FOLDER");
        assertThat(failure)
                .hasMessage("embedded PostgreSQL: " + file
                        + " is a file, wanted a folder; name another one by database.embedded");
    }

    @Test
    void a_start_that_another_process_does_not_finish_is_waited_for_no_longer_than_the_limit() throws IOException {
        OwnerOnly.ensureFolder(layout.run());
        try (FileChannel channel =
                        FileChannel.open(layout.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assertThat(held.isValid()).isTrue();
            EmbeddedSettings hurried =
                    new EmbeddedSettings(folder, Duration.ofSeconds(1), Duration.ofSeconds(1), false);

            LifecycleException failure =
                    catchThrowableOfType(LifecycleException.class, () -> new EmbeddedPostgres(hurried).ensureRunning());

            assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
            assertThat(failure)
                    .hasMessage(
                            "embedded PostgreSQL: another process has been starting or stopping it for 1 s (it holds "
                                    + layout.lock() + "); wait for that process, or end it");
        }
    }

    @Test
    @Tag("long")
    void settings_of_a_person_that_the_server_does_not_take_are_named() throws IOException, LifecycleException {
        postgres().ensureRunning().close();
        Files.writeString(layout.data().resolve("local.conf"), "no_such_setting = 1\n");

        assertThat(refusal(FailureKind.REFUSED, "EMBEDDED_SETTINGS").getMessage())
                .contains("its local.conf has a setting that PostgreSQL does not take (it says")
                .contains("no_such_setting");
    }

    @Test
    @Tag("long")
    void a_full_disk_is_said_and_leaves_nothing_half_made()
            throws IOException, InterruptedException, LifecycleException {
        Path small = Files.createDirectory(fresh.parent().resolve("small"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=20m,mode=0700", "tmpfs", small.toString()),
                "needs a small disk");
        try {
            Path link = Folders.startingWith(folder, "bin-").get(0);
            Files.createSymbolicLink(small.resolve(link.getFileName()), Files.readSymbolicLink(link));

            LifecycleException failure = catchThrowableOfType(
                    LifecycleException.class, () -> new EmbeddedPostgres(EmbeddedSettings.in(small)).ensureRunning());

            assertThat(failure.kind()).isEqualTo(FailureKind.INTERNAL);
            assertThat(failure.code()).isEqualTo("EMBEDDED_DISK_FULL");
            assertThat(failure.getMessage())
                    .startsWith("embedded PostgreSQL in " + small + " cannot start: the disk is full (it says \"")
                    .endsWith("\"); make room on it and run it again, nothing is lost");
            assertThat(new Layout(small).data()).doesNotExist();
        } finally {
            assertThat(run("umount", small.toString())).isTrue();
        }
    }

    @Test
    void a_folder_of_another_user_is_left_alone() throws IOException, LifecycleException {
        assumeTrue(Platform.current().isSuperuser(), "needs root to give a folder away");
        Files.setAttribute(folder, "unix:uid", 65534);

        assertThat(refusal(FailureKind.UNAUTHORIZED, "EMBEDDED_PERMISSION").getMessage())
                .startsWith("embedded PostgreSQL: " + folder + " belongs to the user ")
                .endsWith(", and this process runs as root; run it as "
                        + Files.getOwner(folder).getName());
    }

    @Test
    void root_without_user_namespaces_is_told_what_to_do()
            throws IOException, InterruptedException, LifecycleException {
        assumeTrue(Platform.current().isSuperuser(), "an ordinary user needs no user namespace");
        String noMoreNamespaces = "echo 0 > /proc/sys/user/max_user_namespaces && exec \"$@\"";
        LeaseHolder holder = LeaseHolder.start(
                List.of("unshare", "--user", "--map-root-user", "sh", "-c", noMoreNamespaces, "sh"),
                TestClassPath.text(),
                folder);

        assertThat(holder.awaitLine())
                .startsWith(
                        "failed REFUSED EMBEDDED_ROOT embedded PostgreSQL in " + folder
                                + " cannot start: PostgreSQL does not run as root, and this system allows no user namespace to change that (it says \"")
                .endsWith(
                        "\"); run Certwright as an ordinary user, allow them (sysctl -w user.max_user_namespaces=15000),"
                                + " or name a server by database.url");
        holder.letGo();
    }

    private EmbeddedPostgres postgres() throws LifecycleException {
        return new EmbeddedPostgres(EmbeddedSettings.in(folder));
    }

    private void assertRefused(FailureKind kind, String code, String message) {
        assertThat(refusal(kind, code)).hasMessage(message);
    }

    private LifecycleException refusal(FailureKind kind, String code, String message) {
        LifecycleException failure = refusal(kind, code);
        assertThat(failure).hasMessage(message);
        return failure;
    }

    private LifecycleException refusal(FailureKind kind, String code) {
        LifecycleException failure =
                catchThrowableOfType(LifecycleException.class, () -> postgres().ensureRunning());
        assertThat(failure).as("a refusal").isNotNull();
        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
        assertThat(failure.kind()).isEqualTo(kind);
        return failure;
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
