package io.certwright.enrollment.adcs.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.certwright.config.SecretText;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.adcs.AdcsParts;
import io.certwright.enrollment.adcs.TestIis;
import io.certwright.enrollment.adcs.TestIis.Reply;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.http.HttpAccess;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.TestKdc;
import io.certwright.testing.TestSealer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Kerberos with MIT's KDC and a server that accepts by GSS. The KDC is stopped by the last test. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KerberosTest {
    private static final String CONFIGURATION = "java.security.krb5.conf";
    private static final String SERVICE = "HTTP/localhost@" + TestKdc.REALM;
    private static final AdcsParts PARTS = new AdcsParts(
            new MemoryIssuerMemory(), new TestSealer(), Clock.systemUTC(), new SecureRandom(), duration -> {});

    @TempDir
    static Path folder;

    private static TestKdc kdc;
    private static Path serviceKeytab;
    private static Path accountKeytab;
    private static String before;

    private final TestIis iis = new TestIis("/ca", (exchange, body) -> Reply.text(200, "text/plain", "in"));
    private GssAcceptor acceptor;

    @BeforeAll
    static void startKdc() throws Exception {
        before = System.getProperty(CONFIGURATION);
        kdc = TestKdc.start(folder.resolve("kdc"));
        kdc.addUser("pki", "s3cret");
        serviceKeytab = kdc.addWithKeytab("HTTP/localhost");
        accountKeytab = kdc.addWithKeytab("certwright");
        System.setProperty(CONFIGURATION, kdc.configuration().toString());
    }

    @AfterAll
    static void stopKdc() throws Exception {
        if (before == null) {
            System.clearProperty(CONFIGURATION);
        } else {
            System.setProperty(CONFIGURATION, before);
        }
        if (kdc != null) {
            kdc.close();
        }
    }

    @BeforeEach
    void guard() throws Exception {
        acceptor = new GssAcceptor(SERVICE, serviceKeytab);
        iis.guard(acceptor);
    }

    @AfterEach
    void stop() {
        iis.close();
    }

    private Wire wireAs(Login login) {
        return new Wire(
                new IssuerName("corp-ca"),
                address("localhost"),
                new HttpAccess(List.of(iis.tlsTrust(folder)), Optional.empty()),
                login,
                PARTS,
                1000,
                "none");
    }

    private URI address(String host) {
        return URI.create("https://" + host + ":" + iis.port() + "/ca");
    }

    private static Login byPassword(String user, String password) {
        return new Login(LoginMethod.KERBEROS, Optional.of(user), Optional.of(SecretText.of(password)));
    }

    private LifecycleException failureOf(Login login, String host) {
        Wire wire = wireAs(login);
        LifecycleException failure = catchThrowableOfType(
                LifecycleException.class,
                () -> wire.ask(HttpRequest.newBuilder(address(host)).GET()));
        assertThat(failure).isNotInstanceOf(AnswerLostException.class);
        assertThat(iis.asked()).isEmpty();
        return failure;
    }

    @Test
    @Order(1)
    void a_password_gets_a_ticket_that_the_server_takes() throws Exception {
        Wire wire = wireAs(byPassword("pki@" + TestKdc.REALM, "s3cret"));
        for (int exchange = 0; exchange < 3; exchange++) {
            assertThat(wire.ask(HttpRequest.newBuilder(address("localhost")).GET())
                            .text())
                    .isEqualTo("in");
        }
        assertThat(acceptor.admitted()).hasSize(3).containsOnly("pki@" + TestKdc.REALM);
    }

    @Test
    @Order(2)
    void a_keytab_does_without_a_password() throws Exception {
        Login login = new Login(
                LoginMethod.KERBEROS,
                Optional.of("certwright@" + TestKdc.REALM),
                Optional.empty(),
                Optional.of(accountKeytab));
        assertThat(wireAs(login)
                        .ask(HttpRequest.newBuilder(address("localhost")).GET())
                        .text())
                .isEqualTo("in");
        assertThat(acceptor.admitted()).containsExactly("certwright@" + TestKdc.REALM);
    }

    @Test
    @Order(3)
    void a_wrong_password_is_told_with_what_to_do() {
        LifecycleException failure = failureOf(byPassword("pki@" + TestKdc.REALM, "another"), "localhost");
        assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
        assertThat(failure)
                .hasMessageStartingWith(
                        "issuer corp-ca: no Kerberos ticket for user \"pki@CERTWRIGHT.TEST\" by Kerberos (")
                .hasMessageEndingWith("; the password or keytab is not the account's, or older than its last change");
        assertThat(failure.getMessage()).doesNotContain("another");
    }

    @Test
    @Order(4)
    void an_account_that_is_not_there_is_told() {
        assertThat(failureOf(byPassword("nobody@" + TestKdc.REALM, "x"), "localhost"))
                .hasMessageEndingWith("; the account is not known there: check user");
    }

    @Test
    @Order(5)
    void a_server_without_a_service_name_is_told() {
        assertThat(failureOf(byPassword("pki@" + TestKdc.REALM, "s3cret"), "127.0.0.1"))
                .hasMessageContaining("; no account has the service name HTTP/HOST: setspn -S HTTP/HOST ACCOUNT");
    }

    @Test
    @Order(6)
    void without_tickets_of_its_own_the_account_is_told_so() {
        LifecycleException failure =
                failureOf(new Login(LoginMethod.KERBEROS, Optional.empty(), Optional.empty()), "localhost");
        assertThat(failure.code()).isEqualTo("KERBEROS_REFUSED");
        assertThat(failure).hasMessageEndingWith("; this account has no tickets: sign in, or write user and keytab");
    }

    @Test
    @Order(7)
    void a_kdc_that_is_down_is_out_of_reach() throws Exception {
        kdc.stop();
        LifecycleException failure = failureOf(byPassword("pki@" + TestKdc.REALM, "s3cret"), "localhost");
        assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
        assertThat(failure)
                .hasMessageStartingWith("issuer corp-ca: the domain controller cannot be asked (")
                .hasMessageEndingWith("; check realm and kdc in krb5.conf, and that port 88 is open");
    }
}
