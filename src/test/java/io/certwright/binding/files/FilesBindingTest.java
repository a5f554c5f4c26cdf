package io.certwright.binding.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.certwright.binding.BoundState;
import io.certwright.binding.CertificateToBind;
import io.certwright.binding.MemoryCertificates;
import io.certwright.binding.ServerBinding;
import io.certwright.binding.ServerBindingContract;
import io.certwright.config.SecretText;
import io.certwright.crypto.Pkcs12Codec.Encryption;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.OpenSsl;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "modes and shell commands of POSIX")
class FilesBindingTest extends ServerBindingContract {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final MemoryCertificates certificates = new MemoryCertificates(NOW);

    @TempDir
    private Path folder;

    private Path server;
    private Path reloads;
    private FilesBinding binding;

    @BeforeEach
    void aServer() throws IOException {
        server = Files.createDirectory(folder.resolve("tls"));
        reloads = folder.resolve("reloads");
        binding = bindingOf(allFiles(), counting());
    }

    private Map<FilePart, Path> allFiles() {
        Map<FilePart, Path> files = new EnumMap<>(FilePart.class);
        for (FilePart part : FilePart.values()) {
            files.put(part, server.resolve("wsus." + part.word()));
        }
        return files;
    }

    private List<String> counting() {
        return List.of("sh", "-c", "echo reloaded >> '" + reloads + "'");
    }

    private FilesBinding bindingOf(Map<FilePart, Path> files, List<String> reload) {
        return bindingOf(files, reload, LIMIT);
    }

    private FilesBinding bindingOf(Map<FilePart, Path> files, List<String> reload, Duration limit) {
        Optional<SecretText> password =
                files.containsKey(FilePart.PFX) ? Optional.of(SecretText.of("correct horse")) : Optional.empty();
        FilesSettings settings = new FilesSettings(files, password, Encryption.AES_256, 0600, reload, limit, List.of());
        return new FilesBinding(settings, folder.resolve("data/kept"), certificates.sealer(), new SecureRandom());
    }

    @Override
    protected ServerBinding binding() {
        return binding;
    }

    @Override
    protected CertificateToBind fresh(String dns) {
        return certificates.issue(dns);
    }

    @Override
    protected Object visible() throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.list(server)) {
            for (Path file : files.toList()) {
                all.put(
                        file.getFileName().toString(),
                        Files.getPosixFilePermissions(file) + " " + Files.getOwner(file) + " "
                                + HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return all;
    }

    private int reloadCount() throws IOException {
        return Files.exists(reloads) ? Files.readAllLines(reloads).size() : 0;
    }

    @Test
    void openssl_reads_what_is_written() throws Exception {
        OpenSsl openSsl = OpenSsl.in(folder);
        binding.bind(fresh("wsus.certwright.test"));

        String inCertificate = openSsl.run("x509", "-in", path("cert"), "-noout", "-pubkey");
        String inKey = openSsl.run("pkey", "-in", path("key"), "-pubout");
        assertThat(inCertificate).isEqualTo(inKey);
        openSsl.write(
                "root.pem",
                io.certwright.crypto.PemCodec.certificate(certificates.issuing().anchor()));
        assertThat(openSsl.run(
                        "verify",
                        "-CAfile",
                        folder.resolve("root.pem").toString(),
                        "-attime",
                        Long.toString(NOW.getEpochSecond()),
                        "-untrusted",
                        path("chain"),
                        path("cert")))
                .contains("OK");
        assertThat(openSsl.run("pkcs12", "-in", path("pfx"), "-passin", "pass:correct horse", "-nodes"))
                .contains("BEGIN PRIVATE KEY")
                .contains("friendlyName: WSUS TLS");
        assertThat(Files.readString(server.resolve("wsus.fullchain")))
                .isEqualTo(
                        Files.readString(server.resolve("wsus.cert")) + Files.readString(server.resolve("wsus.chain")));
    }

    private String path(String part) {
        return server.resolve("wsus." + part).toString();
    }

    @Test
    void new_keys_are_their_owners_alone() throws Exception {
        binding.bind(fresh("wsus.certwright.test"));

        assertThat(modeOf("key")).isEqualTo("rw-------");
        assertThat(modeOf("pfx")).isEqualTo("rw-------");
        assertThat(modeOf("fullchain")).isEqualTo("rw-r--r--");
    }

    private String modeOf(String part) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(server.resolve("wsus." + part)));
    }

    @Test
    void keeps_owner_and_mode_of_what_is_there() throws Exception {
        binding.bind(fresh("old.certwright.test"));
        Files.setPosixFilePermissions(server.resolve("wsus.key"), PosixFilePermissions.fromString("rw-r-----"));
        boolean root = isRoot();
        if (root) {
            Files.setAttribute(server.resolve("wsus.key"), "unix:uid", 12345);
            Files.setAttribute(server.resolve("wsus.key"), "unix:gid", 23456);
        }

        binding.bind(fresh("new.certwright.test"));

        assertThat(modeOf("key")).isEqualTo("rw-r-----");
        if (root) {
            assertThat(Files.getAttribute(server.resolve("wsus.key"), "unix:uid"))
                    .isEqualTo(12345);
            assertThat(Files.getAttribute(server.resolve("wsus.key"), "unix:gid"))
                    .isEqualTo(23456);
        }
    }

    @Test
    void kept_keys_are_their_owners_alone() throws Exception {
        binding.bind(fresh("old.certwright.test"));
        binding.bind(fresh("new.certwright.test"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data/kept"))))
                .isEqualTo("rwx------");
    }

    @Test
    void reloads_after_each_change_and_only_then() throws Exception {
        CertificateToBind next = fresh("wsus.certwright.test");
        binding.bind(next);
        binding.bind(next);
        assertThat(reloadCount()).isEqualTo(1);
        BoundState before = binding.look();
        binding.bind(fresh("new.certwright.test"));
        assertThat(reloadCount()).isEqualTo(2);
        binding.restore(before);
        binding.restore(before);
        assertThat(reloadCount()).isEqualTo(3);
    }

    @Test
    void a_reload_that_failed_is_made_up_for() throws Exception {
        CertificateToBind next = fresh("wsus.certwright.test");
        FilesBinding failing = bindingOf(allFiles(), List.of("sh", "-c", "echo 'no such server' >&2; exit 3"));

        assertThatThrownBy(() -> failing.bind(next))
                .isInstanceOf(LifecycleException.class)
                .hasMessage("files: the reload command \"sh\" ended with 3, saying \"no such server\";"
                        + " run it by hand and correct it or the server's settings");

        binding.bind(next);
        assertThat(reloadCount()).isEqualTo(1);
    }

    @Test
    void going_back_after_a_failed_reload_reloads_the_old_files() throws Exception {
        binding.bind(fresh("old.certwright.test"));
        BoundState before = binding.look();
        FilesBinding failing = bindingOf(allFiles(), List.of("false"));
        assertThatThrownBy(() -> failing.bind(fresh("new.certwright.test"))).isInstanceOf(LifecycleException.class);

        binding.restore(before);

        assertThat(binding.look()).isEqualTo(before);
        assertThat(reloadCount()).isEqualTo(2);
    }

    @Test
    void completes_what_a_crash_left_half_done() throws Exception {
        CertificateToBind old = fresh("old.certwright.test");
        CertificateToBind next = fresh("new.certwright.test");
        binding.bind(old);
        Object oldFiles = visible();
        BoundState before = binding.look();
        binding.bind(next);
        Object newFiles = visible();
        byte[] newCert = Files.readAllBytes(server.resolve("wsus.cert"));
        binding.restore(before);
        Files.write(server.resolve("wsus.cert"), newCert);
        Files.writeString(server.resolve(".wsus.key.certwright-new"), "half a k");

        FilesBinding afterTheCrash = bindingOf(withoutPfx(), counting());
        afterTheCrash.bind(next);

        assertThat(afterTheCrash.look().shows(next.certificate().sha256())).isTrue();
        assertThat(Files.exists(server.resolve(".wsus.key.certwright-new"))).isFalse();
        assertThat(newFiles).isNotEqualTo(oldFiles);
        binding.restore(before);
        assertThat(visible()).isEqualTo(oldFiles);
    }

    private Map<FilePart, Path> withoutPfx() {
        Map<FilePart, Path> files = allFiles();
        files.remove(FilePart.PFX);
        return files;
    }

    @Test
    void a_key_of_another_certificate_is_replaced() throws Exception {
        CertificateToBind next = fresh("wsus.certwright.test");
        binding.bind(next);
        Object right = visible();
        Files.writeString(server.resolve("wsus.key"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");

        assertThat(binding.preview(next))
                .containsExactly(
                        "file " + path("key") + " would be replaced with the key of "
                                + next.certificate().thumbprint(),
                        "then \"sh\" would be run so that the server reads them");
        binding.bind(next);
        assertThat(visible()).isEqualTo(right);
    }

    @Test
    void follows_a_symbolic_link_and_leaves_it() throws Exception {
        Path real = Files.createDirectory(folder.resolve("real"));
        Path link = Files.createSymbolicLink(server.resolve("wsus.key"), Path.of("../real/the.key"));

        CertificateToBind next = fresh("wsus.certwright.test");
        binding.bind(next);
        binding.bind(next);

        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(real.resolve("the.key")).isRegularFile();
        assertThat(Files.readString(link)).startsWith("-----BEGIN PRIVATE KEY-----");
    }

    @Test
    void symbolic_links_in_a_circle_are_said_so() throws IOException {
        Files.createSymbolicLink(server.resolve("wsus.key"), server.resolve("b"));
        Files.createSymbolicLink(server.resolve("b"), server.resolve("wsus.key"));

        assertRefused("cannot follow " + path("key") + ": its symbolic links go in a circle; correct them");
    }

    @Test
    void a_missing_folder_is_said_so_and_nothing_is_written() throws Exception {
        Map<FilePart, Path> files = allFiles();
        files.put(FilePart.KEY, folder.resolve("absent/wsus.key"));
        binding = bindingOf(files, counting());

        assertRefused("cannot write " + folder.resolve("absent/wsus.key") + ": its folder \"" + folder
                + "/absent\" is not there; create it or correct the path");
        assertThat(visible()).isEqualTo(Map.of());
        assertThat(reloadCount()).isZero();
    }

    @Test
    void a_folder_in_place_of_a_file_is_said_so() throws Exception {
        Files.createDirectory(server.resolve("wsus.key"));

        assertRefused(
                "cannot read " + path("key") + ": it is a folder, wanted a file; check the path and its permissions");
    }

    @Test
    void a_large_file_is_not_replaced() throws Exception {
        Files.write(server.resolve("wsus.cert"), new byte[10 * 1024 * 1024 + 1]);

        assertRefused("cannot read " + path("cert")
                + ": it is larger than 10 MB, so it is no certificate and is not replaced;"
                + " check the path and its permissions");
    }

    @Test
    void a_read_only_folder_is_said_so() throws Exception {
        assumeTrue(!isRoot(), "root writes into read-only folders");
        Files.setPosixFilePermissions(server, PosixFilePermissions.fromString("r-xr-xr-x"));

        assertRefused("cannot write " + path("cert")
                + ": access is denied; give Certwright's account the right to write there,"
                + " or close the program that has it open");
    }

    @Test
    void a_full_disk_changes_nothing() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        assumeTrue(
                isRoot() && run("mount", "-t", "tmpfs", "-o", "size=64k", "certwright", small.toString()),
                "a small file system can only be mounted by root");
        try {
            server = small;
            binding = bindingOf(allFiles(), counting());
            binding.bind(fresh("old.certwright.test"));
            fillUp(small);
            Object before = visible();

            assertThatThrownBy(() -> binding.bind(fresh("new.certwright.test")))
                    .isInstanceOfSatisfying(LifecycleException.class, failure -> {
                        assertThat(failure.kind()).isEqualTo(FailureKind.INTERNAL);
                        assertThat(failure.code()).isEqualTo("DISK_FULL");
                    })
                    .hasMessageMatching("files: cannot write " + small
                            + "/wsus\\.[a-z]+: the disk is full; make room, nothing was changed there");
            assertThat(visible()).isEqualTo(before);
            assertThat(reloadCount()).isEqualTo(1);
        } finally {
            assertThat(run("umount", small.toString())).isTrue();
        }
    }

    /** A mount on a file is what Linux has for Windows' open files: it may be read, and not replaced. */
    @Test
    void one_file_that_cannot_be_replaced_leaves_all_as_they_were() throws Exception {
        binding.bind(fresh("old.certwright.test"));
        Path pfx = server.resolve("wsus.pfx");
        assumeTrue(
                isRoot() && run("mount", "--bind", pfx.toString(), pfx.toString()),
                "a file can only be mounted by root");
        try {
            Object before = visible();
            CertificateToBind next = fresh("new.certwright.test");

            assertThatThrownBy(() -> binding.bind(next))
                    .isInstanceOf(LifecycleException.class)
                    .hasMessage("files: cannot replace " + pfx
                            + ": Device or resource busy; check the path and its permissions");

            assertThat(visible()).isEqualTo(before);
        } finally {
            assertThat(run("umount", pfx.toString())).isTrue();
        }
    }

    @Test
    void going_back_touches_only_what_was_changed() throws Exception {
        binding.bind(fresh("old.certwright.test"));
        Object oldFiles = visible();
        BoundState before = binding.look();
        Path pfx = server.resolve("wsus.pfx");
        byte[] content = Files.readAllBytes(pfx);
        binding.bind(fresh("new.certwright.test"));
        Files.write(pfx, content);
        Object file = Files.readAttributes(pfx, BasicFileAttributes.class).fileKey();

        binding.restore(before);

        assertThat(visible()).isEqualTo(oldFiles);
        assertThat(Files.readAttributes(pfx, BasicFileAttributes.class).fileKey())
                .isEqualTo(file);
    }

    private static void fillUp(Path small) throws IOException {
        FileStore store = Files.getFileStore(small);
        for (int i = 0; store.getUsableSpace() > 4096; i++) {
            Files.write(small.resolve("ballast" + i), new byte[4096]);
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    @Test
    void refuses_a_certificate_whose_key_is_elsewhere() {
        assertThatThrownBy(() -> binding.bind(certificates.issueWithKeyOnHost("wsus.certwright.test")))
                .isInstanceOf(LifecycleException.class)
                .hasMessage("files: the key of wsus01 is on a server and never leaves it, wanted one that is kept"
                        + " here; set key: { origin: service } and issue it again");
    }

    @Test
    void previous_files_that_are_gone_are_said_so() throws Exception {
        binding.bind(fresh("old.certwright.test"));
        BoundState before = binding.look();
        CertificateToBind next = fresh("new.certwright.test");
        binding.bind(next);
        Path kept = folder.resolve("data/kept").resolve(before.memento());
        try (Stream<Path> copies = Files.list(kept)) {
            for (Path copy : copies.toList()) {
                Files.delete(copy);
            }
        }
        Files.delete(kept);

        assertThatThrownBy(() -> binding.restore(before))
                .isInstanceOf(LifecycleException.class)
                .hasMessage("files: the previous files are no longer kept in " + kept
                        + "; put the server's own backup back, or bind a stored certificate");
        assertThat(binding.look().shows(next.certificate().sha256())).isTrue();
    }

    @Test
    void forgetting_removes_the_old_key() throws Exception {
        CertificateToBind old = fresh("old.certwright.test");
        binding.bind(old);
        binding.bind(fresh("new.certwright.test"));

        binding.forget(old.certificate());

        try (Stream<Path> kept = Files.list(folder.resolve("data/kept"))) {
            assertThat(kept.map(file -> file.getFileName().toString())).containsExactly("read-by-server");
        }
    }

    @Test
    void the_certificate_alone_needs_no_key() throws Exception {
        binding = bindingOf(Map.of(FilePart.CERT, server.resolve("wsus.cert")), List.of());
        CertificateToBind next = certificates.issueWithKeyOnHost("wsus.certwright.test");

        binding.bind(next);

        assertThat(binding.look().shows(next.certificate().sha256())).isTrue();
    }

    private void assertRefused(String sentence) {
        assertThatThrownBy(() -> binding.bind(fresh("wsus.certwright.test")))
                .isInstanceOfSatisfying(
                        LifecycleException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED))
                .hasMessage("files: " + sentence);
    }
}
