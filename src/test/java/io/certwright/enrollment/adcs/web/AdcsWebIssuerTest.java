package io.certwright.enrollment.adcs.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.certwright.certificate.KeySpec;
import io.certwright.config.Faults;
import io.certwright.config.SettingsFile;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.Denied;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.Issued;
import io.certwright.enrollment.Pending;
import io.certwright.enrollment.RequestId;
import io.certwright.enrollment.adcs.BasicDoor;
import io.certwright.enrollment.adcs.TestAdcs;
import io.certwright.enrollment.adcs.TestAdcs.Policy;
import io.certwright.enrollment.adcs.TestIis;
import io.certwright.enrollment.adcs.TestIis.Mishap;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.MovableClock;
import io.certwright.testing.TestRequests;
import io.certwright.testing.TestSealer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** With pages that the tests serve: requests that wait, denials, other languages, and everything that an answer can be wrong in. */
class AdcsWebIssuerTest {
    // Today is what the CA goes by.
    @SuppressWarnings("TimeInStaticInitializer")
    private static final EnrollmentRequest REQUEST = TestRequests.fresh(
            new TestSealer(),
            KeySpec.P_256,
            Clock.systemUTC().instant(),
            "wsus.certwright.test",
            "wsus2.certwright.test");

    /** Of what is asked for one certificate: two looks at the CA, the request, the certificate, two more looks. */
    private static final int SUBMISSION = 2;

    @TempDir
    Path folder;

    private final MemoryIssuerMemory memory = new MemoryIssuerMemory();
    private final MovableClock clock = new MovableClock(Instant.now());
    private final TestAdcs ca = new TestAdcs();
    private final TestCertsrv certsrv = new TestCertsrv(ca);
    private final TestIis iis = new TestIis("/certsrv/", certsrv);
    private AdcsWebIssuer issuer;

    @BeforeEach
    void connect() throws Exception {
        iis.guard(new BasicDoor("CONTOSO\\pki", "s3crét"));
        issuer = newNode();
    }

    private AdcsWebIssuer newNode() throws Exception {
        return AdcsWebContractTest.node(iis, ca, folder, memory, clock);
    }

    @AfterEach
    void stopServer() {
        iis.close();
    }

    @Test
    void asks_the_pages_in_the_order_of_a_browser() throws Exception {
        assertThat(issuer.request(REQUEST)).isInstanceOf(Issued.class);
        assertThat(iis.asked())
                .containsExactly(
                        "GET /certsrv/certcarc.asp",
                        "GET /certsrv/certnew.p7b?ReqID=CACert&Renewal=1&Enc=bin",
                        "POST /certsrv/certfnsh.asp",
                        "GET /certsrv/certnew.cer?ReqID=11&Enc=b64",
                        "GET /certsrv/certcarc.asp",
                        "GET /certsrv/certnew.p7b?ReqID=CACert&Renewal=1&Enc=bin");
        assertThat(ca.rows().get(0).csr()).isEqualTo(REQUEST.csr().der());
    }

    @Test
    void a_chain_is_found_though_an_older_certificate_of_the_ca_signed() throws Exception {
        ca.signWith(0);
        assertThat(issuer.request(REQUEST))
                .isInstanceOfSatisfying(
                        Issued.class,
                        issued -> assertThat(issued.certificate().chain().certificates())
                                .containsExactly(
                                        ca.rows().get(0).issued().get(0),
                                        ca.authorities(0).get(0)));
        assertThat(iis.asked()).contains("GET /certsrv/certnew.p7b?ReqID=CACert&Renewal=0&Enc=bin");
    }

    @ParameterizedTest
    @EnumSource(TestCertsrv.Language.class)
    void what_is_pending_is_collected_by_its_number_after_a_restart(TestCertsrv.Language language) throws Exception {
        certsrv.speak(language);
        ca.follow(Policy.PENDS);
        Pending pending = (Pending) issuer.request(REQUEST);
        assertThat(pending.id()).isEqualTo(new RequestId("11"));
        assertThat(pending.askAgainIn()).isEqualTo(Duration.ofMinutes(15));
        AdcsWebIssuer afterRestart = newNode();
        assertThat(afterRestart.collect(REQUEST, pending.id())).isInstanceOf(Pending.class);
        assertThat(afterRestart.lookUp(REQUEST))
                .hasValueSatisfying(found -> assertThat(found).isInstanceOf(Pending.class));
        ca.decide(11, true);
        assertThat(afterRestart.collect(REQUEST, pending.id())).isInstanceOf(Issued.class);
        assertThat(ca.rows()).hasSize(1);
    }

    @Test
    void what_is_waited_for_is_said_in_the_words_of_the_ca() throws Exception {
        ca.follow(Policy.PENDS);
        issuer.request(REQUEST);
        assertThat(((Pending) issuer.collect(REQUEST, new RequestId("11"))).sentence())
                .isEqualTo("issuer corp-ca: the CA has not decided on request 11 yet: \"Taken Under Submission\";"
                        + " people there may have to approve it");
    }

    @Test
    void a_denial_has_the_words_of_the_ca_its_number_and_what_its_code_means() throws Exception {
        ca.follow(Policy.DENIES);
        assertThat(issuer.request(REQUEST))
                .isEqualTo(new Denied("issuer corp-ca denied the certificate for wsus.certwright.test,"
                        + " wsus2.certwright.test, request 11: \"Denied by Policy Module 0x80094012, The permissions on the"
                        + " certificate template do not allow the current user to enroll for this type of certificate.\";"
                        + " 0x80094012 CERTSRV_E_TEMPLATE_DENIED: This account may not enroll for this template. Cause: The"
                        + " right Enroll is missing on the template; WebServer gives it to Domain Admins only. Fix: Grant Read"
                        + " and Enroll on a copy of the template to the account or the computer."));
    }

    @Test
    void a_denial_in_another_language_is_known_by_its_code() throws Exception {
        certsrv.speak(TestCertsrv.Language.GERMAN);
        ca.follow(Policy.DENIES);
        assertThat(((Denied) issuer.request(REQUEST)).sentence())
                .startsWith(
                        "issuer corp-ca denied the certificate for wsus.certwright.test, wsus2.certwright.test, request 11:")
                .contains("0x80094012 CERTSRV_E_TEMPLATE_DENIED");
    }

    @ParameterizedTest
    @EnumSource(TestCertsrv.Language.class)
    void what_people_deny_later_is_denied(TestCertsrv.Language language) throws Exception {
        certsrv.speak(language);
        ca.follow(Policy.PENDS);
        Pending pending = (Pending) issuer.request(REQUEST);
        ca.decide(11, false);
        assertThat(((Denied) issuer.collect(REQUEST, pending.id())).sentence())
                .contains(", request 11: \"", "0x80094014 CERTSRV_E_ADMIN_DENIED_REQUEST");
    }

    @Test
    void a_number_that_the_ca_never_gave_is_said_to_be_unknown() {
        assertThat(catchThrowableOfType(LifecycleException.class, () -> issuer.collect(REQUEST, new RequestId("4711"))))
                .hasMessage(
                        "issuer corp-ca: the CA has no request \"4711\"; look there for what became of it, then renew"
                                + " with --force");
        assertThat(catchThrowableOfType(
                                LifecycleException.class,
                                () -> issuer.collect(REQUEST, new RequestId("11&Mode=newreq")))
                        .code())
                .isEqualTo("REQUEST_UNKNOWN");
    }

    @Test
    void a_ca_that_is_down_behind_its_pages_is_out_of_reach_and_was_not_asked() {
        certsrv.loseTheCa(true);
        LifecycleException failure = catchThrowableOfType(LifecycleException.class, () -> issuer.request(REQUEST));
        assertThat(failure).isNotInstanceOf(AnswerLostException.class);
        assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
        assertThat(failure)
                .hasMessageStartingWith("issuer corp-ca: certsrv does not reach the CA behind it; 0x800706BA"
                        + " RPC_S_SERVER_UNAVAILABLE: The other machine did not answer the remote call. Cause: ");
    }

    @ParameterizedTest
    @CsvSource({
        "RESET_BEFORE, UNREACHABLE, CA_UNREACHABLE, true",
        "RESET_AFTER, UNREACHABLE, CA_UNREACHABLE, true",
        "CUT_SHORT, UNREACHABLE, CA_UNREACHABLE, true",
        "WEB_PAGE, MALFORMED_ANSWER, CA_ANSWER_MALFORMED, true",
        "WRONG_TYPE, MALFORMED_ANSWER, CA_ANSWER_MALFORMED, true",
        "ENDLESS, MALFORMED_ANSWER, CA_ANSWER_MALFORMED, true",
        "NOTHING, MALFORMED_ANSWER, CA_ANSWER_MALFORMED, true",
        "STATUS_503, UNREACHABLE, CA_REFUSED, true",
        "STATUS_404, REFUSED, CA_REFUSED, false",
        "REDIRECT, REFUSED, CA_REFUSED, false"
    })
    void whatever_befalls_the_submission_is_one_sentence(Mishap mishap, FailureKind kind, String code, boolean lost) {
        iis.spoil(SUBMISSION, mishap);
        LifecycleException failure = catchThrowableOfType(LifecycleException.class, () -> issuer.request(REQUEST));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure instanceof AnswerLostException).isEqualTo(lost);
        assertThat(failure).hasMessageStartingWith("issuer corp-ca: ");
        assertThat(failure.getMessage().lines()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Mishap.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "ENDLESS"})
    void whatever_befalls_the_looks_before_leaves_nothing_at_the_ca(Mishap mishap) throws Exception {
        for (int exchange = 0; exchange < SUBMISSION; exchange++) {
            EnrollmentRequest request =
                    TestRequests.fresh(new TestSealer(), KeySpec.P_256, clock.instant(), "wsus.certwright.test");
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

    @ParameterizedTest
    @EnumSource(
            value = Mishap.class,
            names = {"CUT_SHORT", "TRUNCATED", "WEB_PAGE", "WRONG_TYPE", "STATUS_503", "REDIRECT", "NOTHING"})
    void once_the_number_is_known_nothing_is_asked_twice(Mishap mishap) throws Exception {
        for (int exchange = SUBMISSION + 1; exchange < SUBMISSION + 4; exchange++) {
            EnrollmentRequest request =
                    TestRequests.fresh(new TestSealer(), KeySpec.P_256, clock.instant(), "wsus.certwright.test");
            int before = ca.rows().size();
            iis.spoil(exchange, mishap);
            LifecycleException failure = catchThrowableOfType(LifecycleException.class, () -> issuer.request(request));
            assertThat(failure).as("exchange " + exchange).isInstanceOf(AnswerLostException.class);
            assertThat(newNode().lookUp(request))
                    .hasValueSatisfying(found -> assertThat(found).isInstanceOf(Issued.class));
            assertThat(ca.rows()).hasSize(before + 1);
        }
    }

    @Test
    void an_answer_lost_before_the_number_was_known_is_asked_for_once_more_at_most() throws Exception {
        for (int ask = 0; ask < 2; ask++) {
            assertThat(issuer.lookUp(REQUEST)).isEmpty();
            iis.spoil(SUBMISSION, Mishap.RESET_AFTER);
            assertThat(catchThrowableOfType(AnswerLostException.class, () -> issuer.request(REQUEST)))
                    .isNotNull();
            clock.advance(Duration.ofMinutes(3));
        }
        assertThat(catchThrowableOfType(LifecycleException.class, () -> issuer.lookUp(REQUEST)))
                .hasMessage(
                        "issuer corp-ca: asked 2 times with the same CSR, and no answer told the number of the request;"
                                + " look at the CA for certificates for wsus.certwright.test, wsus2.certwright.test, revoke what is not"
                                + " needed, then run \"certwright renew wsus01 --force\"");
        assertThat(ca.rows()).hasSize(2);
    }

    @Test
    void wrong_credentials_are_told_before_anything_is_asked() {
        iis.guard(new BasicDoor("CONTOSO\\pki", "another"));
        LifecycleException failure = catchThrowableOfType(LifecycleException.class, () -> issuer.request(REQUEST));
        assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
        assertThat(failure)
                .hasMessage(
                        "issuer corp-ca: the server 127.0.0.1 does not take user \"CONTOSO\\pki\" by Basic, HTTP status 401;"
                                + " it offers Basic realm=\"ca01\"; correct authentication, user and password in the settings, or the"
                                + " account's rights");
        assertThat(iis.asked()).isEmpty();
    }

    @Test
    void testing_it_names_the_ca_and_its_end() throws Exception {
        assertThat(issuer.test())
                .isEqualTo("adcs-web issuer corp-ca: https://127.0.0.1:" + iis.port()
                        + "/certsrv takes us and answers for \"CN=AD CS Test Issuing\", renewed 1 times, valid until "
                        + ca.authorities(1).get(0).getNotAfter().toInstant()
                        + "; the account may choose WebServer, which takes the names of the request");
        assertThat(ca.rows()).isEmpty();
        assertThat(issuer.template()).contains("WebServer");
    }

    @Test
    void testing_it_says_what_the_pages_tell_of_the_template() throws Exception {
        certsrv.offer("E;Machine", "E;webserver");
        assertThat(issuer.test())
                .endsWith(
                        "; the account may choose WebServer, which takes names from Active Directory and ignores those of the"
                                + " request; set \"Supply in the request\" on a copy of it, and use that");
        certsrv.offer("O;Another", "E;Machine");
        assertThat(issuer.test())
                .endsWith(
                        "; the pages offer no WebServer, only Another, Machine: the account may lack Read and Enroll, the CA"
                                + " may not issue by it, or it is of version 3 or later, which the pages do not show");
        certsrv.offer();
        assertThat(issuer.test())
                .endsWith(
                        "; the pages list no template, so that whether the account may enroll for WebServer shows only when"
                                + " a certificate is asked for");
    }

    @Test
    void testing_it_tells_when_the_clock_of_the_server_differs() throws Exception {
        clock.advance(Duration.ofDays(2).plusHours(3).plusSeconds(30));
        assertThat(issuer.test()).endsWith("; its clock is 2d 3h behind this machine's; correct the one that is wrong");
    }

    @Test
    void a_ca_that_is_past_its_end_is_told_when_it_is_tested() {
        clock.advance(Duration.ofDays(2000));
        assertThat(catchThrowableOfType(LifecycleException.class, () -> issuer.test()))
                .hasMessage("issuer corp-ca: the CA's own certificate \"CN=AD CS Test Issuing\" ended on "
                        + ca.authorities(1).get(0).getNotAfter().toInstant() + "; it must be renewed at the CA");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{url: http://ca/certsrv, template: WebServer, user: u, password: p} | wanted the https address of the pages",
                "{url: https://u@ca/certsrv, template: WebServer, user: u, password: p} | wanted the https address of the pages",
                "{url: https://ca/certsrv, user: u, password: p} | template: is missing, wanted a value",
                "{url: https://ca/certsrv, template: \"A:B\", user: u, password: p} | template: got \"A:B\", wanted the internal name",
                "{url: https://ca/certsrv, template: WebServer, authentication: ntlm} | authentication ntlm: wanted user and password",
                "{url: https://ca/certsrv, template: WebServer, authentication: user-name, user: u, password: p} |"
                        + " got user-name, which only CES knows",
                "{url: https://ca/certsrv, template: WebServer, user: u} | authentication kerberos: wanted user with password or keytab",
                "{url: https://ca/certsrv, template: WebServer, keytab: k} | authentication kerberos: wanted user with password or keytab",
                "{url: https://ca/certsrv, template: WebServer, authentication: certificate} | wanted client-certificate",
                "{url: https://ca/certsrv, template: WebServer, user: u, password: p, tempalte: x} | unknown key"
            })
    void says_what_is_wrong_with_its_settings(String yaml, String sentence) {
        Faults faults = new Faults();
        assertThat(new SettingsFile(Path.of("config", "certwright.yml"), Map.of())
                        .parse(yaml, faults)
                        .flatMap(WebSettings::read))
                .isEmpty();
        assertThat(faults.list()).singleElement().asString().contains(sentence);
    }

    @Test
    void no_words_of_its_settings_show_the_password() {
        Optional<WebSettings> settings = new SettingsFile(Path.of("config", "certwright.yml"), Map.of())
                .parse("{url: https://ca/certsrv, template: WebServer, user: u, password: s3cret}", new Faults())
                .flatMap(WebSettings::read);
        assertThat(settings)
                .hasValueSatisfying(read -> assertThat(read.toString()).doesNotContain("s3cret"));
    }
}
