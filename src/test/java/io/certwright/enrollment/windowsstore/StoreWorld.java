package io.certwright.enrollment.windowsstore;

import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.config.LifetimeShare;
import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.IssuerName;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.TestKeys;
import io.certwright.windows.StoreName;
import io.certwright.windows.simulated.SimulatedAuthority;
import io.certwright.windows.simulated.SimulatedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A simulated server into whose store auto-enrolment puts certificates of a CA that really signs. */
final class StoreWorld {
    private static final SecureRandom RANDOM = new SecureRandom();

    final MemoryIssuerMemory memory = new MemoryIssuerMemory();
    final SimulatedServer server;
    final SimulatedAuthority authority;
    private final Clock clock;
    private final Path root;

    StoreWorld(SimulatedServer server, Path folder, Clock clock) throws IOException {
        this.clock = clock;
        this.server = server;
        this.authority = new SimulatedAuthority("Contoso CA", List.of("WebServer"), clock, RANDOM);
        this.root = Files.writeString(folder.resolve("root.pem"), PemCodec.certificate(authority.root()));
        server.putCertificate(StoreName.CA, authority.issuing(), Optional.empty(), false);
        server.putCertificate(StoreName.ROOT, authority.root(), Optional.empty(), false);
    }

    WindowsStoreIssuer issuer() {
        return issuer(memory);
    }

    WindowsStoreIssuer issuer(IssuerMemory seen) {
        return issuer(seen, clock);
    }

    /** On a machine whose clock is another than the host's. */
    WindowsStoreIssuer issuer(Clock ours) {
        return issuer(memory, ours);
    }

    private WindowsStoreIssuer issuer(IssuerMemory seen, Clock ours) {
        return new WindowsStoreIssuer(
                new IssuerName("auto"),
                new WindowsStoreSettings("wsus01", new LifetimeShare(500), List.of(root), Duration.ofHours(1)),
                new WindowsStoreParts(server.host(), seen, ours));
    }

    X509Certificate enrolled(KeySpec spec, Duration age, Duration left, String... dns) {
        KeyPair key = TestKeys.fresh(spec);
        Instant now = clock.instant();
        X509Certificate certificate = authority.sign(
                SubjectAlternativeNames.ofDns(dns),
                key.getPublic().getEncoded(),
                new ValidityPeriod(now.minus(age), now.plus(left)));
        server.putCertificate(StoreName.MY, certificate, Optional.of(key.getPrivate()), true);
        return certificate;
    }

    /** A good one, a day old and valid for a year. */
    X509Certificate enrolled(String... dns) {
        return enrolled(KeySpec.P_256, Duration.ofDays(1), Duration.ofDays(364), dns);
    }
}
