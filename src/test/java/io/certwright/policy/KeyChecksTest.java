package io.certwright.policy;

import static io.certwright.policy.Bench.ISSUING;
import static io.certwright.policy.Bench.NAME;
import static io.certwright.policy.Bench.NOW;
import static io.certwright.policy.Bench.ROOT;
import static io.certwright.policy.Bench.leaf;
import static io.certwright.policy.Bench.told;
import static io.certwright.policy.Bench.wanting;
import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.KeySpec;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestKeys;
import java.security.KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyChecksTest {
    private static final String LEAF = "certificate CN=wsus.certwright.test (#): ";

    @ParameterizedTest
    @EnumSource(KeySpec.class)
    void accepts_every_key_that_settings_can_wish(KeySpec spec) {
        assertThat(told(leaf().key(spec), wanting().withKey(spec))).isEmpty();
    }

    @Test
    void accepts_p_521_where_no_key_is_wished() {
        assertThat(told(leaf().key(TestKeys.ec("secp521r1")), wanting())).isEmpty();
    }

    @Test
    void refuses_another_key_than_wished() {
        assertThat(told(leaf().key(KeySpec.P_256), wanting().withKey(KeySpec.RSA_3072)))
                .containsExactly("ERROR KEY_NOT_AS_WISHED: " + LEAF + "got a key P-256, wanted RSA-3072");
    }

    @Test
    void refuses_a_short_rsa_key() {
        assertThat(told(leaf().key(TestKeys.sharedRsa(1024)), wanting()))
                .containsExactly("ERROR KEY_WEAK: " + LEAF
                        + "got a key RSA-1024, wanted RSA with at least 2048 bits, P-256, P-384 or P-521");
    }

    @Test
    void refuses_a_short_key_of_an_issuing_ca() {
        TestCa weak = ROOT.intermediateDraft("CN=Weak CA")
                .key(TestKeys.sharedRsa(1024))
                .asCa();

        assertThat(told(weak.leaf(NAME), wanting()))
                .containsExactly(
                        "ERROR KEY_WEAK: certificate CN=Weak CA (#): got a key RSA-1024, wanted RSA with at least 2048 "
                                + "bits, P-256, P-384 or P-521");
    }

    @Test
    void refuses_a_dsa_key() {
        assertThat(told(leaf().key(TestKeys.sharedDsa()), wanting()))
                .containsExactly("ERROR KEY_KIND_UNSUPPORTED: " + LEAF
                        + "got a key of kind DSA, wanted RSA, P-256, P-384 or P-521");
    }

    @Test
    void refuses_the_key_of_another_request() {
        byte[] ours = TestKeys.fresh(KeySpec.P_256).getPublic().getEncoded();

        assertThat(told(leaf(), wanting().withPublicKey(ours)))
                .containsExactly("ERROR KEY_NOT_OURS: " + LEAF
                        + "got another public key than the one of our request, wanted the " + "key that we asked for");
        assertThat(told(leaf().publicKey(ours), wanting().withPublicKey(ours))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(KeySpec.class)
    void knows_our_key_again_in_every_spec(KeySpec spec) {
        KeyPair ours = TestKeys.shared(spec);

        assertThat(told(
                        leaf().key(ours),
                        wanting().withPublicKey(ours.getPublic().getEncoded())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA1withRSA", "MD5withRSA", "SHA1withRSAandMGF1"})
    void refuses_a_weak_signature_below_the_anchor(String algorithm) {
        TestCa rsa = TestCa.rootDraft("CN=RSA Root", NOW).key(KeySpec.RSA_2048).asRoot();
        Expectation trusting = wanting().withAnchors(java.util.List.of(rsa.certificate()));
        String named = algorithm.equals("SHA1withRSAandMGF1")
                ? "RSASSA-PSS over SHA-1"
                : algorithm + " over " + algorithm.split("with", -1)[0];

        assertThat(told(rsa.leaf(NAME).signatureAlgorithm(algorithm), trusting))
                .containsExactly(
                        "ERROR SIGNATURE_WEAK: " + LEAF + "signed with " + named + ", wanted SHA-256 or better");
    }

    @Test
    void accepts_pss_over_sha_256() {
        TestCa rsa = TestCa.rootDraft("CN=RSA Root", NOW).key(KeySpec.RSA_2048).asRoot();

        assertThat(told(
                        rsa.leaf(NAME).signatureAlgorithm("SHA256withRSAandMGF1"),
                        wanting().withAnchors(java.util.List.of(rsa.certificate()))))
                .isEmpty();
    }

    @Test
    void refuses_a_weak_signature_over_an_issuing_ca_and_takes_the_anchor_as_it_is() {
        TestCa oldRoot = TestCa.rootDraft("CN=Old Root", NOW)
                .key(KeySpec.RSA_2048)
                .signatureAlgorithm("SHA1withRSA")
                .asRoot();
        TestCa weak = oldRoot.intermediateDraft("CN=Old CA")
                .signatureAlgorithm("SHA1withRSA")
                .asCa();
        Expectation trusting = wanting().withAnchors(java.util.List.of(oldRoot.certificate()));

        assertThat(told(oldRoot.leaf(NAME), trusting)).isEmpty();
        assertThat(told(weak.leaf(NAME), trusting))
                .containsExactly(
                        "ERROR SIGNATURE_WEAK: certificate CN=Old CA (#): signed with SHA1withRSA over SHA1, wanted "
                                + "SHA-256 or better");
    }

    @Test
    void tells_a_weak_signature_of_a_certificate_whose_path_is_unknown() {
        TestCa rsa = TestCa.rootDraft("CN=RSA Root", NOW).key(KeySpec.RSA_2048).asRoot();

        assertThat(told(rsa.leaf(NAME).signatureAlgorithm("SHA1withRSA"), wanting()))
                .containsExactly(
                        "ERROR SIGNATURE_WEAK: " + LEAF + "signed with SHA1withRSA over SHA1, wanted SHA-256 or better",
                        "ERROR CHAIN_INCOMPLETE: " + LEAF
                                + "no certificate of its issuer CN=RSA Root was given and none is a "
                                + "trust anchor, wanted a path to a trust anchor");
        assertThat(ISSUING.chain()).hasSize(1);
    }
}
