package io.certwright.enrollment.est;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.certwright.config.SecretText;
import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.est.TestEstServer.ClientCertificates;
import io.certwright.enrollment.est.TestEstServer.Mood;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.http.BasicUser;
import io.certwright.http.ClientIdentityFile;
import io.certwright.http.HttpAccess;
import io.certwright.testing.ConnectProxy;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.TestCertificate;
import io.certwright.testing.TestSealer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a test of an EST issuer finds out of whether the server knows us, and of its clock. */
class EstKnockTest {
    private static final BasicUser USER = new BasicUser("pki", SecretText.of("s3cret"));
    private static final String BASIC = "Basic cGtpOnMzY3JldA==";

    @TempDir
    Path folder;

    private Optional<URI> proxy = Optional.empty();
    private final TestEstServer server = new TestEstServer(ClientCertificates.WANTED);

    @AfterEach
    void stopServer() {
        server.close();
    }

    private EstIssuer issuer(Optional<BasicUser> user, Optional<ClientIdentityFile> identity, Clock clock)
            throws Exception {
        Path root = Files.writeString(
                folder.resolve("root.pem"), PemCodec.certificate(server.root().certificate()));
        HttpAccess access = new HttpAccess(List.of(root), proxy, identity);
        EstSettings settings =
                new EstSettings(URI.create("https://127.0.0.1:" + server.port()), "", access, user, List.of(root));
        return new EstIssuer(
                new IssuerName("est"),
                settings,
                new EstParts(new MemoryIssuerMemory(), new TestSealer(), clock, new SecureRandom(), duration -> {}));
    }

    private String tested(Optional<BasicUser> user) throws Exception {
        return issuer(user, Optional.empty(), Clock.systemUTC()).test();
    }

    private Optional<ClientIdentityFile> identity() throws Exception {
        TestCertificate client = server.client("pki.certwright.test");
        Path file = Files.writeString(
                folder.resolve("client.pem"),
                PemCodec.block("PRIVATE KEY", client.keyPair().getPrivate().getEncoded())
                        + PemCodec.certificate(client.certificate())
                        + PemCodec.certificate(server.issuing().certificate()));
        return Optional.of(new ClientIdentityFile(file, Optional.empty()));
    }

    @Test
    void a_user_whom_the_server_knows_is_told_from_nobody() throws Exception {
        server.know(BASIC);
        assertThat(tested(Optional.of(USER)))
                .isEqualTo("est issuer est: https://127.0.0.1:" + server.port()
                        + " answers with 2 CA certificates; it takes user and password of the settings");
        assertThat(server.issued()).isZero();
    }

    @Test
    void a_user_whom_the_server_does_not_know_fails_the_test() throws Exception {
        server.know("Basic somebody else");
        assertThat(catchThrowableOfType(LifecycleException.class, () -> tested(Optional.of(USER))))
                .hasMessage(
                        "issuer est: the EST server does not take user and password of the settings: \"Who are you?\";"
                                + " correct user and password")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED));
    }

    @Test
    void a_server_that_treats_everybody_alike_tells_nothing_of_the_user() throws Exception {
        String unknown =
                "; whether it takes user and password of the settings shows only when a certificate is asked for";
        assertThat(tested(Optional.of(USER))).endsWith(unknown);
        server.know("Basic somebody else");
        server.lookAtTheRequestFirst();
        assertThat(tested(Optional.of(USER))).endsWith(unknown);
        server.be(Mood.LOSES_ITS_ANSWER);
        assertThat(tested(Optional.of(USER))).endsWith(unknown);
        assertThat(tested(Optional.empty()))
                .endsWith(
                        "; it is asked as nobody, and whether it issues then shows only when a certificate is asked for");
    }

    @Test
    void a_client_certificate_is_told_from_nobody() throws Exception {
        server.know("nothing but a certificate");
        assertThat(issuer(Optional.empty(), identity(), Clock.systemUTC()).test())
                .endsWith("; it takes the client certificate of the settings");
    }

    @Test
    void everything_goes_through_the_tunnel_of_a_proxy_and_its_refusal_is_told() throws Exception {
        server.know(BASIC);
        try (ConnectProxy tunnel = new ConnectProxy()) {
            proxy = Optional.of(tunnel.address());
            assertThat(tested(Optional.of(USER))).endsWith("; it takes user and password of the settings");
            assertThat(tunnel.asked()).isNotEmpty().containsOnly("CONNECT 127.0.0.1:" + server.port() + " HTTP/1.1");
            tunnel.refuse();
            LifecycleException failure =
                    catchThrowableOfType(LifecycleException.class, () -> tested(Optional.of(USER)));
            assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
            assertThat(failure)
                    .hasMessageStartingWith(
                            "issuer est: the EST server 127.0.0.1 cannot be reached; check the address, the"
                                    + " network and proxy (");
        }
    }

    @Test
    void clocks_that_differ_are_told() throws Exception {
        Clock fast = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(90).plusSeconds(30));
        assertThat(issuer(Optional.empty(), Optional.empty(), fast).test())
                .endsWith("; its clock is 1h 30m behind this machine's; correct the one that is wrong");
    }
}
