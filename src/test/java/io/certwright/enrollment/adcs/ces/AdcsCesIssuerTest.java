package io.certwright.enrollment.adcs.ces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.KeySpec;
import io.certwright.config.Faults;
import io.certwright.config.SettingsFile;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.Denied;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.Issued;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Pending;
import io.certwright.enrollment.Predecessor;
import io.certwright.enrollment.RequestId;
import io.certwright.enrollment.adcs.TestAdcs;
import io.certwright.enrollment.adcs.TestAdcs.Policy;
import io.certwright.enrollment.adcs.TestIis;
import io.certwright.enrollment.adcs.TestIis.Mishap;
import io.certwright.enrollment.adcs.TestIis.Reply;
import io.certwright.enrollment.adcs.access.LoginMethod;
import io.certwright.enrollment.adcs.ces.CesSettings.Renewal;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.MovableClock;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestRequests;
import io.certwright.testing.TestSealer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** With services that the tests serve: templates, renewals, requests that wait, faults, and everything that an answer can be wrong in. */
class AdcsCesIssuerTest {
    private static final TestSealer SEALER = new TestSealer();

    // Today is what the CA goes by.
    @SuppressWarnings("TimeInStaticInitializer")
    private static final EnrollmentRequest REQUEST = TestRequests.fresh(
            SEALER, KeySpec.RSA_2048, Clock.systemUTC().instant(), "wsus.certwright.test", "wsus2.certwright.test");

    /** The exchange before it asks for the policy. */
    private static final int SUBMISSION = 1;

    @TempDir
    Path folder;

    private final MemoryIssuerMemory memory = new MemoryIssuerMemory();
    private final MovableClock clock = new MovableClock(Instant.now());
    private final TestAdcs ca = new TestAdcs();
    private final TestCes services = new TestCes(ca);
    private final TestIis iis = new TestIis("/", services);
    private AdcsCesIssuer issuer;

    @BeforeEach
    void connect() throws Exception {
        services.know("CONTOSO\\pki:" + AdcsCesContractTest.PASSWORD);
        issuer = newNode(Renewal.SIGNED);
    }

    private AdcsCesIssuer newNode(Renewal renewal) throws Exception {
        return new AdcsCesIssuer(
                new IssuerName("corp-ca"),
                AdcsCesContractTest.settings(iis, ca, folder, renewal),
                AdcsCesContractTest.parts(memory, clock, SEALER));
    }

    @AfterEach
    void stopServer() {
        iis.close();
    }

    private LifecycleException failureOf(EnrollmentRequest request) {
        return catchThrowableOfType(LifecycleException.class, () -> issuer.request(request));
    }

    @Test
    void looks_at_the_template_and_then_asks() throws Exception {
        assertThat(issuer.request(REQUEST))
                .isInstanceOfSatisfying(
                        Issued.class,
                        issued -> assertThat(issued.certificate().chain().certificates())
                                .containsExactlyElementsOf(
                                        ca.rows().get(0).issued().subList(0, 2)));
        assertThat(services.kinds()).containsExactly("policies", "issue PKCS10");
        assertThat(ca.rows().get(0).csr()).isEqualTo(REQUEST.csr().der());
    }

    private static EnrollmentRequest renewalOf(EnrollmentRequest old, IssuedCertificate certificate, String issuer) {
        EnrollmentRequest next = TestRequests.fresh(
                SEALER, KeySpec.RSA_2048, old.intendedAt(), "wsus2.certwright.test", "wsus.certwright.test");
        return new EnrollmentRequest(
                next.intent(),
                next.certificate(),
                next.names(),
                next.csr(),
                next.key(),
                Optional.of(new Predecessor(certificate, new IssuerName(issuer), old.key())),
                next.intendedAt());
    }

    private IssuedCertificate first() throws Exception {
        return ((Issued) issuer.request(REQUEST)).certificate();
    }

    @Test
    void a_renewal_is_signed_by_the_old_certificate() throws Exception {
        EnrollmentRequest renewal = renewalOf(REQUEST, first(), "corp-ca");
        assertThat(issuer.request(renewal)).isInstanceOf(Issued.class);
        assertThat(services.kinds()).containsExactly("policies", "issue PKCS10", "policies", "renew PKCS7");
    }

    @Test
    void what_the_old_certificate_cannot_vouch_for_is_asked_for_as_new() throws Exception {
        IssuedCertificate first = first();
        EnrollmentRequest elsewhere = renewalOf(REQUEST, first, "another-ca");
        assertThat(issuer.request(elsewhere)).isInstanceOf(Issued.class);
        EnrollmentRequest wished = renewalOf(REQUEST, first, "corp-ca");
        assertThat(newNode(Renewal.NEW).request(wished)).isInstanceOf(Issued.class);
        clock.advance(Duration.ofDays(100));
        assertThat(issuer.request(renewalOf(REQUEST, first, "corp-ca"))).isInstanceOf(Issued.class);
        assertThat(services.kinds()).doesNotContain("renew PKCS7");
    }

    @Test
    void other_names_are_no_renewal() throws Exception {
        EnrollmentRequest more = TestRequests.fresh(SEALER, KeySpec.RSA_2048, clock.instant(), "wsus3.certwright.test");
        Predecessor old = new Predecessor(first(), new IssuerName("corp-ca"), REQUEST.key());
        assertThat(issuer.request(new EnrollmentRequest(
                        more.intent(),
                        more.certificate(),
                        more.names(),
                        more.csr(),
                        more.key(),
                        Optional.of(old),
                        more.intendedAt())))
                .isInstanceOf(Issued.class);
        assertThat(services.kinds()).endsWith("issue PKCS10");
    }

    @Test
    void what_is_pending_is_collected_by_its_number_after_a_restart() throws Exception {
        ca.follow(Policy.PENDS);
        Pending pending = (Pending) issuer.request(REQUEST);
        assertThat(pending.id()).isEqualTo(new RequestId("11"));
        assertThat(pending.sentence())
                .isEqualTo("issuer corp-ca: the CA has not decided on request 11 yet: \"Taken Under Submission\";"
                        + " people there may have to approve it");
        AdcsCesIssuer afterRestart = newNode(Renewal.SIGNED);
        assertThat(afterRestart.collect(REQUEST, pending.id())).isInstanceOf(Pending.class);
        ca.decide(11, true);
        assertThat(afterRestart.collect(REQUEST, pending.id())).isInstanceOf(Issued.class);
        assertThat(ca.rows()).hasSize(1);
    }

    @Test
    void a_fault_with_a_code_of_the_ca_is_its_denial() throws Exception {
        ca.follow(Policy.DENIES);
        assertThat(((Denied) issuer.request(REQUEST)).sentence())
                .startsWith(
                        "issuer corp-ca denied the certificate for wsus.certwright.test, wsus2.certwright.test, request 11:"
                                + " \"Denied by Policy Module  0x80094012, The permissions")
                .endsWith(
                        "; 0x80094012 CERTSRV_E_TEMPLATE_DENIED: This account may not enroll for this template. Cause: The"
                                + " right Enroll is missing on the template; WebServer gives it to Domain Admins only. Fix: Grant Read"
                                + " and Enroll on a copy of the template to the account or the computer.");
        Pending pending = pendingOf(TestRequests.fresh(SEALER, KeySpec.RSA_2048, clock.instant(), "a.certwright.test"));
        ca.decide(12, false);
        assertThat(((Denied) issuer.collect(REQUEST, pending.id())).sentence())
                .contains(
                        ", request 12: \"Denied by CONTOSO\\administrator\"; 0x80094014 CERTSRV_E_ADMIN_DENIED_REQUEST");
    }

    private Pending pendingOf(EnrollmentRequest request) throws Exception {
        ca.follow(Policy.PENDS);
        return (Pending) issuer.request(request);
    }

    @Test
    void a_number_that_the_ca_never_gave_is_said_to_be_unknown() {
        for (String number : List.of("4711", "11</RequestID>")) {
            assertThat(catchThrowableOfType(
                            LifecycleException.class, () -> issuer.collect(REQUEST, new RequestId(number))))
                    .hasMessage("issuer corp-ca: the CA has no request \"" + number
                            + "\"; look there for what became of it, then renew with --force");
        }
    }

    @Test
    void a_ca_that_is_down_behind_the_service_was_not_asked() {
        services.loseTheCa(true);
        LifecycleException failure = failureOf(REQUEST);
        assertThat(failure).isNotInstanceOf(AnswerLostException.class);
        assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
        assertThat(failure)
                .hasMessageStartingWith(
                        "issuer corp-ca: the service does not reach the CA behind it: \"The RPC server is"
                                + " unavailable.\"; 0x800706BA RPC_S_SERVER_UNAVAILABLE: ");
    }

    @Test
    void wrong_credentials_are_told_before_anything_is_asked() {
        services.know("CONTOSO\\pki:another");
        LifecycleException failure = failureOf(REQUEST);
        assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
        assertThat(failure)
                .hasMessage(
                        "issuer corp-ca: the service refuses the message: \"The user name or password is not known here.\""
                                + " (FailedAuthentication); correct authentication, user and password in the settings");
        assertThat(ca.rows()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Web Server | true | 2048 | 1 | REFUSED | the policy service knows no template \"WebServer\", it has User, Web Server;"
                        + " write its internal name, not the one that consoles display, or publish it",
                "WebServer | false | 2048 | 1 | UNAUTHORIZED | this account may not enroll for WebServer; grant Read and Enroll on"
                        + " the template",
                "WebServer | true | 2048 | 134217728 | REFUSED | the template WebServer builds names from Active Directory and"
                        + " ignores those of the request; set \"Supply in the request\" on a copy of it, and use that",
                "WebServer | true | 3072 | 1 | REFUSED | the template WebServer wants keys of 3072 bits or more, got RSA-2048;"
                        + " change key under certificates.wsus01"
            })
    void a_template_that_would_not_do_is_told_before_the_ca_is_asked(
            String name, boolean enroll, int bits, int flags, FailureKind kind, String sentence) {
        services.offer(TestCes.template(name, enroll, bits, flags));
        LifecycleException failure = failureOf(REQUEST);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessage("issuer corp-ca: " + sentence);
        assertThat(ca.rows()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "RESET_BEFORE, UNREACHABLE, CA_UNREACHABLE, true",
        "RESET_AFTER, UNREACHABLE, CA_UNREACHABLE, true",
        "CUT_SHORT, UNREACHABLE, CA_UNREACHABLE, true",
        "TRUNCATED, MALFORMED_ANSWER, CA_ANSWER_MALFORMED, true",
        "WEB_PAGE, MALFORMED_ANSWER, CA_ANSWER_MALFORMED, true",
        "WRONG_TYPE, MALFORMED_ANSWER, CA_ANSWER_MALFORMED, true",
        "ENDLESS, MALFORMED_ANSWER, CA_ANSWER_MALFORMED, true",
        "NOTHING, MALFORMED_ANSWER, CA_ANSWER_MALFORMED, true",
        "STATUS_503, UNREACHABLE, CA_REFUSED, true",
        "STATUS_404, REFUSED, CA_REFUSED, false",
        "REDIRECT, REFUSED, CA_REFUSED, false"
    })
    void whatever_befalls_the_request_is_one_sentence(Mishap mishap, FailureKind kind, String code, boolean lost) {
        iis.spoil(SUBMISSION, mishap);
        LifecycleException failure = failureOf(REQUEST);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure instanceof AnswerLostException).isEqualTo(lost);
        assertThat(failure).hasMessageStartingWith("issuer corp-ca: ");
        assertThat(failure.getMessage().lines()).hasSize(1);
    }

    private static String bomb() {
        StringBuilder entities = new StringBuilder("<!DOCTYPE a [<!ENTITY a0 \"lol\">");
        for (int i = 1; i < 12; i++) {
            entities.append("<!ENTITY a")
                    .append(i)
                    .append(" \"")
                    .append(("&a" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        return entities + "]>";
    }

    private static String deep(int levels) {
        return "<a>".repeat(levels) + "</a>".repeat(levels);
    }

    private static String envelope(String body) {
        return new String(TestCes.envelope("", body), StandardCharsets.UTF_8)
                .replace("<a:RelatesTo></a:RelatesTo>", "");
    }

    /** What no service sends. */
    enum Poison {
        BILLION_LAUGHS(bomb() + envelope("<a>&a11;</a>")),
        EXTERNAL_ENTITY("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + envelope("<a>&x;</a>")),
        EXTERNAL_DTD("<!DOCTYPE a SYSTEM \"https://127.0.0.1:1/x.dtd\">" + envelope("<a/>")),
        BOTTOMLESS(envelope(deep(3_000))),
        TOO_MANY(envelope("<b>" + "<a/>".repeat(150_000) + "</b>")),
        ANOTHER_MESSAGE("<html xmlns=\"http://www.w3.org/1999/xhtml\"><body>17</body></html>"),
        NO_BODY(envelope("")),
        ANOTHER_BODY(envelope("<GetPoliciesResponse/>")),
        UNKNOWN_ENTITY(envelope("<a>&nbsp;</a>")),
        TO_ANOTHER_QUESTION(new String(TestCes.envelope("urn:uuid:1", "<a/>"), StandardCharsets.UTF_8)),
        NOTHING_DECIDED(
                envelope("<RequestSecurityTokenResponse xmlns=\"http://docs.oasis-open.org/ws-sx/ws-trust/200512\"/>"));

        private final String message;

        Poison(String message) {
            this.message = message;
        }
    }

    @ParameterizedTest
    @EnumSource(Poison.class)
    void poisoned_messages_are_refused_at_once_in_one_sentence(Poison poison) {
        services.answerInstead(Reply.text(200, "application/soap+xml", poison.message));
        LifecycleException failure = failureOf(REQUEST);
        assertThat(failure).isInstanceOf(AnswerLostException.class);
        assertThat(failure.code()).isEqualTo("CA_ANSWER_MALFORMED");
        assertThat(failure).hasMessageStartingWith("issuer corp-ca: the answer of the service is ");
        assertThat(failure.getMessage()).doesNotContain("root:").hasSizeLessThan(500);
        assertThat(failure.getMessage().lines()).hasSize(1);
    }

    private void giveInstead(List<X509Certificate> whole, X509Certificate leaf) throws Exception {
        String trust = "http://docs.oasis-open.org/ws-sx/ws-trust/200512";
        services.answerInstead(Reply.text(
                200,
                "application/soap+xml",
                envelope(
                        "<RequestSecurityTokenResponseCollection xmlns=\"" + trust + "\"><RequestSecurityTokenResponse>"
                                + TestCes.token("#PKCS7", TestAdcs.pkcs7(whole)) + "<RequestedSecurityToken>"
                                + TestCes.token("#X509v3", leaf.getEncoded())
                                + "</RequestedSecurityToken></RequestSecurityTokenResponse>"
                                + "</RequestSecurityTokenResponseCollection>")));
    }

    @Test
    void a_certificate_for_another_key_is_not_taken() throws Exception {
        TestCa root = TestCa.root("CN=Other", clock.instant());
        giveInstead(
                List.of(root.certificate()), root.leaf("wsus.certwright.test").certificate());
        LifecycleException failure = failureOf(REQUEST);
        assertThat(failure).isInstanceOf(AnswerLostException.class);
        assertThat(failure.code()).isEqualTo("ANSWER_FOR_ANOTHER_KEY");
    }

    @Test
    void a_chain_in_any_order_and_with_strangers_is_put_right() throws Exception {
        issuer.request(REQUEST);
        List<X509Certificate> issued = ca.rows().get(0).issued();
        EnrollmentRequest again = TestRequests.withIntentOf(
                REQUEST, TestRequests.fresh(SEALER, KeySpec.P_256, clock.instant(), "x.certwright.test"));
        List<X509Certificate> mixed = new ArrayList<>(issued);
        Collections.reverse(mixed);
        mixed.add(1, TestCa.root("CN=Stranger", clock.instant()).certificate());
        giveInstead(mixed, issued.get(0));
        assertThat(((Issued) issuer.request(again)).certificate().chain().certificates())
                .containsExactlyElementsOf(issued.subList(0, 2));
    }

    @ParameterizedTest
    @EnumSource(
            value = Mishap.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "ENDLESS"})
    void whatever_befalls_the_looks_before_leaves_nothing_at_the_ca(Mishap mishap) throws Exception {
        for (int exchange = 0; exchange < SUBMISSION; exchange++) {
            EnrollmentRequest request =
                    TestRequests.fresh(SEALER, KeySpec.RSA_2048, clock.instant(), "wsus.certwright.test");
            int before = ca.rows().size();
            iis.spoil(exchange, mishap);
            // A look that was reset may be repeated unseen, and half of a page may be enough.
            LifecycleException failure = catchThrowableOfType(LifecycleException.class, () -> issuer.request(request));
            if (failure != null) {
                assertThat(failure).isNotInstanceOf(AnswerLostException.class);
                assertThat(failure).hasMessageStartingWith("issuer corp-ca: ");
                assertThat(ca.rows()).hasSize(before);
            }
            assertThat(issuer.request(request)).as("exchange " + exchange).isInstanceOf(Issued.class);
            assertThat(ca.rows()).hasSize(before + 1);
        }
    }

    @Test
    void an_answer_lost_before_the_number_was_known_is_asked_for_once_more_at_most() throws Exception {
        for (int ask = 0; ask < 2; ask++) {
            assertThat(issuer.lookUp(REQUEST)).isEmpty();
            iis.spoil(SUBMISSION, Mishap.RESET_AFTER);
            assertThat(failureOf(REQUEST)).isInstanceOf(AnswerLostException.class);
            clock.advance(Duration.ofMinutes(3));
        }
        assertThat(catchThrowableOfType(LifecycleException.class, () -> issuer.lookUp(REQUEST))
                        .code())
                .isEqualTo("ANSWER_UNKNOWN");
        assertThat(ca.rows()).hasSize(2);
    }

    @Test
    void testing_it_looks_at_both_services_and_asks_for_nothing() throws Exception {
        assertThat(issuer.test())
                .isEqualTo("adcs-ces issuer corp-ca: https://127.0.0.1:" + iis.port() + TestCes.SERVICE
                        + " takes us; the account may enroll for WebServer");
        assertThat(services.kinds()).containsExactly("policies", "query");
        assertThat(ca.rows()).isEmpty();
        assertThat(issuer.template()).contains("WebServer");
        clock.advance(Duration.ofHours(5).plusSeconds(30));
        assertThat(issuer.test())
                .endsWith(
                        "; the account may enroll for WebServer; its clock is 5h 0m behind this machine's; correct the one"
                                + " that is wrong");
        services.know("CONTOSO\\pki:another");
        assertThat(catchThrowableOfType(LifecycleException.class, () -> issuer.test())
                        .kind())
                .isEqualTo(FailureKind.UNAUTHORIZED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{url: http://ca/CES, template: WebServer, user: u, password: p} | wanted the https address of CES",
                "{url: https://ca/CES, policy-url: http://ca/CEP, template: T} | wanted the https address of CEP",
                "{url: https://ca/CES, user: u, password: p} | template: is missing, wanted a value",
                "{url: https://ca/A_CES_UsernamePassword/service.svc/CES, template: T} | authentication user-name: wanted user and password",
                "{url: https://ca/A_CES_Certificate/service.svc/CES, template: T} | authentication certificate: wanted client-certificate",
                "{url: https://ca/CES, template: T, user: u, password: p, renewal: never} | renewal: got \"never\", wanted"
            })
    void says_what_is_wrong_with_its_settings(String yaml, String sentence) {
        Faults faults = new Faults();
        assertThat(new SettingsFile(Path.of("config", "certwright.yml"), Map.of())
                        .parse(yaml, faults)
                        .flatMap(CesSettings::read))
                .isEmpty();
        assertThat(faults.list()).singleElement().asString().contains(sentence);
    }

    @Test
    void how_it_is_known_is_read_off_the_address_unless_the_settings_say() {
        assertThat(methodOf(
                        "{url: https://ca/A_CES_UsernamePassword/service.svc/CES, template: T, user: u, password: p}"))
                .isEqualTo(LoginMethod.USER_NAME);
        assertThat(methodOf("{url: https://ca/CES, template: T, authentication: basic, user: u, password: p}"))
                .isEqualTo(LoginMethod.BASIC);
        assertThat(methodOf(
                        "{url: https://ca01.contoso.com/Contoso-CA_CES_Kerberos/service.svc/CES, template: WebServer}"))
                .isEqualTo(LoginMethod.KERBEROS);
    }

    private static LoginMethod methodOf(String yaml) {
        return new SettingsFile(Path.of("config", "certwright.yml"), Map.of())
                .parse(yaml, new Faults())
                .flatMap(CesSettings::read)
                .orElseThrow()
                .login()
                .method();
    }
}
