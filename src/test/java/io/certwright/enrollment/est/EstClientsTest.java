package io.certwright.enrollment.est;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.KeySpec;
import io.certwright.config.SecretText;
import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.Denied;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.Issued;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Pending;
import io.certwright.enrollment.Predecessor;
import io.certwright.enrollment.est.TestEstServer.ClientCertificates;
import io.certwright.enrollment.est.TestEstServer.Mood;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.http.BasicUser;
import io.certwright.http.ClientIdentityFile;
import io.certwright.http.HttpAccess;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestCertificate;
import io.certwright.testing.TestRequests;
import io.certwright.testing.TestSealer;
import io.certwright.testing.TestServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** As whom a server is asked: by a client certificate of the settings, and as the certificate that is to be renewed. */
class EstClientsTest {
    private static final TestSealer SEALER = new TestSealer();
    private static final IssuerName EST = new IssuerName("est");
    private static final BasicUser USER = new BasicUser("pki", SecretText.of("s3cret"));
    private static final String BASIC = "Basic cGtpOnMzY3JldA==";
    private static final String CACERTS = "GET /.well-known/est/cacerts ";
    private static final String CSRATTRS = "GET /.well-known/est/csrattrs ";
    private static final String ENROLL = "POST /.well-known/est/simpleenroll ";
    private static final String REENROLL = "POST /.well-known/est/simplereenroll ";
    private static final String OLD = "CN=wsus.certwright.test";

    @TempDir
    Path folder;

    private final MemoryIssuerMemory memory = new MemoryIssuerMemory();
    private final Clock clock = Clock.systemUTC();
    private TestEstServer server = new TestEstServer(ClientCertificates.WANTED);

    @AfterEach
    void stopServer() {
        server.close();
    }

    private EstIssuer issuer(Optional<BasicUser> user, Optional<Path> clientCertificate) throws Exception {
        return issuer(server.port(), user, clientCertificate);
    }

    private EstIssuer issuer(int port, Optional<BasicUser> user, Optional<Path> clientCertificate) throws Exception {
        Path root = Files.writeString(
                folder.resolve("root.pem"), PemCodec.certificate(server.root().certificate()));
        EstSettings settings = new EstSettings(
                URI.create("https://127.0.0.1:" + port),
                "",
                new HttpAccess(
                        List.of(root),
                        Optional.empty(),
                        clientCertificate.map(file -> new ClientIdentityFile(file, Optional.empty()))),
                user,
                List.of(root));
        return new EstIssuer(EST, settings, new EstParts(memory, SEALER, clock, new SecureRandom(), duration -> {}));
    }

    private Path identity(TestCertificate draft) throws Exception {
        return Files.writeString(
                folder.resolve("client.pem"),
                PemCodec.block("PRIVATE KEY", draft.keyPair().getPrivate().getEncoded())
                        + PemCodec.certificate(draft.certificate())
                        + PemCodec.certificate(server.issuing().certificate()));
    }

    private EnrollmentRequest fresh() {
        return TestRequests.fresh(
                SEALER, KeySpec.P_256, clock.instant(), "wsus.certwright.test", "wsus2.certwright.test");
    }

    private EnrollmentRequest renewing(IssuedCertificate old, IssuerName by, Optional<KeyPair> key) throws Exception {
        return TestRequests.renewing(
                fresh(),
                new Predecessor(old, by, key.isPresent() ? Optional.of(SEALER.seal(key.get())) : Optional.empty()));
    }

    private EnrollmentRequest renewing(TestCertificate old) throws Exception {
        return renewing(old.issue(), EST, Optional.of(old.keyPair()));
    }

    private TestCertificate old() {
        return server.client("wsus.certwright.test", "wsus2.certwright.test");
    }

    @Test
    void a_client_certificate_of_the_settings_is_shown_where_the_server_requires_one() throws Exception {
        server.close();
        server = new TestEstServer(ClientCertificates.NEEDED);
        EstIssuer issuer = issuer(Optional.empty(), Optional.of(identity(server.client("pki.certwright.test"))));
        assertThat(issuer.request(fresh())).isInstanceOf(Issued.class);
        assertThat(server.asked())
                .containsExactly(
                        CACERTS + "CN=pki.certwright.test",
                        CSRATTRS + "CN=pki.certwright.test",
                        ENROLL + "CN=pki.certwright.test");
        assertThat(issuer.warnings()).isEmpty();
    }

    @Test
    void without_a_client_certificate_such_a_server_gets_nothing() throws Exception {
        TestCertificate leaf = server.root().leaf("localhost").ips("127.0.0.1");
        try (TestServer strict = TestServer.tls(
                leaf.keyPair(),
                List.of(leaf.certificate()),
                socket -> socket.setNeedClientAuth(true),
                caller -> ((SSLSocket) caller).startHandshake())) {
            LifecycleException failure = catchThrowableOfType(
                    LifecycleException.class,
                    () -> issuer(strict.port(), Optional.empty(), Optional.empty())
                            .request(fresh()));
            assertThat(failure)
                    .hasMessageStartingWith(
                            "issuer est: the EST server 127.0.0.1 wants a client certificate that it trusts;"
                                    + " write client-certificate, or renew it (SSLHandshakeException: ")
                    .isNotInstanceOf(AnswerLostException.class);
            assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
        }
    }

    @Test
    void a_client_certificate_that_others_renew_is_read_anew() throws Exception {
        EstIssuer issuer = issuer(Optional.empty(), Optional.of(identity(server.client("one.certwright.test"))));
        assertThat(issuer.request(fresh())).isInstanceOf(Issued.class);
        identity(server.client("two.certwright.test"));
        assertThat(issuer.request(fresh())).isInstanceOf(Issued.class);
        assertThat(server.asked()).contains(ENROLL + "CN=one.certwright.test", ENROLL + "CN=two.certwright.test");
    }

    @Test
    void the_old_certificate_asks_for_the_next_one_without_a_password() throws Exception {
        assertThat(issuer(Optional.of(USER), Optional.empty()).request(renewing(old())))
                .isInstanceOf(Issued.class);
        assertThat(server.asked()).containsExactly(CACERTS + OLD, CSRATTRS + OLD, REENROLL + OLD);
    }

    @ParameterizedTest
    @EnumSource(
            value = KeySpec.class,
            names = {"RSA_2048", "P_384"})
    void an_old_key_of_any_kind_will_do(KeySpec spec) throws Exception {
        assertThat(issuer(Optional.empty(), Optional.empty()).request(renewing(old().key(spec))))
                .isInstanceOf(Issued.class);
        assertThat(server.asked()).contains(REENROLL + OLD);
    }

    @Test
    void what_cannot_vouch_is_not_shown() throws Exception {
        EstIssuer issuer = issuer(Optional.of(USER), Optional.empty());
        TestCertificate old = old();
        Instant now = clock.instant();
        List<EnrollmentRequest> requests = List.of(
                renewing(old.issue(), new IssuerName("another"), Optional.of(old.keyPair())),
                renewing(old.issue(), EST, Optional.empty()),
                renewing(old().valid(now.minus(Duration.ofDays(90)), now.minus(Duration.ofDays(1)))),
                renewing(server.client("wsus.certwright.test")));
        for (EnrollmentRequest request : requests) {
            assertThat(issuer.request(request)).isInstanceOf(Issued.class);
        }
        assertThat(server.asked())
                .filteredOn(asked -> asked.startsWith("POST"))
                .containsExactly(ENROLL + BASIC, ENROLL + BASIC, ENROLL + BASIC, ENROLL + BASIC);
        assertThat(server.asked()).noneMatch(asked -> asked.endsWith(OLD));
    }

    @Test
    void an_old_certificate_of_a_ca_that_tls_does_not_ask_for_stays_unseen() throws Exception {
        TestCertificate strange =
                TestCa.root("CN=Another Root", clock.instant()).leaf("wsus.certwright.test", "wsus2.certwright.test");
        assertThat(issuer(Optional.of(USER), Optional.empty()).request(renewing(strange)))
                .isInstanceOf(Issued.class);
        assertThat(server.asked())
                .filteredOn(asked -> asked.startsWith("POST"))
                .containsExactly(REENROLL + "nobody", ENROLL + BASIC);
        assertThat(server.issued()).isEqualTo(1);
    }

    @Test
    void an_old_certificate_that_tls_refuses_is_noticed_before_anything_is_asked() throws Exception {
        TestCertificate serversOnly = server.issuing().leaf("wsus.certwright.test", "wsus2.certwright.test");
        assertThat(issuer(Optional.of(USER), Optional.empty()).request(renewing(serversOnly)))
                .isInstanceOf(Issued.class);
        assertThat(server.asked()).filteredOn(asked -> asked.startsWith("POST")).containsExactly(ENROLL + BASIC);
    }

    @ParameterizedTest
    @EnumSource(
            value = Mood.class,
            names = {"DENIES", "KNOWS_NOBODY"})
    void a_renewal_that_is_refused_is_asked_for_as_a_first_certificate(Mood refusal) throws Exception {
        server.renew(refusal);
        assertThat(issuer(Optional.of(USER), Optional.empty()).request(renewing(old())))
                .isInstanceOf(Issued.class);
        assertThat(server.asked())
                .containsExactly(CACERTS + OLD, CSRATTRS + OLD, REENROLL + OLD, CACERTS + "nobody", ENROLL + BASIC);
        assertThat(server.issued()).isEqualTo(1);
    }

    @Test
    void where_the_settings_name_nobody_the_refusal_stands() throws Exception {
        EstIssuer issuer = issuer(Optional.empty(), Optional.empty());
        server.renew(Mood.DENIES);
        assertThat(issuer.request(renewing(old())))
                .isEqualTo(
                        new Denied("issuer est denied the certificate for wsus.certwright.test, wsus2.certwright.test:"
                                + " \"Names outside\\u000d\\u000aof your realm\""));
        server.renew(Mood.KNOWS_NOBODY);
        assertThat(catchThrowableOfType(LifecycleException.class, () -> issuer.request(renewing(old()))))
                .hasMessage("issuer est: the EST server does not take the certificate that is to be renewed:"
                        + " \"Who are you?\"; write user and password, or client-certificate");
        assertThat(issuer.warnings())
                .containsExactly(
                        "it has neither user nor client-certificate: the server must know by other means who may ask");
    }

    @ParameterizedTest
    @EnumSource(
            value = Mood.class,
            names = {"LOSES_ITS_ANSWER", "IS_ILL", "CUTS_ITS_ANSWER_SHORT", "SENDS_A_WEB_PAGE"})
    void where_a_renewal_may_have_been_issued_no_other_is_asked_for(Mood mood) throws Exception {
        server.renew(mood);
        EstIssuer issuer = issuer(Optional.of(USER), Optional.empty());
        assertThat(catchThrowableOfType(AnswerLostException.class, () -> issuer.request(renewing(old()))))
                .isNotNull();
        assertThat(server.asked()).containsExactly(CACERTS + OLD, CSRATTRS + OLD, REENROLL + OLD);
    }

    @Test
    void a_pending_renewal_is_sent_again_by_the_same_operation() throws Exception {
        server.renew(Mood.PENDS);
        EnrollmentRequest request = renewing(old());
        Pending pending = (Pending) issuer(Optional.of(USER), Optional.empty()).request(request);
        server.renew(Mood.ISSUES);
        EstIssuer afterRestart = issuer(Optional.of(USER), Optional.empty());
        assertThat(afterRestart.collect(request, pending.id())).isInstanceOf(Issued.class);
        assertThat(server.asked())
                .filteredOn(asked -> asked.startsWith("POST"))
                .containsExactly(REENROLL + OLD, REENROLL + OLD);
        assertThat(server.issued()).isEqualTo(1);
    }

    @Test
    void a_pending_renewal_that_is_denied_in_the_end_stays_denied() throws Exception {
        server.renew(Mood.PENDS);
        EnrollmentRequest request = renewing(old());
        EstIssuer issuer = issuer(Optional.of(USER), Optional.empty());
        Pending pending = (Pending) issuer.request(request);
        server.renew(Mood.DENIES);
        assertThat(issuer.collect(request, pending.id())).isInstanceOf(Denied.class);
        assertThat(server.issued()).isZero();
    }

    @Test
    void a_key_of_another_kind_than_the_ca_wishes_is_told_before_anything_is_asked() throws Exception {
        server.wish(CsrWishesTest.exampleOfTheRfc());
        EstIssuer issuer = issuer(Optional.of(USER), Optional.empty());
        LifecycleException failure = catchThrowableOfType(LifecycleException.class, () -> issuer.request(fresh()));
        assertThat(failure)
                .hasMessage(
                        "issuer est: the CA wants a key of P-384 (csrattrs), and that of wsus01 is another; write that"
                                + " kind into its key");
        assertThat(failure.code()).isEqualTo("CA_WANTS_ANOTHER_KEY");
        assertThat(server.asked()).containsExactly(CACERTS + "nobody", CSRATTRS + "nobody");
        assertThat(issuer.test())
                .isEqualTo("est issuer est: https://127.0.0.1:" + server.port()
                        + " answers with 2 CA certificates and wishes (csrattrs) a key of P-384, a signature by"
                        + " SHA384WITHECDSA, the extension 1.3.6.1.1.1.1.22, a tie to the TLS session (challengePassword with"
                        + " tls-unique), which cannot be made here; whether it takes user and password of the settings shows only when a"
                        + " certificate is asked for");
    }

    @Test
    void what_the_ca_wishes_besides_a_key_is_told_where_it_says_no() throws Exception {
        server.wish(CsrWishesTest.wishes(CsrWishesTest.oid("1.2.840.113549.1.9.7")));
        EstIssuer issuer = issuer(Optional.of(USER), Optional.empty());
        assertThat(issuer.request(fresh())).isInstanceOf(Issued.class);
        server.be(Mood.DENIES);
        assertThat(issuer.request(fresh()))
                .isEqualTo(
                        new Denied("issuer est denied the certificate for wsus.certwright.test, wsus2.certwright.test:"
                                + " \"Names outside\\u000d\\u000aof your realm\"; it wishes (csrattrs) what the CSR lacks: a tie to"
                                + " the TLS session (challengePassword with tls-unique), which cannot be made here"));
    }

    @Test
    void wishes_that_nobody_understands_stop_nothing() throws Exception {
        server.wish("<html>no such page</html>".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(issuer(Optional.of(USER), Optional.empty()).request(fresh())).isInstanceOf(Issued.class);
    }
}
