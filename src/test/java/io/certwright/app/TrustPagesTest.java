package io.certwright.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.binding.listener.Content;
import io.certwright.certificate.Thumbprint;
import io.certwright.testing.MovableClock;
import io.certwright.trust.Audience;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientGroupName;
import io.certwright.trust.ClientTrust;
import io.certwright.trust.MemoryTrustRepository;
import io.certwright.trust.TrustBundle;
import io.certwright.trust.TrustCertificates;
import io.certwright.trust.TrustPublisher;
import io.certwright.trust.windows.WindowsTrustPublisher;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustPagesTest {
    private static final ClientGroup GROUP = new ClientGroup(
            ClientGroupName.of("wsus-clients"), false, Duration.ofDays(14), Duration.ofDays(30), List.of(), "trust");
    private static final ClientGroup OTHER = new ClientGroup(
            ClientGroupName.of("empty"), false, Duration.ofDays(14), Duration.ofDays(30), List.of(), "empty");

    private final TrustCertificates.Signer root = TrustCertificates.root("Contoso Root CA");
    private final MemoryTrustRepository trust = new MemoryTrustRepository();
    private final TrustPages pages = new TrustPages(() -> Map.of(GROUP.name(), GROUP, OTHER.name(), OTHER), trust);

    @TempDir
    private Path folder;

    @BeforeEach
    void publish() throws Exception {
        TrustPublisher publisher = new WindowsTrustPublisher(folder, folder);
        new ClientTrust(trust, publisher, new MovableClock(Instant.parse("2026-12-01T12:00:00Z")))
                .ensurePublished(
                        new TrustBundle(GROUP, List.of(root.certificate()), List.of(), List.of()),
                        List.of(),
                        Audience.CLIENTS);
    }

    @Test
    void each_file_is_served_as_it_stands_in_the_folder() throws Exception {
        String certificate = "root-contoso-root-ca-" + Thumbprint.of(root.certificate()) + ".cer";
        for (String name : List.of(certificate, "root.p7b", "manifest.json", "README.html", "Import-Trust.ps1")) {
            assertThat(pages.find("/trust/wsus-clients/" + name).map(Content::body))
                    .as(name)
                    .hasValue(Files.readAllBytes(folder.resolve("trust").resolve(name)));
        }
        assertThat(pages.find("/trust/wsus-clients/" + certificate).map(Content::type))
                .contains("application/pkix-cert");
        assertThat(pages.find("/trust/wsus-clients/Import-Trust.ps1").map(Content::type))
                .contains("application/octet-stream");
    }

    @Test
    void the_folder_itself_is_its_readme() throws Exception {
        Content readme = pages.find("/trust/wsus-clients/").orElseThrow();

        assertThat(readme.type()).isEqualTo("text/html; charset=utf-8");
        assertThat(new String(readme.body(), StandardCharsets.US_ASCII))
                .contains("Trust for the clients of wsus-clients");
    }

    @Test
    void nothing_else_is_there() throws Exception {
        for (String path : List.of(
                "/trust/",
                "/trust/wsus-clients",
                "/trust/empty/README.html",
                "/trust/unknown/README.html",
                "/trust/wsus-clients/.lock",
                "/trust/wsus-clients/../trust/README.html",
                "/trust/wsus-clients/..%2fmanifest.json",
                "/trust/wsus-clients/versions/manifest.json")) {
            assertThat(pages.find(path)).as(path).isEmpty();
        }
    }

    @Test
    void a_changed_setting_is_served_at_once() throws Exception {
        Content before = pages.find("/trust/wsus-clients/manifest.json").orElseThrow();
        ClientGroup pinning = new ClientGroup(
                GROUP.name(), true, GROUP.waitingTime(), GROUP.retireAfter(), List.of(), GROUP.publishTo());
        TrustPages changed = new TrustPages(() -> Map.of(GROUP.name(), pinning), trust);

        assertThat(changed.find("/trust/wsus-clients/manifest.json")
                        .orElseThrow()
                        .body())
                .isNotEqualTo(before.body());
    }
}
