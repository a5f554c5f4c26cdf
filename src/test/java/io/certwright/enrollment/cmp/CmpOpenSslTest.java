package io.certwright.enrollment.cmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.certwright.certificate.KeySpec;
import io.certwright.config.SecretText;
import io.certwright.crypto.PemCodec;
import io.certwright.crypto.SecretBytes;
import io.certwright.enrollment.Denied;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.Issued;
import io.certwright.enrollment.Pending;
import io.certwright.enrollment.Predecessor;
import io.certwright.enrollment.RevocationReason;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.NetworkCell;
import io.certwright.testing.OpenSsl;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestCertificate;
import io.certwright.testing.TestRequests;
import io.certwright.testing.TestSealer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code openssl cmp} on both sides: its server, in a network namespace, for it listens everywhere, always gives one certificate, whose
 * key is made beforehand; its client gets certificates of the tests' own server.
 */
class CmpOpenSslTest {
    private static final TestSealer SEALER = new TestSealer();
    private static final int PORT = 8080;

    @TempDir
    Path folder;

    private final MemoryIssuerMemory memory = new MemoryIssuerMemory();
    private final TestCa root = TestCa.root("CN=OpenSSL Test Root", Instant.now());
    private final TestCa issuing = root.intermediate("CN=OpenSSL Test Issuing");
    private final TestCertificate ra = issuing.leaf("ra.certwright.test");
    private final EnrollmentRequest request =
            TestRequests.fresh(SEALER, KeySpec.P_256, Instant.now(), "wsus.certwright.test");
    private OpenSsl openSsl;
    private int cells;

    @BeforeEach
    void writeFiles() throws Exception {
        openSsl = OpenSsl.in(folder);
        write("root.pem", PemCodec.certificate(root.certificate()));
        write("issuing.pem", PemCodec.certificate(issuing.certificate()));
        write(
                "given.pem",
                PemCodec.certificate(issuing.leaf("wsus.certwright.test")
                        .publicKey(request.csr().publicKey())
                        .certificate()));
        write("ra.pem", PemCodec.certificate(ra.certificate()));
        write("ra.key", keyOf(ra));
    }

    private void write(String name, String content) throws Exception {
        Files.writeString(folder.resolve(name), content);
    }

    private static String keyOf(TestCertificate certificate) {
        try (SecretBytes key = PemCodec.privateKey(certificate.keyPair().getPrivate())) {
            return new String(key.toChars());
        }
    }

    private NetworkCell server(String... more) {
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "cmp",
                "-port",
                Integer.toString(PORT),
                "-rsp_cert",
                path("given.pem"),
                "-rsp_extracerts",
                path("issuing.pem")));
        command.addAll(List.of(more));
        return NetworkCell.running(folder.resolve("cell" + cells++), PORT, command.toArray(String[]::new));
    }

    private NetworkCell serverWithSecret(String... more) {
        List<String> all = new ArrayList<>(List.of("-srv_ref", "wsus-ra", "-srv_secret", "pass:s3cret"));
        all.addAll(List.of(more));
        return server(all.toArray(String[]::new));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private static String url(NetworkCell cell) {
        return "http://127.0.0.1:" + cell.port() + "/";
    }

    private CmpDesk desk(NetworkCell cell) {
        return new CmpDesk(folder, SEALER, memory, url(cell))
                .secret(Optional.of(new SharedSecret("wsus-ra", SecretText.of("s3cret"), SharedSecret.Mac.PBM)))
                .anchor(root.certificate())
                .confirming(Manner.Confirmation.EXPLICIT);
    }

    @Test
    void its_server_gives_what_each_request_asks_for_is_tested_and_revokes() throws Exception {
        try (NetworkCell cell = serverWithSecret()) {
            CmpIssuer issuer = desk(cell).issuer();
            Issued issued = (Issued) issuer.request(request);
            assertThat(issued.certificate().chain().certificates())
                    .extracting(one -> one.getSubjectX500Principal().getName())
                    .containsExactly("CN=wsus.certwright.test", "CN=OpenSSL Test Issuing");
            assertThat(desk(cell).asking(Manner.Message.CR).issuer().request(again()))
                    .isEqualTo(issued);
            assertThat(desk(cell).asking(Manner.Message.P10CR).issuer().request(again()))
                    .isEqualTo(issued);
            assertThat(issuer.test())
                    .isEqualTo("cmp issuer cmp: http://127.0.0.1:" + cell.port()
                            + "/ answers with 0 CA certificates, protected as the settings want it");
            issuer.revoke(issued.certificate(), RevocationReason.SUPERSEDED, Instant.now());
        }
    }

    @Test
    void its_server_may_do_without_our_confirmation() throws Exception {
        try (NetworkCell cell = serverWithSecret("-grant_implicitconf")) {
            assertThat(desk(cell)
                            .confirming(Manner.Confirmation.IMPLICIT)
                            .issuer()
                            .request(request))
                    .isInstanceOf(Issued.class);
        }
    }

    @Test
    void its_server_lets_us_wait_and_poll() throws Exception {
        try (NetworkCell cell = serverWithSecret("-poll_count", "2", "-check_after", "60")) {
            CmpIssuer issuer = desk(cell).issuer();
            Pending pending = (Pending) issuer.request(request);
            assertThat(pending.askAgainIn()).isEqualTo(Duration.ofMinutes(1));
            assertThat(issuer.collect(request, pending.id())).isInstanceOf(Issued.class);
        }
    }

    @Test
    void its_server_believes_signatures_and_an_update_by_the_old_key() throws Exception {
        try (NetworkCell cell = signingServer()) {
            CmpIssuer issuer = signing(cell).signer(ra.certificate()).issuer();
            Issued issued = (Issued) issuer.request(request);
            EnrollmentRequest update = new EnrollmentRequest(
                    UUID.randomUUID(),
                    request.certificate(),
                    request.names(),
                    request.csr(),
                    request.key(),
                    Optional.of(new Predecessor(issued.certificate(), issuer.name(), request.key())),
                    request.intendedAt());
            assertThat(issuer.request(update)).isEqualTo(issued);
        }
    }

    @Test
    void its_server_is_not_believed_where_its_certificate_does_not_say_that_it_may_answer() throws Exception {
        try (NetworkCell cell = signingServer()) {
            assertThat(catchThrowableOfType(
                            LifecycleException.class,
                            () -> signing(cell).issuer().request(request)))
                    .hasMessageContaining(
                            "its signer CN=ra.certwright.test is no CA and does not say that it may answer");
        }
    }

    private CmpDesk signing(NetworkCell cell) {
        return desk(cell).signingAs(issuing.leaf("client.certwright.test"));
    }

    private NetworkCell signingServer() {
        return server(
                "-srv_cert",
                path("ra.pem"),
                "-srv_key",
                path("ra.key"),
                "-srv_trusted",
                path("root.pem"),
                "-srv_untrusted",
                path("issuing.pem"));
    }

    @Test
    void its_server_says_no_in_an_answer() throws Exception {
        try (NetworkCell cell = serverWithSecret("-pkistatus", "2", "-failure", "19", "-statusstring", "not today")) {
            assertThat(desk(cell).issuer().request(request))
                    .isEqualTo(new Denied("issuer cmp denied the certificate for wsus.certwright.test: \"not today\""
                            + " (badCertTemplate: it does not permit names, key or extensions)"));
        }
    }

    @Test
    void its_server_says_no_in_an_error() throws Exception {
        try (NetworkCell cell = serverWithSecret("-send_error")) {
            assertThat(desk(cell).issuer().request(request))
                    .isInstanceOfSatisfying(
                            Denied.class,
                            denied -> assertThat(denied.sentence())
                                    .startsWith("issuer cmp denied the certificate for wsus.certwright.test: \"")
                                    .endsWith("(badRequest: it does not permit or support this)"));
        }
    }

    @Test
    void its_server_does_not_know_another_secret() throws Exception {
        try (NetworkCell cell = serverWithSecret()) {
            SharedSecret other = new SharedSecret("wsus-ra", SecretText.of("another"), SharedSecret.Mac.PBM);
            LifecycleException refusal = catchThrowableOfType(
                    LifecycleException.class,
                    () -> desk(cell).secret(Optional.of(other)).issuer().request(request));
            assertThat(refusal.code()).isEqualTo("CMP_ERROR_UNPROVEN");
        }
    }

    @ParameterizedTest
    @CsvSource({"ir, ir PBM", "cr, cr PBM", "p10cr, p10cr PBM"})
    void its_client_gets_certificates_of_the_tests_server(String command, String asked) throws Exception {
        try (TestCmpServer server = TestCmpServer.plain()) {
            write("root.pem", PemCodec.certificate(server.ca().root().certificate()));
            openSsl.run(
                    "req",
                    "-new",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:P-256",
                    "-nodes",
                    "-keyout",
                    "own.key",
                    "-out",
                    "own.csr",
                    "-subj",
                    "/CN=wsus.certwright.test",
                    "-addext",
                    "subjectAltName=DNS:wsus.certwright.test");
            openSsl.run(
                    "cmp",
                    "-cmd",
                    command,
                    "-server",
                    "127.0.0.1:" + server.port() + "/cmp",
                    "-ref",
                    TestCmpGuard.REFERENCE,
                    "-secret",
                    "pass:" + TestCmpGuard.SECRET,
                    "-digest",
                    "sha256",
                    "-mac",
                    "hmacWithSHA256",
                    "-newkey",
                    "own.key",
                    "-csr",
                    "own.csr",
                    "-certout",
                    "own.pem",
                    "-trusted",
                    "root.pem");
            assertThat(openSsl.run("x509", "-in", "own.pem", "-noout", "-issuer"))
                    .contains("CMP Test Issuing");
            assertThat(server.ca().asked()).containsExactly(asked, "certConf PBM");
        }
    }

    /** The same key under another intent. */
    private EnrollmentRequest again() {
        return new EnrollmentRequest(
                UUID.randomUUID(),
                request.certificate(),
                request.names(),
                request.csr(),
                request.key(),
                request.predecessor(),
                request.intendedAt());
    }
}
