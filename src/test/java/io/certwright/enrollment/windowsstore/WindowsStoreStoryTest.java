package io.certwright.enrollment.windowsstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.KeySpec;
import io.certwright.certificate.Thumbprint;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.testing.IisHouse;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.TestWish;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole story with certificates that auto-enrolment puts into the server's store. */
final class WindowsStoreStoryTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    Path folder;

    private IisHouse house;
    private StoreWorld world;

    @BeforeEach
    void open() throws Exception {
        house = new IisHouse(DATABASE);
        world = new StoreWorld(house.server, folder, house.bench.clock);
        house.bench.add(world.issuer());
        house.makeKeysOnHost();
        house.bench.inForce(TestWish.named("wsus01").from("auto").keyOnHost().boundTo(house.bound()));
    }

    @AfterEach
    void shut() {
        house.close();
    }

    @Test
    void waits_until_one_comes_and_then_binds_it_where_it_is() throws Exception {
        RenewalOutcome waiting = house.bench.renew();

        assertThat(waiting).as(waiting.sentence()).isInstanceOf(RenewalOutcome.Waiting.class);
        assertThat(waiting.sentence())
                .startsWith(
                        "waiting: issuer auto: no certificate for wsus01.contoso.com has come into LocalMachine\\My of host"
                                + " wsus01 yet");
        assertThat(house.bench.renew()).isInstanceOf(RenewalOutcome.Waiting.class);

        X509Certificate enrolled = world.enrolled(IisHouse.NAME);
        RenewalOutcome outcome = house.bench.renew();

        assertThat(outcome).as(outcome.sentence()).isInstanceOf(RenewalOutcome.Renewed.class);
        assertThat(house.served()).contains(Thumbprint.of(enrolled));
        assertThat(house.bench.inUse().key()).isEmpty();
        assertThat(house.bench.told()).anyMatch(step -> step.startsWith("key: P-256 key found on the host"));
        assertThat(house.server.called())
                .doesNotContain("New-HostRequest", "Import-Pfx", "Install-HostCertificate", "Submit-CaRequest");
    }

    @Test
    void a_renewal_waits_for_the_next_one_and_never_takes_the_old_one_again() throws Exception {
        X509Certificate first = world.enrolled(IisHouse.NAME);
        house.bench.renewed();
        house.bench.clock.advance(Duration.ofDays(250));

        RenewalOutcome waiting = house.bench.renew();
        assertThat(waiting.sentence()).contains(Thumbprint.of(first).abbreviated() + "… (in use already)");

        X509Certificate next = world.enrolled(KeySpec.P_256, Duration.ofHours(1), Duration.ofDays(364), IisHouse.NAME);
        RenewalOutcome outcome = house.bench.renew();

        assertThat(outcome).as(outcome.sentence()).isInstanceOf(RenewalOutcome.Renewed.class);
        assertThat(house.served()).contains(Thumbprint.of(next));
    }
}
