package io.certwright.trust.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.failure.LifecycleException;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientGroupName;
import io.certwright.trust.Pin;
import io.certwright.trust.PublishedPackage;
import io.certwright.trust.TrustBundle;
import io.certwright.trust.TrustCertificates;
import io.certwright.trust.TrustCertificates.Signer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowsTrustPublisherTest {
    private final Signer root = TrustCertificates.root("Contoso Root CA");
    private final Signer issuing = root.issuingCa("Contoso Issuing CA");
    private final Pin old = new Pin(issuing.leaf("wsus01.contoso.com"), "wsus01");
    private final Pin next = new Pin(issuing.leaf("wsus01.contoso.com"), "wsus01");
    private final TrustBundle first = bundle(old);
    private final TrustBundle both = bundle(old, next);
    private final TrustBundle last = bundle(next);

    @TempDir
    private Path base;

    @Test
    void writes_every_file_and_names_the_place_and_the_manifest() throws Exception {
        PublishedPackage published = publish(first);

        assertThat(published.location()).isEqualTo(folder().toString());
        assertThat(published.manifestSha256())
                .isEqualTo(Sha256Fingerprint.ofDer(Files.readAllBytes(folder().resolve("manifest.json")))
                        .hex());
        assertThat(readable()).isEqualTo(expected(first));
    }

    @Test
    void publishing_the_same_again_touches_no_file() throws Exception {
        PublishedPackage before = publish(first);
        FileTime longAgo = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        for (String name : readable().keySet()) {
            Files.setLastModifiedTime(folder().resolve(name), longAgo);
        }

        assertThat(publish(first)).isEqualTo(before);
        for (String name : readable().keySet()) {
            assertThat(Files.getLastModifiedTime(folder().resolve(name))).isEqualTo(longAgo);
        }
    }

    @Test
    void finds_the_package_only_while_it_holds_exactly_the_bundle() throws Exception {
        WindowsTrustPublisher publisher = new WindowsTrustPublisher(base, base);
        assertThat(publisher.find(first)).isEmpty();
        PublishedPackage published = publish(first);

        assertThat(publisher.find(first)).contains(published);
        assertThat(publisher.find(last)).isEmpty();
        Files.delete(folder().resolve("root.sst"));
        assertThat(publisher.find(first)).isEmpty();
    }

    @Test
    void repairs_a_file_that_was_changed_or_deleted() throws Exception {
        publish(first);
        Files.writeString(folder().resolve("pin.reg"), "garbled");
        Files.delete(folder().resolve("root.sst"));

        publish(first);

        assertThat(readable()).isEqualTo(expected(first));
    }

    @Test
    void a_withdrawn_pin_leaves_the_folder_and_stays_in_the_version_before() throws Exception {
        publish(both);
        publish(last);

        assertThat(readable()).isEqualTo(expected(last));
        assertThat(versions()).hasSize(2);
        assertThat(filesNamed("pin-wsus01-contoso-com-" + old.thumbprint() + ".cer"))
                .hasSize(1);
    }

    @Test
    void files_of_others_in_the_folder_are_left_alone() throws Exception {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve("notes.txt"), "ours");
        publish(both);
        publish(last);

        assertThat(folder().resolve("notes.txt")).hasContent("ours");
    }

    @Test
    void keeps_the_last_five_versions() throws Exception {
        for (int i = 0; i < 8; i++) {
            publish(bundle(new Pin(issuing.leaf("wsus" + i), "wsus" + i)));
        }

        assertThat(versions()).hasSize(5);
        assertThat(readable().keySet())
                .filteredOn(name -> name.startsWith("pin-") && name.endsWith(".cer"))
                .hasSize(1);
    }

    /** Not every one: the files of a package are many and alike. No divisor of the number of changes made to each. */
    private static final int EVERY = 4;

    @Test
    void a_failure_at_any_change_keeps_the_package_before_and_the_next_publication_completes() throws Exception {
        int failures = 0;
        for (int step = 1; !succeedsWithFailureAt(step); step += EVERY) {
            failures = step;
        }
        assertThat(failures).isGreaterThan(20);
    }

    private boolean succeedsWithFailureAt(int step) throws Exception {
        reset();
        publishUnforced(first);
        FailingWriter disk = new FailingWriter(step, false);
        try {
            new WindowsTrustPublisher(base, base, disk).publish(last);
        } catch (LifecycleException failed) {
            assertThat(failed.code()).isEqualTo("TRUST_NOT_WRITTEN");
            assertThat(failed)
                    .hasMessageMatching("trust package in \\Q" + folder()
                            + "\\E: could not be written, the one before stays: .*: no space left on the device;"
                            + " make room there, or set another folder");
            assertThat(readable()).as("after a failure at change %s", step).isEqualTo(expected(first));
            assertThat(leftovers()).isEmpty();
        }
        publishUnforced(last);
        assertThat(readable()).isEqualTo(expected(last));
        assertThat(leftovers()).isEmpty();
        return disk.steps < step;
    }

    @Test
    void a_crash_at_any_change_leaves_whole_files_and_the_next_publication_completes() throws Exception {
        int crashes = 0;
        for (int step = 2; !survivesCrashAt(step); step += EVERY) {
            crashes = step;
        }
        assertThat(crashes).isGreaterThan(20);
    }

    private boolean survivesCrashAt(int step) throws Exception {
        reset();
        publishUnforced(first);
        FailingWriter disk = new FailingWriter(step, true);
        try {
            new WindowsTrustPublisher(base, base, disk).publish(last);
        } catch (IllegalStateException crash) {
            assertEachFileIsWhole(step);
        }
        publishUnforced(last);
        assertThat(readable()).isEqualTo(expected(last));
        assertThat(leftovers()).isEmpty();
        return disk.steps < step;
    }

    private void assertEachFileIsWhole(int step) throws IOException {
        Map<String, String> before = expected(first);
        Map<String, String> after = expected(last);
        readable()
                .forEach((name, hash) -> assertThat(hash)
                        .as("%s after a crash at change %s", name, step)
                        .isIn(before.getOrDefault(name, "absent before"), after.getOrDefault(name, "absent after")));
        boolean manifestIsNew = readable().get("manifest.json").equals(after.get("manifest.json"));
        if (manifestIsNew) {
            assertThat(readable()).containsAllEntriesOf(after);
        }
    }

    @Test
    void a_disk_that_fails_for_good_between_two_files_is_said_to_be_half_way() throws Exception {
        publish(first);
        FolderWriter dying = new FailingWriter(FailingWriter.NEVER, false) {
            private int moves;

            @Override
            public void move(Path from, Path to) throws IOException {
                if (++moves > 3) {
                    throw new FileSystemException(to.toString(), null, "input/output error");
                }
                super.move(from, to);
            }
        };

        assertThatThrownBy(() -> new WindowsTrustPublisher(base, base, dying).publish(last))
                .isInstanceOf(LifecycleException.class)
                .hasMessageMatching(
                        "trust package in \\Q" + folder()
                                + "\\E: could not be written, and some files are already the new ones, each of them whole;"
                                + " the next publication completes it: .*: input/output error; make room there, or set another folder");
        publish(last);
        assertThat(readable()).isEqualTo(expected(last));
    }

    @Test
    void a_publication_beside_another_process_is_told_to_come_back() throws Exception {
        publish(first);
        try (FileChannel other = FileChannel.open(folder().resolve(".lock"), StandardOpenOption.WRITE);
                FileLock held = other.lock()) {
            assertThat(held.isValid()).isTrue();

            assertThatThrownBy(() -> publish(last))
                    .isInstanceOf(LifecycleException.class)
                    .hasMessage("trust package in " + folder()
                            + ": another publication is writing it now; this one is tried again");
        }
        assertThat(readable()).isEqualTo(expected(first));
    }

    @Test
    void a_file_where_the_folder_should_be_is_named() throws Exception {
        Files.createDirectories(folder().getParent());
        Files.writeString(folder(), "in the way");

        assertThatThrownBy(() -> publish(first))
                .isInstanceOf(LifecycleException.class)
                .hasMessage("trust package in " + folder() + ": could not be written, the one before stays: " + folder()
                        + " is a file, wanted a folder; set publish-to to a folder");
    }

    @Test
    void relative_and_home_folders_are_found() throws Exception {
        Path home = base.resolve("home");
        WindowsTrustPublisher publisher = new WindowsTrustPublisher(base.resolve("run"), home);

        assertThat(publisher.publish(TrustBundle.empty(group("~/trust"))).location())
                .isEqualTo(home.resolve("trust").toString());
        assertThat(publisher
                        .publish(TrustBundle.empty(group("./data/../trust")))
                        .location())
                .isEqualTo(base.resolve("run").resolve("trust").toString());
    }

    @Test
    void a_name_that_cannot_be_a_folder_is_refused() {
        assertThatThrownBy(() -> new WindowsTrustPublisher(base, base).publish(TrustBundle.empty(group("a\0b"))))
                .isInstanceOf(LifecycleException.class)
                .hasMessage("client group wsus-clients: publish-to is \"a\\u0000b\","
                        + " wanted a folder of this machine: Nul character not allowed");
    }

    /** Fails, or dies, at the n-th change; what came before was really done, though not forced to the disk. */
    private static class FailingWriter implements FolderWriter {
        private static final int NEVER = Integer.MAX_VALUE;

        private final int failing;
        private final boolean crashing;
        private int steps;
        private boolean dead;

        FailingWriter(int failing, boolean crashing) {
            this.failing = failing;
            this.crashing = crashing;
        }

        private void step(Path file) throws IOException {
            steps++;
            if (dead || (crashing && steps == failing)) {
                dead = true;
                throw new IllegalStateException("the machine died");
            }
            if (steps == failing) {
                throw new FileSystemException(file.toString(), null, "no space left on the device");
            }
        }

        @Override
        public void write(Path file, byte[] content) throws IOException {
            if (steps + 1 == failing) {
                Files.write(file, Arrays.copyOf(content, content.length / 2));
            }
            step(file);
            Files.write(file, content, StandardOpenOption.CREATE_NEW);
        }

        @Override
        public void move(Path from, Path to) throws IOException {
            step(to);
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }

        @Override
        public void delete(Path file) throws IOException {
            step(file);
            Files.deleteIfExists(file);
        }

        @Override
        public void createFolder(Path folder) throws IOException {
            step(folder);
            Files.createDirectories(folder);
        }
    }

    /** As {@link #publish}, in a hurry. */
    private void publishUnforced(TrustBundle bundle) throws LifecycleException {
        new WindowsTrustPublisher(base, base, new FailingWriter(FailingWriter.NEVER, false)).publish(bundle);
    }

    private PublishedPackage publish(TrustBundle bundle) throws LifecycleException {
        return new WindowsTrustPublisher(base, base).publish(bundle);
    }

    private Path folder() {
        return base.resolve("trust").resolve("wsus-clients").toAbsolutePath().normalize();
    }

    private TrustBundle bundle(Pin... pins) {
        return new TrustBundle(
                group("trust/wsus-clients"),
                List.of(root.certificate()),
                List.of(issuing.certificate()),
                List.of(pins));
    }

    private static ClientGroup group(String publishTo) {
        return new ClientGroup(
                ClientGroupName.of("wsus-clients"),
                true,
                Duration.ofDays(14),
                Duration.ofDays(30),
                List.of(),
                publishTo);
    }

    private void reset() throws IOException {
        try (Stream<Path> all = Files.walk(base)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.equals(base)) {
                    Files.delete(path);
                }
            }
        }
    }

    private static Map<String, String> expected(TrustBundle bundle) {
        Map<String, String> files = new TreeMap<>();
        TrustPackage.filesOf(bundle).forEach(file -> files.put(file.name(), file.sha256()));
        return files;
    }

    /** What a reader of the folder sees: files whose names do not begin with a dot. */
    private Map<String, String> readable() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> entries = Files.list(folder())) {
            for (Path file : entries.filter(Files::isRegularFile).toList()) {
                if (!file.getFileName().toString().startsWith(".")) {
                    files.put(
                            file.getFileName().toString(),
                            Sha256Fingerprint.ofDer(Files.readAllBytes(file)).hex());
                }
            }
        }
        return files;
    }

    private List<Path> versions() throws IOException {
        return PresentFiles.listOf(folder().resolve("versions"));
    }

    private List<Path> leftovers() throws IOException {
        return filesNamed(PresentFiles.UNFINISHED);
    }

    private List<Path> filesNamed(String start) throws IOException {
        try (Stream<Path> all = Files.walk(folder())) {
            return all.filter(path -> path.getFileName().toString().startsWith(start))
                    .toList();
        }
    }
}
