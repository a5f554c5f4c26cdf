package io.certwright.app;

import io.certwright.cli.Surroundings;
import io.certwright.cli.WrongUsage;
import io.certwright.config.Faults;
import io.certwright.config.SettingsFile;
import io.certwright.crypto.CertificateFiles;
import io.certwright.crypto.SecretBytes;
import io.certwright.failure.LifecycleException;
import io.certwright.lookup.IssuerLookup;
import io.certwright.lookup.NameLookup;
import io.certwright.lookup.RevocationLookup;
import io.certwright.lookup.dns.SystemNames;
import io.certwright.lookup.revocation.HttpIssuers;
import io.certwright.lookup.revocation.HttpRevocation;
import io.certwright.probe.TlsProbe;
import io.certwright.probe.jsse.JsseTlsProbe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** This machine's clock, network and trust, and the trust anchors of a settings file if there is one. */
final class RealSurroundings implements Surroundings {
    private static final Duration LIMIT_OF_A_LOOK = Duration.ofSeconds(10);

    private final Clock clock;
    private final Path settings;
    private final Map<String, String> environment;
    private final Person person = new Person();

    RealSurroundings(Clock clock, Path settings, Map<String, String> environment) {
        this.clock = clock;
        this.settings = settings;
        this.environment = environment;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public TlsProbe probe() {
        return new JsseTlsProbe(LIMIT_OF_A_LOOK);
    }

    @Override
    public NameLookup names() {
        return new SystemNames(clock);
    }

    @Override
    public IssuerLookup issuers() {
        return new HttpIssuers(clock);
    }

    @Override
    public RevocationLookup revocation() {
        return new HttpRevocation(clock);
    }

    @Override
    public boolean isInteractive() {
        return person.isThere();
    }

    @Override
    public Optional<String> ask(String question) throws InterruptedException {
        return person.ask(question);
    }

    @Override
    public Optional<SecretBytes> askSecret(String question) throws InterruptedException {
        return person.askSecret(question);
    }

    @Override
    public boolean isOnWindows() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }

    @Override
    public boolean hasSettings() {
        return Files.exists(settings);
    }

    /** Reads this one key alone: a fault elsewhere in the settings is no reason not to look at a file. */
    @Override
    public List<X509Certificate> configuredAnchors() throws LifecycleException {
        if (!Files.exists(settings)) {
            return List.of();
        }
        Faults faults = new Faults();
        List<Path> files = new SettingsFile(settings, environment)
                .read(faults)
                .map(root -> root.paths("trust-anchors"))
                .orElse(List.of());
        if (!faults.isEmpty()) {
            throw new WrongUsage(faults.toString());
        }
        return CertificateFiles.readAll(files);
    }

    @Override
    public List<X509Certificate> systemAnchors() throws LifecycleException {
        return SystemAnchors.read();
    }
}
