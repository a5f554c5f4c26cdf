package io.certwright.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.CertificateSigningRequest;
import io.certwright.certificate.KeySpec;
import io.certwright.testing.OpenSsl;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsrReaderTest {
    @TempDir
    Path folder;

    @Test
    void reads_what_openssl_wrote_with_names_or_a_common_name_alone() throws Exception {
        CertificateSigningRequest named = made(
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-addext",
                "subjectAltName=DNS:a.certwright.test,IP:10.0.0.1");
        assertThat(CsrReader.namesOf(named)).hasToString("a.certwright.test, 10.0.0.1");
        assertThat(CsrReader.faultOf(named)).isEmpty();
        CertificateSigningRequest bare = made("-newkey", "rsa:2048");
        assertThat(CsrReader.namesOf(bare)).hasToString("cn.certwright.test");
    }

    @Test
    void says_which_key_is_too_weak() throws Exception {
        CertificateSigningRequest weak = made("-newkey", "rsa:1024");
        assertThat(CsrReader.faultOf(weak))
                .contains(weak + ": got a key of kind RSA-1024, wanted RSA of 2048, 3072 or 4096 bits, P-256 or P-384");
    }

    @Test
    void notices_a_key_that_is_not_the_one_in_it() throws Exception {
        byte[] stranger = SmallCa.KEYS.generate(KeySpec.P_256).getPublic().getEncoded();
        CertificateSigningRequest mixed =
                new CertificateSigningRequest(made("-newkey", "rsa:2048").der(), stranger);
        assertThat(CsrReader.faultOf(mixed)).contains(mixed + ": the public key beside it is not the one in it");
    }

    @Test
    void says_that_other_content_is_no_request() {
        assertThatThrownBy(() -> CsrReader.parse("the file", "hello".getBytes(StandardCharsets.US_ASCII)))
                .hasMessage("the file: it is no certificate request; wanted PKCS#10 as PEM or DER");
    }

    private CertificateSigningRequest made(String... keyAndNames) throws Exception {
        var command = new java.util.ArrayList<>(java.util.List.of(
                "req", "-new", "-nodes", "-keyout", "k.pem", "-out", "r.pem", "-subj", "/CN=cn.certwright.test"));
        command.addAll(java.util.List.of(keyAndNames));
        OpenSsl.in(folder).run(command.toArray(String[]::new));
        return CsrReader.parse("the file", Files.readAllBytes(folder.resolve("r.pem")));
    }
}
