package io.certwright.enrollment.certreq;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.IssuerName;
import io.certwright.lifecycle.Urge;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.testing.IisHouse;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.TestWish;
import io.certwright.windows.StoreName;
import io.certwright.windows.simulated.Behaviour;
import io.certwright.windows.simulated.Mishap;
import io.certwright.windows.simulated.SimulatedAuthority;
import io.certwright.windows.simulated.SimulatedAuthority.Policy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole story with a CA of AD CS that the server itself asks, over a logon that carries no credentials for another machine. */
final class CertreqStoryTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path folder;

    private IisHouse house;
    private SimulatedAuthority authority;

    @BeforeEach
    void open() throws Exception {
        house = new IisHouse(DATABASE);
        authority = new SimulatedAuthority("Contoso CA", List.of("WebServer"), house.bench.clock, RANDOM);
        house.server.with(Behaviour.LOGS_ON_BY_KEY).reach("ca01\\Contoso CA", authority);
        house.server.putCertificate(StoreName.ROOT, authority.root(), Optional.empty(), false);
        Path root = Files.writeString(folder.resolve("root.pem"), PemCodec.certificate(authority.root()));
        house.bench.add(new CertreqIssuer(
                new IssuerName("corp-ca"),
                new CertreqSettings(
                        "wsus01", "ca01\\Contoso CA", Optional.of("WebServer"), List.of(root), Duration.ofMinutes(30)),
                new CertreqParts(
                        house.server.host(),
                        new MemoryIssuerMemory(),
                        house.bench.clock,
                        RANDOM,
                        house.bench.clock::advance)));
        house.bench.inForce(TestWish.named("wsus01").from("corp-ca").boundTo(house.bound()));
    }

    @AfterEach
    void shut() {
        house.close();
    }

    @Test
    void a_key_of_ours_is_certified_and_served() throws Exception {
        RenewalOutcome outcome = house.bench.renew();

        assertThat(outcome).as(outcome.sentence()).isInstanceOf(RenewalOutcome.Renewed.class);
        assertThat(house.served()).contains(house.inUse());
        assertThat(house.server.called()).contains("Invoke-AsSystem", "Submit-CaRequest", "Import-Pfx");
        assertThat(house.server.certificates(StoreName.CA)).contains(authority.issuing());
    }

    @Test
    void a_key_of_the_host_is_certified_once_a_person_approved_and_joins_its_key() throws Exception {
        house.makeKeysOnHost();
        house.bench.inForce(TestWish.named("wsus01").from("corp-ca").keyOnHost().boundTo(house.bound()));
        authority.decides(Policy.ASKS_A_PERSON);

        RenewalOutcome waiting = house.bench.renew();
        assertThat(waiting).as(waiting.sentence()).isInstanceOf(RenewalOutcome.Waiting.class);
        assertThat(waiting.sentence()).contains("request 1 is not decided at ca01\\Contoso CA");
        authority.approveAll();
        house.bench.clock.advance(Duration.ofHours(1));
        RenewalOutcome outcome = house.bench.renew();

        assertThat(outcome).as(outcome.sentence()).isInstanceOf(RenewalOutcome.Renewed.class);
        assertThat(house.served()).contains(house.inUse());
        assertThat(authority.requests()).isEqualTo(1);
        assertThat(house.server.called())
                .containsSubsequence(
                        "New-HostRequest", "Submit-CaRequest", "Receive-CaCertificate", "Install-HostCertificate")
                .doesNotContain("Import-Pfx");
    }

    @Test
    void an_answer_that_was_lost_is_asked_for_once_more_at_most() throws Exception {
        house.server.plan(Mishap.at("Invoke-AsSystem", true, Mishap.Kind.CONNECTION_LOST));
        RenewalOutcome lost = house.bench.renew();
        assertThat(lost).as(lost.sentence()).isInstanceOf(RenewalOutcome.Failed.class);

        house.bench.clock.advance(Duration.ofMinutes(5));
        house.server.plan(Mishap.at("Invoke-AsSystem", true, Mishap.Kind.CONNECTION_LOST));
        house.bench.renew(Urge.FORCE);
        house.bench.clock.advance(Duration.ofMinutes(5));
        RenewalOutcome third = house.bench.renew();

        assertThat(third.sentence())
                .contains(
                        "issuer corp-ca: asked 2 times with the same CSR and the answers were lost; look there for certificates");
        assertThat(authority.requests()).isEqualTo(2);
    }

    @Test
    void a_denial_is_told_in_the_words_of_the_ca_and_not_repeated() throws Exception {
        authority.decides(Policy.DENIES);

        RenewalOutcome denied = house.bench.renew();

        assertThat(denied).isInstanceOf(RenewalOutcome.DeniedByCa.class);
        assertThat(denied.sentence()).contains("Denied by Policy Module", "CERTSRV_E_TEMPLATE_DENIED");
        house.bench.renew();
        assertThat(authority.requests()).isEqualTo(1);
    }
}
