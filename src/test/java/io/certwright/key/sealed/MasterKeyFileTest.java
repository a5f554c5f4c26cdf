package io.certwright.key.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.certwright.certificate.KeySpec;
import io.certwright.crypto.KeyGenerator;
import io.certwright.crypto.SealedKey;
import io.certwright.failure.LifecycleException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyFileTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final KeyPair KEY = new KeyGenerator(RANDOM).generate(KeySpec.P_256);

    @TempDir
    Path folder;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void is_made_once_for_its_owner_alone_and_opened_ever_after() throws Exception {
        MasterKeyRing made = file().ensure(() -> false);
        assertThat(Files.getPosixFilePermissions(path())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.readString(path())).matches("certwright-master-key:[0-9a-f]{16}:[A-Za-z0-9+/]{43}=\n");
        SealedKey sealed = made.seal(KEY);
        assertThat(file().ensure(() -> true).open(sealed).getEncoded())
                .isEqualTo(KEY.getPrivate().getEncoded());
        try (var files = Files.list(path().getParent())) {
            assertThat(files).containsExactly(path());
        }
    }

    @Test
    void ten_that_make_it_at_once_get_the_same_one() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(10);
        try {
            List<Callable<String>> makers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                makers.add(() -> file().ensure(() -> false).activeId());
            }
            List<String> ids = new ArrayList<>();
            for (Future<String> made : threads.invokeAll(makers)) {
                ids.add(made.get());
            }
            assertThat(ids).hasSize(10).containsOnly(file().open().activeId());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void one_that_is_interrupted_while_it_makes_the_key_leaves_nothing_lying_about() throws Exception {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> file().ensure(() -> false)).isInstanceOf(LifecycleException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        try (Stream<Path> left = Files.list(path().getParent())) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void is_not_made_anew_where_keys_are_sealed_already() {
        assertRefusal(
                () -> file().ensure(() -> true),
                "MASTER_KEY_MISSING",
                "master key file \"" + path()
                        + "\" is not there, but keys are sealed under it; put the backup of it back");
        assertThat(path()).doesNotExist();
    }

    @Test
    void says_which_master_key_is_wanted_where_the_wrong_one_is_there() throws Exception {
        SealedKey sealed = file().ensure(() -> false).seal(KEY);
        Files.delete(path());
        MasterKeyRing other = file().ensure(() -> false);
        assertRefusal(
                () -> other.open(sealed),
                "MASTER_KEY_UNKNOWN",
                "sealed key: got one under master key \"" + sealed.masterKeyId() + "\", wanted one of "
                        + other.activeId()
                        + "; put the right master key back, or its line below the one that is there, for several may stand together");
    }

    @Test
    void says_that_it_is_damaged_without_showing_it() throws Exception {
        file().ensure(() -> false);
        String text = Files.readString(path());
        String id = text.substring(22, 38);
        char last = text.charAt(text.length() - 4);
        Files.writeString(
                path(),
                text.substring(0, text.length() - 4) + (last == 'A' ? 'B' : 'A') + text.substring(text.length() - 3));
        assertRefusal(
                () -> file().open(),
                "MASTER_KEY_DAMAGED",
                "master key file \"" + path() + "\" is damaged: key id " + id
                        + " does not fit its key; put the backup of it back, nothing can be opened without it");
        Files.writeString(path(), text.substring(0, 50));
        assertRefusal(
                () -> file().open(),
                "MASTER_KEY_DAMAGED",
                "master key file \"" + path()
                        + "\" is damaged: got something else than certwright-master-key:ID:BASE64; put the backup of it back, nothing can be opened without it");
        Files.writeString(path(), "\n");
        assertRefusal(
                () -> file().open(),
                "MASTER_KEY_DAMAGED",
                "master key file \"" + path()
                        + "\" is damaged: got no key; put the backup of it back, nothing can be opened without it");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void is_refused_where_others_may_read_it() throws Exception {
        file().ensure(() -> false);
        Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rw-r--r--"));
        assertRefusal(
                () -> file().open(),
                "MASTER_KEY_EXPOSED",
                "master key file \"" + path()
                        + "\": others than its owner may use it (rw-r--r--), wanted rw-------; run: chmod 600 \""
                        + path()
                        + "\"");
        assertThat(file().findExposure()).isPresent();
        Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rw-------"));
        assertThat(file().findExposure()).isEmpty();
    }

    @Test
    void says_that_a_folder_stands_in_its_place() throws Exception {
        Files.createDirectories(path());
        assertRefusal(
                () -> file().ensure(() -> true),
                "MASTER_KEY_UNREADABLE",
                "master key file \"" + path()
                        + "\" cannot be read (that is a folder); run as its owner, or correct the path");
    }

    @Test
    void rotation_seals_anew_and_still_opens_what_was_sealed_before() throws Exception {
        MasterKeyRing before = file().ensure(() -> false);
        SealedKey old = before.seal(KEY);

        MasterKeyRing after = file().rotate();

        assertThat(after.activeId()).isNotEqualTo(before.activeId());
        assertThat(after.open(old).getEncoded()).isEqualTo(KEY.getPrivate().getEncoded());
        SealedKey resealed = file().open().reseal(old);
        assertThat(resealed.masterKeyId()).isEqualTo(after.activeId());
        assertThat(after.open(resealed).getEncoded()).isEqualTo(KEY.getPrivate().getEncoded());
        assertThat(after.reseal(resealed)).isSameAs(resealed);
        assertThat(file().findExposure()).isEmpty();
    }

    @Test
    void windows_permissions_count_by_who_may_read() {
        UserPrincipal owner = principal("CONTOSO\\svc-certwright");
        List<AclEntry> fine = List.of(
                allow(owner, AclEntryPermission.READ_DATA),
                allow(principal("NT AUTHORITY\\SYSTEM"), AclEntryPermission.READ_DATA),
                allow(principal("NT AUTHORITY\\LOCAL SERVICE"), AclEntryPermission.READ_DATA),
                allow(principal("Everyone"), AclEntryPermission.READ_ATTRIBUTES));
        assertThat(OwnerOnly.aclFault(Path.of("m.key"), owner, "LOCAL SERVICE", fine))
                .isEmpty();
        List<AclEntry> service = List.of(
                allow(owner, AclEntryPermission.READ_DATA),
                allow(principal("NT-AUTORITÄT\\Lokaler Dienst"), AclEntryPermission.READ_DATA));
        assertThat(OwnerOnly.aclFault(Path.of("m.key"), owner, "admin", service))
                .isEmpty();
        List<AclEntry> open = List.of(
                allow(owner, AclEntryPermission.READ_DATA),
                allow(principal("BUILTIN\\Users"), AclEntryPermission.READ_DATA));
        assertThat(OwnerOnly.aclFault(Path.of("m.key"), owner, "svc-certwright", open))
                .contains(
                        "others than its owner may read it (BUILTIN\\Users), wanted the owner alone; run: icacls \"m.key\" /inheritance:r /grant:r \"%USERNAME%:F\"");
    }

    private static AclEntry allow(UserPrincipal principal, AclEntryPermission permission) {
        return AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(principal)
                .setPermissions(permission)
                .build();
    }

    private static UserPrincipal principal(String name) {
        return new NamedPrincipal(name);
    }

    private record NamedPrincipal(String name) implements UserPrincipal {
        @Override
        public String getName() {
            return name;
        }
    }

    private MasterKeyFile file() {
        return new MasterKeyFile(path(), RANDOM);
    }

    private Path path() {
        return folder.resolve("keys").resolve("master.key").toAbsolutePath();
    }

    private static void assertRefusal(ThrowingCallable call, String code, String message) {
        LifecycleException refusal = catchThrowableOfType(LifecycleException.class, call);
        assertThat(refusal).hasMessage(message);
        assertThat(refusal.code()).isEqualTo(code);
    }
}
