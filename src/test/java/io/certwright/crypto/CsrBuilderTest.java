package io.certwright.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.certwright.certificate.CertificateSigningRequest;
import io.certwright.certificate.DnsName;
import io.certwright.certificate.IpAddress;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.testing.OpenSsl;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CsrBuilderTest {
    private static final CsrBuilder REQUESTS = new CsrBuilder(SmallCa.RANDOM);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = KeySpec.class,
            names = {"RSA_2048", "P_256", "P_384"})
    void openssl_verifies_a_request_and_sees_its_names(KeySpec spec) throws Exception {
        KeyPair key = SmallCa.KEYS.generate(spec);
        SubjectAlternativeNames names = new SubjectAlternativeNames(
                List.of(DnsName.parse("wsus.certwright.test"), DnsName.parse("wsus2.certwright.test")),
                List.of(IpAddress.parse("10.0.0.1"), IpAddress.parse("fd00::1")));

        CertificateSigningRequest request = REQUESTS.build(names, key);

        assertThat(request.publicKey()).isEqualTo(key.getPublic().getEncoded());
        String seen = OpenSsl.in(folder)
                .write("r.pem", PemCodec.request(request))
                .run("req", "-in", "r.pem", "-noout", "-verify", "-text");
        assertThat(seen)
                .contains("verify OK")
                .contains("Subject: CN = wsus.certwright.test")
                .contains(
                        "DNS:wsus.certwright.test, DNS:wsus2.certwright.test, IP Address:10.0.0.1, IP Address:FD00:0:0:0:0:0:0:1");
    }

    @Test
    void leaves_out_a_common_name_that_would_be_too_long() throws Exception {
        String tooLong = "a".repeat(60) + ".certwright.test";
        CertificateSigningRequest request =
                REQUESTS.build(SubjectAlternativeNames.ofDns(tooLong), SmallCa.KEYS.generate(KeySpec.P_256));
        String seen = OpenSsl.in(folder)
                .write("r.pem", PemCodec.request(request))
                .run("req", "-in", "r.pem", "-noout", "-text");
        assertThat(seen).contains("DNS:" + tooLong).doesNotContain("CN =");
    }

    @Test
    void wants_a_name() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> REQUESTS.build(
                        new SubjectAlternativeNames(List.of(), List.of()), SmallCa.KEYS.generate(KeySpec.P_256)))
                .withMessage("certificate request: got no name, wanted at least one DNS name or IP address");
    }
}
