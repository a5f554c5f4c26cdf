package io.certwright.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.CertificateSigningRequest;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.TestKeys;
import java.security.KeyPair;
import java.security.Signature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests whose keys are elsewhere. */
class RemoteCsrTest {
    private static final SubjectAlternativeNames NAMES =
            SubjectAlternativeNames.ofDns("a.contoso.com", "b.contoso.com");

    @ParameterizedTest
    @EnumSource(
            value = KeySpec.class,
            names = {"RSA_2048", "P_256", "P_384"})
    void are_sound_when_the_key_signed_them(KeySpec spec) throws Exception {
        KeyPair key = TestKeys.fresh(spec);

        CertificateSigningRequest request = RemoteCsr.of(NAMES, key.getPublic(), content -> signed(key, content));

        assertThat(CsrReader.faultOf(request)).isEmpty();
        assertThat(CsrReader.namesOf(request)).isEqualTo(NAMES);
        assertThat(request.publicKey()).isEqualTo(key.getPublic().getEncoded());
    }

    @Test
    void show_that_another_key_signed_them() throws Exception {
        KeyPair key = TestKeys.fresh(KeySpec.P_256);
        KeyPair other = TestKeys.fresh(KeySpec.P_256);

        CertificateSigningRequest request = RemoteCsr.of(NAMES, key.getPublic(), content -> signed(other, content));

        assertThat(CsrReader.faultOf(request)).isPresent();
    }

    @Test
    void say_why_there_is_no_signature() {
        LifecycleException away = new LifecycleException(FailureKind.UNREACHABLE, "AWAY", "the host is away");

        assertThatThrownBy(
                        () -> RemoteCsr.of(NAMES, TestKeys.fresh(KeySpec.P_256).getPublic(), content -> {
                            throw away;
                        }))
                .isSameAs(away);
    }

    private static byte[] signed(KeyPair key, byte[] content) {
        boolean rsa = key.getPrivate().getAlgorithm().equals("RSA");
        try {
            Signature signature = Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSAinP1363Format");
            signature.initSign(key.getPrivate());
            signature.update(content);
            return rsa ? signature.sign() : RemoteCsr.derOf(signature.sign());
        } catch (java.security.GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
