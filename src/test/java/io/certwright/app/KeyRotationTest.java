package io.certwright.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.KeySpec;
import io.certwright.crypto.KeyGenerator;
import io.certwright.crypto.KeySealer;
import io.certwright.crypto.SealedKey;
import io.certwright.crypto.SealedStock;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.key.sealed.FollowedMasterKeys;
import io.certwright.key.sealed.GivenMasterKeys;
import io.certwright.key.sealed.KeyRotation;
import io.certwright.key.sealed.MasterKeyFile;
import io.certwright.key.sealed.MasterKeyPlace;
import io.certwright.key.sealed.MasterKeyRing;
import io.certwright.store.postgres.PostgresMasterKeyLedger;
import io.certwright.store.postgres.PostgresSealedStock;
import io.certwright.testing.MovableClock;
import io.certwright.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The rotation on the real tables and a real file. */
final class KeyRotationTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
    private static final KeyPair KEY = new KeyGenerator(RANDOM).generate(KeySpec.P_256);

    @TempDir
    private Path folder;

    private MasterKeyFile file;
    private PostgresSealedStock stock;

    @BeforeEach
    void open() throws LifecycleException {
        DATABASE.empty();
        file = new MasterKeyFile(folder.resolve("master.key"), RANDOM);
        stock = new PostgresSealedStock(DATABASE.database());
    }

    private KeyRotation rotation(MasterKeyPlace place, SealedStock... stocks) {
        return new KeyRotation(
                place, List.of(stocks), new PostgresMasterKeyLedger(DATABASE.database()), new MovableClock(NOON));
    }

    private static void store(SealedKey key) throws LifecycleException {
        DATABASE.database()
                .update(
                        "insert into sealed_key (id, master_key_id, nonce, ciphertext, public_key, spec, created_at)"
                                + " values (?, ?, ?, ?, ?, ?, ?)",
                        UUID.randomUUID(),
                        key.masterKeyId(),
                        key.nonce(),
                        key.ciphertext(),
                        key.publicKey(),
                        key.spec(),
                        NOON);
    }

    private static List<SealedKey> stored() throws LifecycleException {
        return DATABASE.database()
                .list(
                        "select master_key_id, nonce, ciphertext, public_key, spec from sealed_key",
                        row -> new SealedKey(
                                row.text("master_key_id"),
                                row.bytes("nonce"),
                                row.bytes("ciphertext"),
                                row.bytes("public_key"),
                                row.choice("spec", KeySpec.class)));
    }

    private MasterKeyRing withThreeStored() throws LifecycleException {
        MasterKeyRing first = file.ensure(() -> false);
        for (int i = 0; i < 3; i++) {
            store(first.seal(KEY));
        }
        return first;
    }

    private void assertAllOpen() throws LifecycleException {
        for (SealedKey key : stored()) {
            assertThat(file.open().open(key).getEncoded())
                    .isEqualTo(KEY.getPrivate().getEncoded());
        }
    }

    @Test
    void everything_lies_under_the_new_key_and_the_old_one_is_gone() throws Exception {
        MasterKeyRing first = withThreeStored();

        KeyRotation.Rotated rotated = rotation(file, stock).rotate();

        assertThat(rotated)
                .isEqualTo(new KeyRotation.Rotated(file.open().activeId(), 3, List.of(first.activeId()), true));
        assertThat(stock.countByMasterKey()).isEqualTo(Map.of(rotated.activeId(), 3L));
        assertThat(Files.readString(folder.resolve("master.key")))
                .hasLineCount(1)
                .doesNotContain(first.activeId());
        assertAllOpen();
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(folder.resolve("master.key"));
        }
    }

    @Test
    void nothing_can_be_stored_under_a_key_that_was_replaced() throws LifecycleException {
        MasterKeyRing first = withThreeStored();
        rotation(file, stock).rotate();

        assertThatThrownBy(() -> store(first.seal(KEY)))
                .hasMessageContaining("master key " + first.activeId()
                        + " was replaced by a rotation, so nothing is sealed under it any more");
    }

    @Test
    void one_that_died_before_all_was_sealed_anew_is_finished_with_the_same_new_key() throws LifecycleException {
        MasterKeyRing first = withThreeStored();
        KeyRotation dying = rotation(file, stock, new DyingStock());
        assertThatThrownBy(dying::rotate).hasMessage("killed");
        assertThat(stock.countByMasterKey()).isEqualTo(Map.of(first.activeId(), 3L));
        String begun = file.open().activeId();
        assertThat(begun).isNotEqualTo(first.activeId());
        assertThat(rotation(file, stock).countLeftBehind()).isEqualTo(3);
        assertAllOpen();

        KeyRotation.Rotated rotated = rotation(file, stock).rotate();

        assertThat(rotated.activeId()).isEqualTo(begun);
        assertThat(rotated.resealed()).isEqualTo(3);
        assertThat(rotation(file, stock).countLeftBehind()).isZero();
        assertAllOpen();
    }

    @Test
    void one_that_died_before_the_old_key_was_taken_away_is_finished() throws LifecycleException {
        MasterKeyRing first = withThreeStored();
        KeyRotation dying = rotation(new UndroppingPlace(file), stock);
        assertThatThrownBy(dying::rotate).hasMessage("killed");
        String begun = file.open().activeId();

        KeyRotation.Rotated rotated = rotation(file, stock).rotate();

        assertThat(rotated).isEqualTo(new KeyRotation.Rotated(begun, 0, List.of(first.activeId()), true));
        assertAllOpen();
    }

    @Test
    void a_service_that_runs_on_seals_under_the_new_key_and_opens_what_was_sealed_anew() throws LifecycleException {
        withThreeStored();
        KeySealer service = new FollowedMasterKeys(file, () -> true);

        KeyRotation.Rotated rotated = rotation(file, stock).rotate();

        assertThat(service.open(stored().get(0)).getEncoded())
                .isEqualTo(KEY.getPrivate().getEncoded());
        SealedKey next = service.seal(KEY);
        assertThat(next.masterKeyId()).isEqualTo(rotated.activeId());
        store(next);
    }

    @Test
    void a_key_in_the_environment_is_replaced_by_people_and_everything_sealed_anew_under_it() throws Exception {
        MasterKeyRing first = withThreeStored();
        String old = Files.readString(folder.resolve("master.key"));
        String where = "environment variable CERTWRIGHT_MASTER_KEY";
        MasterKeyPlace alone = new GivenMasterKeys(where, MasterKeyRing.parse(where, old, RANDOM));
        assertThatThrownBy(() -> rotation(alone, stock).rotate())
                .hasMessage(
                        "environment variable CERTWRIGHT_MASTER_KEY: got one master key, wanted a new one before it: make it"
                                + " with \"certwright key new --out FILE\", put its line in front of the old one wherever Certwright runs"
                                + " on this database, restart those, then run \"certwright key rotate\" once");
        Path another = folder.resolve("new.key");
        String id = new MasterKeyFile(another, RANDOM).makeNew();
        MasterKeyPlace both =
                new GivenMasterKeys(where, MasterKeyRing.parse(where, Files.readString(another) + old, RANDOM));

        KeyRotation.Rotated rotated = rotation(both, stock).rotate();

        assertThat(rotated).isEqualTo(new KeyRotation.Rotated(id, 3, List.of(first.activeId()), false));
        assertThat(stock.countByMasterKey()).isEqualTo(Map.of(id, 3L));
    }

    @Test
    void a_new_key_is_never_written_over_anything() throws LifecycleException {
        withThreeStored();

        assertThatThrownBy(file::makeNew)
                .hasMessage("master key file \"" + folder.resolve("master.key")
                        + "\" is there already, and nothing is written over it; name another");
    }

    /** Where the process is killed while it seals anew. */
    private static final class DyingStock implements SealedStock {
        @Override
        public int reseal(KeySealer sealer, String activeId) throws LifecycleException {
            throw new LifecycleException(FailureKind.INTERNAL, "KILLED", "killed");
        }

        @Override
        public Map<String, Long> countByMasterKey() {
            return Map.of();
        }
    }

    /** Where the process is killed before the old key goes. */
    private record UndroppingPlace(MasterKeyFile file) implements MasterKeyPlace {
        @Override
        public MasterKeyRing open() throws LifecycleException {
            return file.open();
        }

        @Override
        public MasterKeyRing ringToRotateTo() throws LifecycleException {
            return file.ringToRotateTo();
        }

        @Override
        public boolean drop(Set<String> retired) throws LifecycleException {
            throw new LifecycleException(FailureKind.INTERNAL, "KILLED", "killed");
        }
    }
}
