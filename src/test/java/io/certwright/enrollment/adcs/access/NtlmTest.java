package io.certwright.enrollment.adcs.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.certwright.config.SecretText;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.adcs.AdcsParts;
import io.certwright.enrollment.adcs.BasicDoor;
import io.certwright.enrollment.adcs.TestIis;
import io.certwright.enrollment.adcs.TestIis.Reply;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.http.HttpAccess;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.TestSealer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** NTLM before an acceptor that others wrote, which wants the login bound to the TLS channel and unchanged. */
class NtlmTest {
    private static final AdcsParts PARTS = new AdcsParts(
            new MemoryIssuerMemory(), new TestSealer(), Clock.systemUTC(), new SecureRandom(), duration -> {});

    @TempDir
    Path folder;

    private final TestIis iis = new TestIis(
            "/ca", (exchange, body) -> Reply.text(200, "text/plain", new String(body, StandardCharsets.UTF_8)));

    private NtlmAcceptor acceptor;

    @BeforeEach
    void guard() throws Exception {
        acceptor = new NtlmAcceptor(folder, "CONTOSO:pki:s3cr\u00e9t", ChannelBindings.of(iis.certificate()));
        iis.guard(acceptor);
    }

    @AfterEach
    void stop() {
        iis.close();
        if (acceptor != null) {
            acceptor.close();
        }
    }

    private Wire wireAs(String user, String password) {
        return new Wire(
                new IssuerName("corp-ca"),
                address(),
                new HttpAccess(List.of(iis.tlsTrust(folder)), Optional.empty()),
                new Login(LoginMethod.NTLM, Optional.of(user), Optional.of(SecretText.of(password))),
                PARTS,
                1000,
                "none");
    }

    private URI address() {
        return URI.create("https://127.0.0.1:" + iis.port() + "/ca");
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(address()).POST(HttpRequest.BodyPublishers.ofString("a request"));
    }

    @Test
    void each_request_logs_its_own_connection_in() throws Exception {
        Wire wire = wireAs("CONTOSO\\pki", "s3cr\u00e9t");
        for (int exchange = 0; exchange < 20; exchange++) {
            assertThat(wire.ask(request()).text()).isEqualTo("a request");
            assertThat(acceptor.verdict()).isEqualTo("in CONTOSO\\pki");
        }
        assertThat(iis.asked()).hasSize(20);
    }

    @Test
    void a_wrong_password_is_told_and_nothing_was_asked() {
        Wire wire = wireAs("CONTOSO\\pki", "another");
        LifecycleException failure = catchThrowableOfType(LifecycleException.class, () -> wire.ask(request()));
        assertThat(failure).isNotInstanceOf(AnswerLostException.class);
        assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
        assertThat(failure)
                .hasMessage(
                        "issuer corp-ca: the server 127.0.0.1 does not take user \"CONTOSO\\pki\" by NTLM, HTTP status 401;"
                                + " it offers Negotiate, NTLM; correct authentication, user and password in the settings, or the"
                                + " account's rights");
        assertThat(iis.asked()).isEmpty();
    }

    @Test
    void a_login_that_was_taken_to_another_tls_channel_is_worth_nothing() throws Exception {
        try (TestIis other = new TestIis("/ca", (exchange, body) -> Reply.text(200, "text/plain", ""));
                NtlmAcceptor strict =
                        new NtlmAcceptor(folder, "CONTOSO:pki:s3cr\u00e9t", ChannelBindings.of(other.certificate()))) {
            iis.guard(strict);
            assertThat(catchThrowableOfType(
                                    LifecycleException.class,
                                    () -> wireAs("CONTOSO\\pki", "s3cr\u00e9t").ask(request()))
                            .kind())
                    .isEqualTo(FailureKind.UNAUTHORIZED);
            assertThat(strict.verdict()).isEqualTo("no BadBindingsError");
        }
    }

    @Test
    void a_server_that_offers_something_else_is_told_with_what_it_offers() {
        iis.guard(new BasicDoor("pki", "s3cret"));
        assertThat(catchThrowableOfType(
                        LifecycleException.class,
                        () -> wireAs("CONTOSO\\pki", "s3cr\u00e9t").ask(request())))
                .hasMessageContaining("it offers Basic realm=\"ca01\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"NTLM %%%", "NTLM TlRMTVNTUAA=", "NTLM TlRMTVNTUAACAAAA/////////////////////w==", "NTLM AAAA"})
    void a_challenge_that_is_none_is_one_sentence_and_nothing_was_asked(String challenge) {
        iis.guard(exchange -> {
            exchange.getResponseHeaders().add("WWW-Authenticate", challenge);
            TestIis.send(exchange, Reply.text(401, "text/html", ""));
            return false;
        });
        LifecycleException failure = catchThrowableOfType(
                LifecycleException.class,
                () -> wireAs("CONTOSO\\pki", "s3cr\u00e9t").ask(request()));
        assertThat(failure).isNotInstanceOf(AnswerLostException.class);
        assertThat(failure).hasMessageStartingWith("issuer corp-ca: the server 127.0.0.1 ");
        assertThat(failure.getMessage().lines()).hasSize(1);
    }
}
