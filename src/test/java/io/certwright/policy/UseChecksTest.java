package io.certwright.policy;

import static io.certwright.policy.Bench.ISSUING;
import static io.certwright.policy.Bench.NAME;
import static io.certwright.policy.Bench.ROOT;
import static io.certwright.policy.Bench.leaf;
import static io.certwright.policy.Bench.told;
import static io.certwright.policy.Bench.wanting;
import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.KeySpec;
import io.certwright.testing.TestCa;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;

final class UseChecksTest {
    private static final String LEAF = "certificate CN=wsus.certwright.test (#): ";

    @Test
    void accepts_server_authentication_beside_other_purposes() {
        assertThat(told(
                        leaf().extendedKeyUsage(KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth),
                        wanting()))
                .isEmpty();
    }

    @Test
    void refuses_a_certificate_without_extended_key_usage() {
        assertThat(told(leaf().without(Extension.extendedKeyUsage), wanting()))
                .containsExactly("ERROR SERVER_AUTH_MISSING: " + LEAF
                        + "got no extended key usage, wanted Server Authentication (1.3.6.1.5.5.7.3.1)");
    }

    @Test
    void refuses_any_extended_key_usage_in_place_of_server_authentication() {
        assertThat(told(leaf().extendedKeyUsage(KeyPurposeId.anyExtendedKeyUsage), wanting()))
                .containsExactly("ERROR SERVER_AUTH_MISSING: " + LEAF
                        + "got the extended key usages 2.5.29.37.0, wanted Server Authentication (1.3.6.1.5.5.7.3.1)");
    }

    @Test
    void refuses_server_authentication_that_the_issuing_ca_may_not_give() {
        TestCa mailOnly = ROOT.intermediateDraft("CN=Mail CA")
                .extendedKeyUsage(KeyPurposeId.id_kp_emailProtection)
                .asCa();

        assertThat(told(mailOnly.leaf(NAME), wanting()))
                .containsExactly(
                        "ERROR SERVER_AUTH_EXCLUDED: certificate CN=Mail CA (#): this CA may not issue for Server "
                                + "Authentication, its extended key usage leaves it out");
    }

    @Test
    void accepts_an_issuing_ca_with_server_authentication_or_any() {
        for (KeyPurposeId purpose :
                new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.anyExtendedKeyUsage}) {
            TestCa ca = ROOT.intermediateDraft("CN=Some CA")
                    .extendedKeyUsage(purpose)
                    .asCa();
            assertThat(told(ca.leaf(NAME), wanting())).isEmpty();
        }
    }

    @Test
    void refuses_a_ca_certificate_on_a_server() {
        assertThat(told(leaf().ca(true).keyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign), wanting()))
                .containsExactly("ERROR LEAF_IS_CA: " + LEAF + "got a CA certificate, wanted a server certificate");
    }

    @Test
    void accepts_a_leaf_that_says_nothing_of_basic_constraints_or_key_usage() {
        assertThat(told(leaf().without(Extension.basicConstraints, Extension.keyUsage), wanting()))
                .isEmpty();
    }

    @Test
    void refuses_a_key_usage_that_cannot_sign_a_handshake() {
        assertThat(told(leaf().key(KeySpec.RSA_2048).keyUsage(KeyUsage.keyEncipherment), wanting()))
                .containsExactly("ERROR KEY_USAGE_UNFIT: " + LEAF
                        + "got a key usage without digitalSignature, wanted it for TLS");
    }

    @Test
    void refuses_a_server_that_may_sign_certificates() {
        assertThat(told(leaf().keyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign), wanting()))
                .containsExactly("ERROR KEY_USAGE_UNFIT: " + LEAF
                        + "got the key usage keyCertSign without being a CA, wanted digitalSignature");
    }

    @Test
    void accepts_key_encipherment_for_rsa_and_tells_it_for_ec() {
        int both = KeyUsage.digitalSignature | KeyUsage.keyEncipherment;
        String odd = " KEY_USAGE_ODD: " + LEAF
                + "got the key usage keyEncipherment or dataEncipherment for a key on P-256, wanted digitalSignature alone";

        assertThat(told(leaf().key(KeySpec.RSA_2048).keyUsage(both), wanting())).isEmpty();
        assertThat(told(leaf().keyUsage(both), wanting())).containsExactly("WARNING" + odd);
        assertThat(told(
                        ISSUING.leaf("wsus.contoso.com").keyUsage(both),
                        wanting("wsus.contoso.com").inProfile(Profile.PUBLIC)))
                .containsExactly("ERROR" + odd.replace("wsus.certwright.test", "wsus.contoso.com"));
    }

    @Test
    void warns_where_client_authentication_is_lost() {
        IssuedCertificate old = leaf().extendedKeyUsage(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth)
                .issue();

        assertThat(told(leaf(), wanting().replacing(old)))
                .containsExactly(
                        "WARNING CLIENT_AUTH_LOST: " + LEAF + "the certificate before it was also good for Client "
                                + "Authentication (1.3.6.1.5.5.7.3.2), this one is not");
        assertThat(told(old, wanting().replacing(old), Bench.NOW)).isEmpty();
        assertThat(told(ISSUING.leaf(NAME), wanting().replacing(leaf().issue())))
                .isEmpty();
    }
}
