package io.certwright.enrollment.acme;

import io.certwright.config.SecretText;
import io.certwright.crypto.KeySealer;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.PollPause;
import io.certwright.http.HttpAccess;
import io.certwright.probe.Endpoint;
import io.certwright.testing.TestNames;
import io.certwright.testing.TestPebble;
import io.certwright.windows.WindowsHost;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Makes issuers against a pebble, on the real clock. */
public final class AcmeBench {
    public static final IssuerName NAME = new IssuerName("pebble");

    private static final SecureRandom RANDOM = new SecureRandom();

    private AcmeBench() {}

    public static AcmeIssuer issuer(AcmeSettings settings, IssuerMemory memory, KeySealer sealer) {
        return issuer(settings, memory, sealer, AcmeBench::pause, AcmeBench::noHost);
    }

    static AcmeIssuer issuer(
            AcmeSettings settings, IssuerMemory memory, KeySealer sealer, Function<String, WindowsHost> hosts) {
        return issuer(settings, memory, sealer, AcmeBench::pause, hosts);
    }

    static AcmeIssuer pausing(AcmeSettings settings, IssuerMemory memory, KeySealer sealer, PollPause pause) {
        return issuer(settings, memory, sealer, pause, AcmeBench::noHost);
    }

    private static AcmeIssuer issuer(
            AcmeSettings settings,
            IssuerMemory memory,
            KeySealer sealer,
            PollPause pause,
            Function<String, WindowsHost> hosts) {
        return new AcmeIssuer(NAME, settings, new AcmeParts(memory, sealer, Clock.systemUTC(), RANDOM, pause, hosts));
    }

    // Handed over, never called.
    @SuppressWarnings("DoNotCallSuggester")
    static WindowsHost noHost(String name) {
        throw new IllegalStateException("asked for host " + name);
    }

    public static AcmeSettings http01(TestPebble pebble) {
        return settings(pebble, Optional.of(listening(pebble.httpPort())), Optional.empty());
    }

    /** By http-01, asked through a relay at this port, whose root lies in the file. */
    static AcmeSettings http01(TestPebble pebble, int relayPort, Path relayRoot) {
        return through(relayPort, relayRoot, pebble, Optional.of(listening(pebble.httpPort())), Optional.empty());
    }

    /** Asked through a relay at this port, whose root lies in the file. */
    static AcmeSettings through(
            int relayPort,
            Path relayRoot,
            TestPebble pebble,
            Optional<Http01Settings> http,
            Optional<Dns01Settings> dns) {
        return new AcmeSettings(
                URI.create("https://127.0.0.1:" + relayPort + "/dir"),
                new HttpAccess(List.of(relayRoot), Optional.empty()),
                List.of(),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(pebble.root()),
                http,
                dns);
    }

    static Http01Settings listening(int port) {
        return Http01Settings.listening(Endpoint.of("127.0.0.1", port));
    }

    static Dns01Settings updating(TestNames names, String key) {
        return new Dns01Settings(
                Optional.of(Endpoint.of("127.0.0.1", names.port())),
                Optional.of(new Dns01Settings.Tsig(TestNames.KEY_NAME, "hmac-sha256", SecretText.of(key))),
                Optional.empty(),
                List.of(),
                Duration.ZERO);
    }

    static AcmeSettings settings(TestPebble pebble, Optional<Http01Settings> http, Optional<Dns01Settings> dns) {
        return new AcmeSettings(
                pebble.directory(),
                new HttpAccess(List.of(pebble.tlsRoot()), Optional.empty()),
                List.of("pki@certwright.test"),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.<Path>of(pebble.root()),
                http,
                dns);
    }

    static void pause(Duration duration) {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
