package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.CertificateName;
import io.certwright.certificate.Thumbprint;
import io.certwright.lifecycle.record.RenewalRepository;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.testing.MovableClock;
import io.certwright.trust.Audience;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientTrust;
import io.certwright.trust.MemoryTrustRepository;
import io.certwright.trust.Pin;
import io.certwright.trust.PublishedPackage;
import io.certwright.trust.TrustBundle;
import io.certwright.trust.TrustCertificates;
import io.certwright.trust.TrustPublisher;
import io.certwright.trust.TrustRepository;
import io.certwright.trust.windows.WindowsTrustPublisher;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustCommandTest {
    private static final String NL = System.lineSeparator();
    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
    private static final Instant LATER = Instant.parse("2026-12-15T12:00:00Z");
    private static final TrustCertificates.Signer ROOT = TrustCertificates.root("Contoso Root");
    private static final X509Certificate LEAF = ROOT.leaf("wsus01.contoso.com");
    private static final TrustBundle BUNDLE = new TrustBundle(
            GivenWishes.GROUP, List.of(ROOT.certificate()), List.of(), List.of(new Pin(LEAF, "wsus01")));

    private final MovableClock clock = new MovableClock(NOON);
    private final MemoryTrustRepository trust = new MemoryTrustRepository();
    private final OpenRenewals renewals = new OpenRenewals();

    private Run run(String... words) {
        return Run.of(
                OpenedHouse.of(new ClosedRooms() {
                    @Override
                    public Clock clock() {
                        return clock;
                    }

                    @Override
                    public Wishes wishes() {
                        return new GivenWishes(GivenWishes.wish("wsus01", "corp", "wsus-clients"));
                    }

                    @Override
                    public TrustRepository trust() {
                        return trust;
                    }

                    @Override
                    public RenewalRepository renewals() {
                        return renewals;
                    }

                    @Override
                    public TrustPublisher publisherTo(Path folder) {
                        return new WindowsTrustPublisher(folder, folder);
                    }
                }),
                words);
    }

    private void publish() throws Exception {
        new ClientTrust(trust, bundle -> new PublishedPackage("/srv/trust", "A".repeat(64)), clock)
                .ensurePublished(BUNDLE, List.of(), Audience.CLIENTS);
    }

    @Test
    void says_that_nothing_is_published_yet() {
        assertThat(run("trust", "status"))
                .isEqualTo(new Run(0, "client group wsus-clients: nothing published yet" + NL, ""));
        assertThat(run("trust", "status", "--json").out())
                .isEqualTo("{\"groups\":[{\"name\":\"wsus-clients\",\"pinning\":true,\"published\":false,"
                        + "\"certificates\":[],\"waiting\":[]}]}" + NL);
        assertThat(run("trust", "export", "wsus-clients", "--out", "nowhere"))
                .isEqualTo(new Run(
                        1,
                        "",
                        "certwright: client group wsus-clients: nothing was published for it yet;"
                                + " the first renewal of one of its certificates does" + NL));
    }

    @Test
    void says_from_when_on_clients_have_it_and_who_waits() throws Exception {
        publish();
        renewals.waitToBind(CertificateName.of("wsus01"), NOON);
        LocalTimes times = LocalTimes.here();

        Run status = run("trust", "status", "wsus-clients");

        assertThat(status.exit()).isEqualTo(10);
        assertThat(status.out().lines().toList())
                .startsWith(
                        "client group wsus-clients: effective only from " + times.moment(LATER)
                                + " (the root certificate "
                                + Thumbprint.of(ROOT.certificate()).abbreviated()
                                + ": clients of wsus-clients get 14d to take it)",
                        "  published " + times.moment(NOON) + " to /srv/trust")
                .anyMatch(line -> line.startsWith("  root certificate")
                        && line.contains(Thumbprint.of(ROOT.certificate()).hex())
                        && line.endsWith("CN=Contoso Root  " + times.moment(LATER)))
                .anyMatch(line -> line.startsWith("  pin") && line.endsWith(times.moment(NOON)))
                .endsWith(
                        "  waiting for these clients: wsus01; \"certwright trust confirm wsus-clients\" ends the wait");
        assertThat(run("trust", "status", "--json").out())
                .contains(
                        "\"publishedAt\":\"2026-12-01T12:00:00Z\",\"effectiveFrom\":\"2026-12-15T12:00:00Z\",\"effective\":false",
                        "\"waiting\":[\"wsus01\"]");
    }

    @Test
    void is_content_once_the_wait_is_over() throws Exception {
        publish();
        clock.advance(Duration.ofDays(14));

        Run status = run("trust", "status");

        assertThat(status.exit()).isZero();
        assertThat(status.out())
                .startsWith("client group wsus-clients: effective since "
                        + LocalTimes.here().moment(LATER));
    }

    @Test
    void writes_the_present_package_to_another_folder(@TempDir Path folder) throws Exception {
        publish();
        Path out = folder.resolve("usb");

        assertThat(run("trust", "export", "wsus-clients", "--out", out.toString()))
                .isEqualTo(new Run(0, "package for wsus-clients written to " + out + NL, ""));
        assertThat(new WindowsTrustPublisher(out, out).find(here(BUNDLE))).isPresent();
        assertThat(out).isDirectoryContaining("glob:**/*.p7b");
    }

    private static TrustBundle here(TrustBundle bundle) {
        var group = new ClientGroup(
                GivenWishes.GROUP.name(), true, Duration.ofDays(14), Duration.ofDays(30), List.of(), ".");
        return new TrustBundle(group, bundle.anchors(), bundle.intermediates(), bundle.pins());
    }

    @Test
    void names_the_group_that_was_perhaps_meant() {
        assertThat(run("trust", "status", "wsus-client"))
                .isEqualTo(new Run(
                        2,
                        "",
                        "certwright: client group \"wsus-client\": not in the settings;"
                                + " did you mean \"wsus-clients\"?" + NL));
        assertThat(run("trust", "export", "no such group!", "--out", "x"))
                .isEqualTo(new Run(
                        2,
                        "",
                        "certwright: client group \"no such group!\": not in the settings; there are: wsus-clients"
                                + NL));
    }
}
