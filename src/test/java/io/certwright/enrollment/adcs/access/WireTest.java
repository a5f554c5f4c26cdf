package io.certwright.enrollment.adcs.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.config.SecretText;
import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.adcs.AdcsParts;
import io.certwright.enrollment.adcs.BasicDoor;
import io.certwright.enrollment.adcs.TestIis;
import io.certwright.enrollment.adcs.TestIis.Reply;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.http.ClientIdentityFile;
import io.certwright.http.HttpAccess;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestCertificate;
import io.certwright.testing.TestSealer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As whom a server is asked, and that nobody else hears the password. */
class WireTest {
    private static final Login BASIC =
            new Login(LoginMethod.BASIC, Optional.of("pki"), Optional.of(SecretText.of("s3cret")));
    private static final Login CERTIFICATE = new Login(LoginMethod.CERTIFICATE, Optional.empty(), Optional.empty());

    private static final AdcsParts PARTS = new AdcsParts(
            new MemoryIssuerMemory(), new TestSealer(), Clock.systemUTC(), new SecureRandom(), duration -> {});

    @TempDir
    Path folder;

    private final TestCa accounts = TestCa.root("CN=Accounts", Instant.now());

    private Path identity(TestCa authority) throws IOException {
        TestCertificate account =
                authority.leaf("certwright.contoso.test").extendedKeyUsage(KeyPurposeId.id_kp_clientAuth);
        IssuedCertificate issued = account.issue();
        String pem = PemCodec.certificate(issued.leaf());
        return PemCodec.privateKey(account.keyPair().getPrivate()).open(key -> write(pem, key));
    }

    private Path write(String certificate, byte[] key) {
        try {
            return Files.writeString(
                    folder.resolve("account.pem"), certificate + new String(key, StandardCharsets.US_ASCII));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Wire wire(TestIis iis, HttpAccess access, Login login) {
        return new Wire(new IssuerName("corp-ca"), address(iis), access, login, PARTS, 1000, "application/soap+xml");
    }

    private static URI address(TestIis iis) {
        return URI.create("https://127.0.0.1:" + iis.port() + "/ca");
    }

    private static HttpRequest.Builder question(TestIis iis) {
        return HttpRequest.newBuilder(address(iis)).GET();
    }

    @Test
    void a_client_certificate_is_shown_where_the_settings_have_one() throws Exception {
        try (TestIis iis = new TestIis(
                "/ca", (exchange, body) -> Reply.text(200, "text/plain", "in"), List.of(accounts.certificate()))) {
            HttpAccess known = new HttpAccess(
                    List.of(iis.tlsTrust(folder)),
                    Optional.empty(),
                    Optional.of(new ClientIdentityFile(identity(accounts), Optional.empty())));
            assertThat(wire(iis, known, CERTIFICATE).look(question(iis)).text()).isEqualTo("in");
        }
    }

    @Test
    void a_client_certificate_that_the_server_does_not_know_is_told_and_nothing_was_asked() throws Exception {
        try (TestIis iis = new TestIis(
                "/ca", (exchange, body) -> Reply.text(200, "text/plain", "in"), List.of(accounts.certificate()))) {
            HttpAccess stranger = new HttpAccess(
                    List.of(iis.tlsTrust(folder)),
                    Optional.empty(),
                    Optional.of(new ClientIdentityFile(
                            identity(TestCa.root("CN=Stranger", Instant.now())), Optional.empty())));
            Wire wire = wire(iis, stranger, CERTIFICATE);
            LifecycleException failure = catchThrowableOfType(LifecycleException.class, () -> wire.look(question(iis)));
            assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
            assertThat(iis.asked()).isEmpty();
        }
    }

    @Test
    void a_server_that_nobody_here_vouches_for_gets_no_password() throws Exception {
        try (TestIis iis = new TestIis("/ca", (exchange, body) -> Reply.text(200, "text/plain", "in"));
                TestIis other = new TestIis("/ca", (exchange, body) -> Reply.text(200, "text/plain", "in"))) {
            Wire wire = wire(iis, new HttpAccess(List.of(other.tlsTrust(folder)), Optional.empty()), BASIC);
            LifecycleException failure = catchThrowableOfType(LifecycleException.class, () -> wire.ask(question(iis)));
            assertThat(failure).isNotInstanceOf(AnswerLostException.class);
            assertThat(failure.code()).isEqualTo("CA_TLS_UNTRUSTED");
            assertThat(failure)
                    .hasMessageStartingWith(
                            "issuer corp-ca: the server 127.0.0.1 shows a TLS certificate that is not trusted"
                                    + " here, or refuses ours; if it is the right server, write the file with its root into tls-trust"
                                    + " (SSLHandshakeException: ");
            assertThat(iis.asked()).isEmpty();
        }
    }

    @Test
    void a_server_that_is_not_there_was_certainly_not_asked() throws Exception {
        TestIis iis = new TestIis("/ca", (exchange, body) -> Reply.text(200, "text/plain", "in"));
        Wire wire = wire(iis, new HttpAccess(List.of(iis.tlsTrust(folder)), Optional.empty()), BASIC);
        HttpRequest.Builder question = question(iis);
        iis.close();
        LifecycleException failure = catchThrowableOfType(LifecycleException.class, () -> wire.ask(question));
        assertThat(failure).isNotInstanceOf(AnswerLostException.class);
        assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
        assertThat(failure)
                .hasMessageContaining("cannot be reached; check the address, the network and proxy (ConnectException");
    }

    @Test
    void what_the_protocol_tells_with_an_error_status_is_handed_on() throws Exception {
        try (TestIis iis =
                new TestIis("/ca", (exchange, body) -> Reply.text(500, "application/soap+xml", "<fault/>"))) {
            iis.guard(new BasicDoor("pki", "s3cret"));
            Wire wire = wire(iis, new HttpAccess(List.of(iis.tlsTrust(folder)), Optional.empty()), BASIC);
            assertThat(wire.ask(question(iis)).text()).isEqualTo("<fault/>");
        }
    }

    @Test
    void a_service_that_does_not_start_is_told_with_its_reason() throws Exception {
        try (TestIis iis = new TestIis(
                "/ca",
                (exchange, body) -> Reply.text(500, "text/html", "System.ServiceModel.ServiceActivationException"))) {
            Wire wire = wire(iis, new HttpAccess(List.of(iis.tlsTrust(folder)), Optional.empty()), BASIC);
            assertThat(catchThrowableOfType(LifecycleException.class, () -> wire.look(question(iis))))
                    .hasMessage(
                            "issuer corp-ca: the server 127.0.0.1 answers with HTTP status 500, wanted 200; the service does"
                                    + " not start: Extended Protection of IIS and of the service must be set alike");
        }
    }
}
