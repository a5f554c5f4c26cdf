package io.certwright.enrollment.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.certwright.certificate.KeySpec;
import io.certwright.crypto.PemCodec;
import io.certwright.crypto.SealedKey;
import io.certwright.enrollment.Issued;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.Remembered;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.FaultyRelay;
import io.certwright.testing.FaultyRelay.Fault;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.MortalMemory;
import io.certwright.testing.TestNames;
import io.certwright.testing.TestPebble;
import io.certwright.testing.TestRequests;
import io.certwright.testing.TestSealer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The account's key is changed at pebble, which forgets the old one, and no crash loses the account. */
class AcmeAccountKeyTest {
    private static final TestSealer SEALER = new TestSealer();

    @TempDir
    static Path folder;

    private static TestNames names;
    private static TestPebble pebble;
    private static FaultyRelay relay;

    private final MemoryIssuerMemory memory = new MemoryIssuerMemory();

    @BeforeAll
    static void startServers() throws Exception {
        names = TestNames.start(folder.resolve("names"));
        pebble = TestPebble.start(folder.resolve("pebble"), names.address(), Map.of());
        relay = FaultyRelay.to(pebble.port(), pebble.trust());
        Files.writeString(
                folder.resolve("relay.pem"), PemCodec.certificate(relay.root().certificate()));
    }

    @AfterAll
    static void stopServers() throws Exception {
        if (relay != null) {
            relay.close();
        }
        if (pebble != null) {
            pebble.close();
        }
        if (names != null) {
            names.close();
        }
    }

    @BeforeEach
    void calmDown() {
        relay.spoil(-1, Fault.HTML);
    }

    private AcmeIssuer node(IssuerMemory seen) {
        return AcmeBench.issuer(AcmeBench.http01(pebble, relay.port(), folder.resolve("relay.pem")), seen, SEALER);
    }

    private AccountFact account() throws Exception {
        return AccountFact.decode(
                memory.list(AcmeBench.NAME, Accounts.KIND).get(0).value());
    }

    private void requireItIssues() throws Exception {
        assertThat(node(memory)
                        .request(TestRequests.fresh(SEALER, KeySpec.P_256, Instant.now(), "wsus.certwright.test")))
                .isInstanceOf(Issued.class);
    }

    @Test
    void another_key_opens_the_same_account_and_the_old_one_opens_nothing() throws Exception {
        requireItIssues();
        AccountFact before = account();
        node(memory).changeAccountKey();
        AccountFact after = account();
        assertThat(after.location()).isEqualTo(before.location()).isPresent();
        assertThat(after.key().publicKey()).isNotEqualTo(before.key().publicKey());
        assertThat(after.next()).isEmpty();
        requireItIssues();
        MemoryIssuerMemory old = new MemoryIssuerMemory();
        old.remember(
                AcmeBench.NAME,
                Remembered.first(
                        Accounts.KIND,
                        memory.list(AcmeBench.NAME, Accounts.KIND).get(0).key(),
                        before.encode(),
                        Instant.now()));
        assertThat(catchThrowableOfType(
                        LifecycleException.class, () -> node(old).test()))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"1, false", "1, true", "2, false", "2, true"})
    void a_node_that_dies_while_it_changes_the_key_loses_no_account(int write, boolean written) throws Exception {
        requireItIssues();
        AccountFact before = account();
        assertThat(catchThrowableOfType(
                        MortalMemory.Death.class,
                        () -> node(new MortalMemory(memory, write, written)).changeAccountKey()))
                .isNotNull();
        requireItIssues();
        assertThat(account().location()).isEqualTo(before.location());
        assertThat(account().next()).isEmpty();
        boolean changed = write == 2;
        assertThat(isSame(account().key(), before.key())).isEqualTo(!changed);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"RESET_BEFORE", "RESET_AFTER"})
    void an_answer_that_was_lost_or_no_answer_at_all_is_settled_by_asking_the_ca(Fault fault) throws Exception {
        requireItIssues();
        AccountFact before = account();
        relay.spoilEach("/rollover-account-key", fault);
        assertThat(catchThrowableOfType(
                        LifecycleException.class, () -> node(memory).changeAccountKey()))
                .hasMessageStartingWith("issuer pebble: changing the account's key, the CA ");
        assertThat(account().next()).isPresent();
        calmDown();
        node(memory).changeAccountKey();
        requireItIssues();
        assertThat(account().location()).isEqualTo(before.location());
    }

    @Test
    void a_web_page_in_place_of_an_answer_is_no_yes() throws Exception {
        requireItIssues();
        AccountFact before = account();
        relay.spoilEach("/rollover-account-key", Fault.HTML);
        assertThat(catchThrowableOfType(
                        LifecycleException.class, () -> node(memory).changeAccountKey()))
                .hasMessage(
                        "issuer pebble: changing the account's key, the CA said yes and knows the old key still; run"
                                + " it again, and look at what stands between here and the CA");
        assertThat(account()).isEqualTo(before);
    }

    @Test
    void without_an_account_there_is_nothing_to_change() {
        assertThat(catchThrowableOfType(
                        LifecycleException.class, () -> node(memory).changeAccountKey()))
                .hasMessage("issuer pebble: the CA has no account of ours yet, so there is no key to change; it is"
                        + " registered with the first request");
    }

    @Test
    void the_master_key_is_rotated_under_both_keys() throws Exception {
        requireItIssues();
        relay.spoilEach("/rollover-account-key", Fault.RESET_BEFORE);
        assertThat(catchThrowableOfType(
                        LifecycleException.class, () -> node(memory).changeAccountKey()))
                .isNotNull();
        assertThat(new AccountStock(memory).countByMasterKey().values()).containsExactly(2L);
        assertThat(new AccountStock(memory).reseal(SEALER, "another")).isEqualTo(2);
    }

    private static boolean isSame(SealedKey one, SealedKey other) {
        return Arrays.equals(one.publicKey(), other.publicKey());
    }
}
