package io.certwright.trust.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientGroupName;
import io.certwright.trust.Pin;
import io.certwright.trust.TrustBundle;
import io.certwright.trust.TrustCertificates;
import io.certwright.trust.TrustCertificates.Signer;
import io.certwright.trust.UpdateServer;
import io.certwright.trust.UpdateSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Leaves packages below {@code target/trust-sample}, where {@code .ci/run} has readers look at them that share no code with this. */
class SamplePackageTest {
    private static final Path SAMPLES = Path.of("target", "trust-sample");

    private final Signer root = TrustCertificates.root("Contoso Root CA");
    private final Signer issuing = root.issuingCa("Contoso Issuing CA 2");
    private final X509Certificate alone = TrustCertificates.selfSignedLeaf("wsus03.contoso.com");

    private static ClientGroup group(String name, boolean pinning, UpdateSource updates) {
        return new ClientGroup(
                ClientGroupName.of(name),
                pinning,
                Duration.ofDays(14),
                Duration.ofDays(30),
                List.of(),
                name,
                updates,
                Optional.empty());
    }

    private static UpdateSource updates(X509Certificate... signers) {
        return new UpdateSource(Optional.of(UpdateServer.parse("https://wsus01.contoso.com:8531")), List.of(signers));
    }

    @Test
    void a_package_of_every_source_is_there_for_other_readers() throws Exception {
        TrustBundle everything = new TrustBundle(
                group("everything", true, updates(TrustCertificates.updateSigner("WSUS Publishers Self-signed"))),
                List.of(root.certificate(), alone),
                List.of(issuing.certificate()),
                List.of(
                        new Pin(issuing.leaf("wsus01.contoso.com"), "wsus01"),
                        new Pin(issuing.leaf("wsus02.contoso.com"), "wsus02.contoso.com:8531"),
                        new Pin(alone, "wsus03.contoso.com:8531")),
                List.of("wsus02.contoso.com:8531: its pin is the leaf last seen at 2026-11-01T10:00:00Z"));
        TrustBundle nothing = TrustBundle.empty(group("nothing", false, updates()));

        Path folder = Files.createDirectories(SAMPLES).toAbsolutePath();
        for (TrustBundle bundle : List.of(everything, nothing)) {
            new WindowsTrustPublisher(folder, folder).publish(bundle);
        }

        assertThat(SAMPLES.resolve("everything")).isDirectoryContaining("glob:**/Registry.pol");
        assertThat(SAMPLES.resolve("nothing")).isDirectoryContaining("glob:**/Test-Trust.ps1");
    }
}
