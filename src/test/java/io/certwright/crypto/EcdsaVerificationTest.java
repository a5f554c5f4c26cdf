package io.certwright.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.KeySpec;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestKeys;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.SignatureException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EcdsaVerificationTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final TestCa root = TestCa.root("CN=Root", NOW);
    private final X509Certificate leaf = root.leaf("wsus.certwright.test").certificate();

    @Test
    void a_signature_of_the_issuer_is_verified() {
        assertThat(EcdsaVerification.suitsAll(List.of(leaf, root.certificate())))
                .isTrue();
        assertThatCode(() -> EcdsaVerification.verify(leaf, root.certificate().getPublicKey()))
                .doesNotThrowAnyException();
    }

    @Test
    void the_key_of_a_stranger_does_not_fit() {
        PublicKey stranger = TestCa.root("CN=Root", NOW).certificate().getPublicKey();
        assertThatThrownBy(() -> EcdsaVerification.verify(leaf, stranger)).isInstanceOf(SignatureException.class);
    }

    @Test
    void a_key_whose_point_is_none_of_its_curve_fits_nothing() throws GeneralSecurityException {
        byte[] encoded = root.certificate().getPublicKey().getEncoded();
        encoded[encoded.length - 1] ^= 1;
        PublicKey offTheCurve = KeyFactory.getInstance("EC", "SunEC").generatePublic(new X509EncodedKeySpec(encoded));

        assertThatThrownBy(() -> EcdsaVerification.verify(leaf, offTheCurve)).isInstanceOf(InvalidKeyException.class);
    }

    @Test
    void one_changed_bit_of_what_was_signed_is_noticed() throws Exception {
        byte[] der = leaf.getEncoded();
        int name = new String(der, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("wsus.certwright.test");
        der[name] ^= 1;
        X509Certificate changed = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        assertThatThrownBy(() ->
                        EcdsaVerification.verify(changed, root.certificate().getPublicKey()))
                .isInstanceOf(SignatureException.class);
    }

    @Test
    void other_signatures_are_left_to_java() throws GeneralSecurityException {
        TestCa rsa = TestCa.rootDraft("CN=RSA", NOW)
                .key(TestKeys.fresh(KeySpec.RSA_2048))
                .asRoot();
        X509Certificate issued = rsa.leaf("wsus.certwright.test").certificate();
        assertThat(EcdsaVerification.suits(issued)).isFalse();
        EcdsaVerification.verify(issued, rsa.certificate().getPublicKey());
        assertThatThrownBy(
                        () -> EcdsaVerification.verify(leaf, rsa.certificate().getPublicKey()))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void whoever_asks_for_no_provider_gets_javas_own() throws GeneralSecurityException {
        String ours = EcdsaVerification.provider();
        assertThat(java.security.Signature.getInstance("SHA256withECDSA")
                        .getProvider()
                        .getName())
                .isEqualTo("SunEC");
        assertThat(Security.getProvider(ours).getServices())
                .extracting(Provider.Service::getType)
                .containsOnly("Signature");
    }
}
