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
import org.junit.jupiter.api.Test;

class AuthoritiesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final TestCa root = TestCa.root("CN=Root", NOW);
    private final TestCa issuing = root.intermediate("CN=Issuing");

    @Test
    void a_registration_authority_below_the_ca_is_taken() throws LifecycleException {
        X509Certificate ra =
                issuing.leaf().noSan().subject("CN=RA").keyUsage(0xA0).certificate();

        Authorities authorities = read(ra, issuing.certificate());

        assertThat(authorities.recipient()).isEqualTo(ra);
        assertThat(authorities.issuing()).isEqualTo(issuing.certificate());
    }

    @Test
    void what_the_key_of_a_server_signed_leads_nowhere() {
        KeyPair serverKey = TestKeys.fresh(KeySpec.P_256);
        X509Certificate server =
                issuing.leaf("www.certwright.test").key(serverKey).certificate();
        X509Certificate forged = issuing.leaf()
                .noSan()
                .subject("CN=RA")
                .keyUsage(0xA0)
                .issuerName(server.getSubjectX500Principal().getName())
                .signedBy(serverKey)
                .certificate();

        assertThatThrownBy(() -> read(forged, server, issuing.certificate()).recipient())
                .hasMessage("issuer ndes: none of the 1 certificates that the server shows leads to one of the anchors, the"
                        + " first is for \"CN=RA\"; if it is the right server, write its root into anchors");
    }

    private Authorities read(X509Certificate... shown) throws LifecycleException {
        byte[] body = PemCodec.certificates(List.of(shown)).getBytes(StandardCharsets.US_ASCII);
        return Authorities.from(
                new ScepFailures(new IssuerName("ndes")),
                new ScepWire.Answer("application/x-x509-ca-ra-cert", body),
                List.of(root.certificate()),
                NOW);
    }
}
