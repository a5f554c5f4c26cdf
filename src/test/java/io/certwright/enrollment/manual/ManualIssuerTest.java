package io.certwright.enrollment.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.KeySpec;
import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.Issued;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Pending;
import io.certwright.enrollment.RequestId;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.MovableClock;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestRequests;
import io.certwright.testing.TestSealer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManualIssuerTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final TestCa issuing = TestCa.root("CN=PKI Root", NOW).intermediate("CN=PKI Issuing");
    private final EnrollmentRequest request =
            TestRequests.fresh(new TestSealer(), KeySpec.P_256, NOW, "wsus.certwright.test");

    @TempDir
    Path folder;

    private ManualIssuer issuer;

    @BeforeEach
    void open() {
        ManualSettings settings =
                new ManualSettings(folder.resolve("out"), List.of(), Duration.ofHours(1), Optional.of("WebServer"));
        issuer =
                new ManualIssuer(new IssuerName("pki-team"), settings, new MemoryIssuerMemory(), new MovableClock(NOW));
    }

    @Test
    void writes_the_request_and_a_text_and_waits() throws Exception {
        Path csr = folder.resolve("out").resolve("wsus01.csr");
        assertThat(issuer.request(request))
                .isEqualTo(new Pending(
                        new RequestId(request.intent().toString()),
                        Duration.ofHours(1),
                        "waiting for a person to get the certificate: hand \"" + csr
                                + "\" to the CA, then run: certwright issue wsus01 --answer FILE"));
        assertThat(Files.readString(csr)).isEqualTo(PemCodec.request(request.csr()));
        assertThat(Files.readString(folder.resolve("out").resolve("wsus01.txt")))
                .contains("Names (subjectAltName):  wsus.certwright.test")
                .contains("Certificate template (AD CS): WebServer\nSHA-256 of the request:  "
                        + request.csr().sha256())
                .contains("certwright issue wsus01 --answer FILE");
        try (var files = Files.list(folder.resolve("out"))) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void writes_a_lost_file_again() throws Exception {
        issuer.request(request);
        Files.delete(folder.resolve("out").resolve("wsus01.csr"));
        assertThat(issuer.lookUp(request)).get().isInstanceOf(Pending.class);
        assertThat(folder.resolve("out").resolve("wsus01.csr")).exists();
    }

    @Test
    void the_last_answer_counts_and_an_older_certificate_beside_it_does_not() throws Exception {
        issuer.request(request);
        X509Certificate old = signed(Duration.ofDays(-400));
        X509Certificate wrong = signed(Duration.ofDays(-2));
        X509Certificate right = signed(Duration.ofDays(-1));
        issuer.accept(request, PemCodec.certificates(List.of(old, wrong)).getBytes(StandardCharsets.US_ASCII));
        assertThat(((Issued) issuer.request(request)).certificate().leaf()).isEqualTo(wrong);
        issuer.accept(
                request,
                PemCodec.certificates(List.of(issuing.certificate(), right)).getBytes(StandardCharsets.US_ASCII));
        assertThat(((Issued) issuer.request(request)).certificate().chain().certificates())
                .containsExactly(right, issuing.certificate());
    }

    @Test
    void refuses_an_answer_for_another_key_and_keeps_waiting() throws Exception {
        issuer.request(request);
        byte[] stranger = issuing.leaf("other.certwright.test").certificate().getEncoded();
        assertThatThrownBy(() -> issuer.accept(request, stranger))
                .isInstanceOfSatisfying(
                        LifecycleException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("ANSWER_DOES_NOT_FIT"))
                .hasMessage("answer for wsus01: none of its 1 certificates carries the key of " + request.csr()
                        + ", the first is for \"CN=other.certwright.test\"; hand the request that is in the folder now to"
                        + " the CA");
        assertThat(issuer.request(request)).isInstanceOf(Pending.class);
    }

    @Test
    void says_what_a_file_is_that_is_no_answer() {
        assertThatThrownBy(() -> issuer.accept(request, "<html>".getBytes(StandardCharsets.US_ASCII)))
                .hasMessage(
                        "answer for wsus01: it is a web page or XML, no certificate; perhaps an error page was saved"
                                + " in place of the file");
    }

    @Test
    void says_that_its_folder_cannot_be_written() throws Exception {
        Files.writeString(folder.resolve("out"), "a file stands here");
        assertThatThrownBy(() -> issuer.request(request))
                .isInstanceOfSatisfying(
                        LifecycleException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("REQUEST_NOT_WRITTEN"))
                .hasMessage("issuer pki-team: the request for wsus01 cannot be written to \"" + folder.resolve("out")
                        + "\" (FileAlreadyExistsException); check the folder's permissions and the disk");
    }

    private X509Certificate signed(Duration from) {
        return issuing.leaf("wsus.certwright.test")
                .publicKey(request.csr().publicKey())
                .validFor(from, Duration.ofDays(300))
                .certificate();
    }
}
