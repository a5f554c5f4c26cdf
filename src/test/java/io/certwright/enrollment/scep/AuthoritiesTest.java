package io.certwright.enrollment.scep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.KeySpec;
import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestKeys;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;

class AuthoritiesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final TestCa root = TestCa.root("CN=Root", NOW);
    private final TestCa issuing = root.intermediate("CN=Issuing");

    @Test
    void a_registration_authority_below_the_ca_is_taken() throws LifecycleException {
        X509Certificate ra = issuing.leaf()
                .noSan()
                .subject("CN=RA")
                .extendedKeyUsage(KeyPurposeId.id_kp_cmcRA)
                .keyUsage(0xA0)
                .certificate();

        Authorities authorities = read(ra, issuing.certificate());

        assertThat(authorities.recipient()).isEqualTo(ra);
        assertThat(authorities.issuing()).isEqualTo(issuing.certificate());
    }

    @Test
    void a_server_of_the_same_ca_neither_answers_for_it_nor_vouches_for_another() {
        KeyPair serverKey = TestKeys.fresh(KeySpec.RSA_2048);
        X509Certificate server =
                issuing.leaf("www.certwright.test").key(serverKey).certificate();
        X509Certificate forged = issuing.leaf()
                .noSan()
                .subject("CN=RA")
                .extendedKeyUsage(KeyPurposeId.id_kp_cmcRA)
                .issuerName(server.getSubjectX500Principal().getName())
                .signedBy(serverKey)
                .certificate();

        assertThatThrownBy(() -> read(forged, server))
                .hasMessage(
                        "issuer ndes: none of the 2 certificates that the server shows leads to one of the anchors, the"
                                + " first is for \"CN=RA\"; if it is the right server, write its root into anchors");
    }

    @Test
    void a_server_that_is_meant_stands_among_the_anchors() throws LifecycleException {
        X509Certificate server = issuing.leaf("ra.certwright.test").certificate();

        Authorities authorities = Authorities.from(
                new ScepFailures(new IssuerName("ndes")), answer(server), List.of(root.certificate(), server), NOW);

        assertThat(authorities.all()).containsExactly(server);
    }

    private Authorities read(X509Certificate... shown) throws LifecycleException {
        return Authorities.from(
                new ScepFailures(new IssuerName("ndes")), answer(shown), List.of(root.certificate()), NOW);
    }

    private static ScepWire.Answer answer(X509Certificate... shown) {
        byte[] body = PemCodec.certificates(List.of(shown)).getBytes(StandardCharsets.US_ASCII);
        return new ScepWire.Answer("application/x-x509-ca-ra-cert", body);
    }
}
