package io.certwright.enrollment.certreq;

import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.IssuerName;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.windows.WindowsHost;
import io.certwright.windows.simulated.SimulatedAuthority;
import io.certwright.windows.simulated.SimulatedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A simulated server in the domain of a CA that really signs, and issuers on it. */
final class CertreqWorld {
    static final String CA = "ca01.contoso.com\\Contoso Issuing CA";
    private static final SecureRandom RANDOM = new SecureRandom();

    final MemoryIssuerMemory memory = new MemoryIssuerMemory();
    final SimulatedServer server;
    final SimulatedAuthority authority;
    private final Clock clock;
    private final Path root;

    CertreqWorld(Path folder, Clock clock) throws IOException {
        this.clock = clock;
        this.server = new SimulatedServer("wsus01", 17763, clock, RANDOM);
        this.authority = new SimulatedAuthority("Contoso Issuing CA", List.of("Machine", "WebServer"), clock, RANDOM);
        this.root = Files.writeString(folder.resolve("root.pem"), PemCodec.certificate(authority.root()));
        server.reach(CA, authority);
    }

    CertreqIssuer issuer() {
        return issuer(server.host(), "WebServer");
    }

    CertreqIssuer issuer(WindowsHost host, String template) {
        return issuer(host, template, memory);
    }

    CertreqIssuer issuer(WindowsHost host, String template, IssuerMemory seen) {
        return issuer(host, template, seen, clock);
    }

    /** On a machine whose clock is another than the host's. */
    CertreqIssuer issuer(Clock ours) {
        return issuer(server.host(), "WebServer", memory, ours);
    }

    private CertreqIssuer issuer(WindowsHost host, String template, IssuerMemory seen, Clock ours) {
        CertreqSettings settings =
                new CertreqSettings("wsus01", CA, Optional.of(template), List.of(root), Duration.ofMinutes(30));
        return new CertreqIssuer(
                new IssuerName("corp-ca"), settings, new CertreqParts(host, seen, ours, RANDOM, CertreqWorld::pause));
    }

    private static void pause(Duration duration) {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
