package io.certwright.enrollment.windowsstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.certificate.Thumbprint;
import io.certwright.crypto.CsrReader;
import io.certwright.enrollment.BringsKeys.BroughtKey;
import io.certwright.enrollment.BringsKeys.Found;
import io.certwright.enrollment.BringsKeys.Wished;
import io.certwright.enrollment.Pending;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.MovableClock;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestKeys;
import io.certwright.testing.TestRequests;
import io.certwright.testing.TestSealer;
import io.certwright.windows.StoreName;
import io.certwright.windows.simulated.Behaviour;
import io.certwright.windows.simulated.SimulatedServer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** What is taken out of LocalMachine\My, and what is passed over. */
class WindowsStoreIssuerTest {
    private static final String NAME = "wsus01.contoso.com";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T10:00:00Z"));
    private final StoreWorld world;

    WindowsStoreIssuerTest(@TempDir Path folder) throws IOException {
        world = new StoreWorld(new SimulatedServer("wsus01", 17763, clock, new SecureRandom()), folder, clock);
    }

    private Found found() throws LifecycleException {
        return found(KeySpec.P_256, Optional.empty());
    }

    private Found found(KeySpec spec, Optional<X509Certificate> inUse) throws LifecycleException {
        return world.issuer()
                .findKey(new Wished(
                        SubjectAlternativeNames.ofDns(NAME),
                        spec,
                        inUse.map(leaf -> new IssuedCertificate(new CertificateChain(List.of(leaf))))));
    }

    private void assertPassedOver(String why) throws LifecycleException {
        assertThat(found().key()).isEmpty();
        assertThat(found().instead().orElseThrow().sentence())
                .contains("passed over: ")
                .contains("(" + why + ")");
    }

    @ParameterizedTest
    @EnumSource(
            value = KeySpec.class,
            names = {"RSA_2048", "P_256", "P_384"})
    void a_key_signs_a_request_where_it_is(KeySpec spec) throws Exception {
        X509Certificate enrolled =
                world.enrolled(spec, Duration.ofDays(1), Duration.ofDays(364), NAME, "wsus.contoso.com");

        BroughtKey key = found(spec, Optional.empty()).key().orElseThrow();

        assertThat(key.request().publicKey()).isEqualTo(enrolled.getPublicKey().getEncoded());
        assertThat(CsrReader.faultOf(key.request())).isEmpty();
        assertThat(key.reference()).startsWith("wsus01 ");
        assertThat(world.server.called()).contains("New-KeySignature").doesNotContain("New-HostRequest");
    }

    @Test
    void of_several_the_one_that_lasts_longest_is_taken() throws Exception {
        world.enrolled(NAME);
        X509Certificate last = world.enrolled(KeySpec.P_256, Duration.ofDays(1), Duration.ofDays(700), NAME);
        world.enrolled(KeySpec.P_256, Duration.ofDays(1), Duration.ofDays(500), NAME);

        assertThat(found().key().orElseThrow().request().publicKey())
                .isEqualTo(last.getPublicKey().getEncoded());
    }

    @Test
    void while_there_is_none_it_says_what_is_there_instead() throws Exception {
        Pending nothing = found().instead().orElseThrow();
        assertThat(nothing.sentence())
                .isEqualTo(
                        "issuer auto: no certificate for wsus01.contoso.com has come into LocalMachine\\My of host wsus01 yet;"
                                + " the store is empty; let auto-enrolment or a person put one there");
        assertThat(nothing.askAgainIn()).isEqualTo(Duration.ofHours(1));

        for (int i = 0; i < 5; i++) {
            world.enrolled("other" + i + ".contoso.com");
        }
        assertThat(found().instead().orElseThrow().sentence())
                .contains(" (not for all the names), ")
                .contains(" and 2 others; let auto-enrolment");
    }

    @Test
    void one_whose_end_is_near_is_passed_over() throws Exception {
        world.enrolled(KeySpec.P_256, Duration.ofDays(200), Duration.ofDays(165), NAME);
        assertPassedOver("ends too soon, in 165d");
    }

    @Test
    void one_that_is_not_valid_now_is_passed_over() throws Exception {
        world.enrolled(KeySpec.P_256, Duration.ofDays(365), Duration.ofDays(-1), NAME);
        assertPassedOver("not valid now");
    }

    @Test
    void one_with_another_kind_of_key_is_passed_over() throws Exception {
        world.enrolled(KeySpec.RSA_2048, Duration.ofDays(1), Duration.ofDays(364), NAME);
        assertPassedOver("its key is RSA-2048, wanted P-256");
    }

    @Test
    void one_without_its_key_is_passed_over() throws Exception {
        X509Certificate enrolled = world.enrolled(NAME);
        world.server.putCertificate(StoreName.MY, enrolled, Optional.empty(), false);
        assertPassedOver("without its key");
    }

    @Test
    void one_that_is_not_for_servers_is_passed_over() throws Exception {
        world.server.putCertificate(
                StoreName.MY,
                TestCa.root("CN=Users", clock.instant())
                        .leaf(NAME)
                        .extendedKeyUsage(KeyPurposeId.id_kp_clientAuth)
                        .certificate(),
                Optional.of(TestKeys.fresh(KeySpec.P_256).getPrivate()),
                true);
        assertPassedOver("not for Server Authentication");
    }

    @Test
    void one_of_a_stranger_is_passed_over() throws Exception {
        world.server.putCertificate(
                StoreName.MY,
                TestCa.root("CN=Stranger", clock.instant())
                        .leaf(NAME)
                        .validFor(Duration.ofDays(-1), Duration.ofDays(364))
                        .certificate(),
                Optional.of(TestKeys.fresh(KeySpec.P_256).getPrivate()),
                true);
        assertPassedOver("leads to none of the anchors");
    }

    @Test
    void the_one_in_use_is_never_taken_again_and_its_successor_must_last_longer() throws Exception {
        X509Certificate inUse = world.enrolled(NAME);
        assertThat(found(KeySpec.P_256, Optional.of(inUse))
                        .instead()
                        .orElseThrow()
                        .sentence())
                .contains(Thumbprint.of(inUse).abbreviated() + "… (in use already)");

        world.enrolled(KeySpec.P_256, Duration.ofDays(1), Duration.ofDays(300), NAME);
        assertThat(found(KeySpec.P_256, Optional.of(inUse))
                        .instead()
                        .orElseThrow()
                        .sentence())
                .contains("(ends before the one in use)");

        X509Certificate next = world.enrolled(KeySpec.P_256, Duration.ofHours(1), Duration.ofDays(365), NAME);
        assertThat(found(KeySpec.P_256, Optional.of(inUse))
                        .key()
                        .orElseThrow()
                        .request()
                        .publicKey())
                .isEqualTo(next.getPublicKey().getEncoded());
    }

    /** Of a version that no certificate has: Windows keeps what it is given. */
    private Thumbprint putOdd() throws Exception {
        byte[] der = world.authority.issuing().getEncoded();
        int version = 12;
        assertThat(der[version]).isEqualTo((byte) 2);
        der[version] = 9;
        world.server.putOddCertificate(StoreName.MY, der, true);
        return Thumbprint.ofDer(der);
    }

    @Test
    void one_that_does_not_parse_is_passed_over_and_told_and_the_rest_is_looked_at() throws Exception {
        Thumbprint odd = putOdd();

        assertPassedOver("does not parse");
        assertThat(found().instead().orElseThrow().sentence())
                .contains("passed over: " + odd.abbreviated() + "… (does not parse); let auto-enrolment");
        assertThat(world.issuer().test())
                .isEqualTo(
                        "windows-store issuer auto: LocalMachine\\My of host wsus01 holds 0 certificates, 0 of them with keys;"
                                + " beside them " + odd + ", which does not parse and is passed over");

        X509Certificate enrolled = world.enrolled(NAME);

        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        Logger log = (Logger) LoggerFactory.getLogger(WindowsStoreIssuer.class);
        log.addAppender(logged);
        try {
            WindowsStoreIssuer issuer = world.issuer();
            Wished wished = new Wished(SubjectAlternativeNames.ofDns(NAME), KeySpec.P_256, Optional.empty());
            assertThat(issuer.findKey(wished).key().orElseThrow().request().publicKey())
                    .isEqualTo(enrolled.getPublicKey().getEncoded());
            issuer.findKey(wished);
        } finally {
            log.detachAppender(logged);
        }
        assertThat(logged.list)
                .extracting(ILoggingEvent::toString)
                .containsExactly("[WARN] Certificate " + odd
                        + " in LocalMachine\\My of host wsus01 does not parse and is passed over (issuer auto).");
    }

    @Test
    void intermediates_that_do_not_parse_are_passed_over() throws Exception {
        byte[] der = world.authority.issuing().getEncoded();
        der[12] = 9;
        world.server.putOddCertificate(StoreName.CA, der, false);
        X509Certificate enrolled = world.enrolled(NAME);

        assertThat(found().key().orElseThrow().request().publicKey())
                .isEqualTo(enrolled.getPublicKey().getEncoded());
    }

    @Test
    void a_key_that_does_not_sign_for_its_certificate_is_refused() throws Exception {
        X509Certificate enrolled = world.enrolled(NAME);
        world.server.putCertificate(
                StoreName.MY,
                enrolled,
                Optional.of(TestKeys.fresh(KeySpec.P_256).getPrivate()),
                true);

        assertThatThrownBy(this::found)
                .hasMessage(
                        "issuer auto: host wsus01: the private key in LocalMachine\\My does not sign for certificate "
                                + Thumbprint.of(enrolled)
                                + "; remove the certificate there, or repair its key: certutil -repairstore my SERIAL");
    }

    @Test
    void a_certificate_that_went_away_again_is_told() {
        var request = TestRequests.fresh(new TestSealer(), KeySpec.P_256, clock.instant(), NAME);

        assertThatThrownBy(() -> world.issuer().request(request))
                .hasMessage("issuer auto: the certificate of " + request.csr()
                        + " is not in LocalMachine\\My of host wsus01; put it back there, or begin anew with \"certwright renew"
                        + " wsus01 --force\"");
    }

    @Test
    void a_test_counts_what_is_there() throws Exception {
        world.enrolled(NAME);
        world.server.putCertificate(StoreName.MY, world.authority.issuing(), Optional.empty(), false);

        assertThat(world.issuer().test())
                .isEqualTo(
                        "windows-store issuer auto: LocalMachine\\My of host wsus01 holds 2 certificates, 1 of them with keys");
        assertThat(world.issuer(Clock.offset(clock, Duration.ofHours(2).plusSeconds(1)))
                        .test())
                .endsWith("; the host's clock is 2h 0m behind this machine's; correct the one that is wrong");
        assertThat(world.issuer().warnings()).isEmpty();
        world.server.with(Behaviour.FILTERS_TOKEN);
        assertThatThrownBy(() -> world.issuer().test()).hasMessageContaining("has no administrator's token");
    }
}
