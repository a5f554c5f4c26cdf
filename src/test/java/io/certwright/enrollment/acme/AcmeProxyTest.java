package io.certwright.enrollment.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.certwright.certificate.KeySpec;
import io.certwright.enrollment.Issued;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.http.HttpAccess;
import io.certwright.testing.ConnectProxy;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.MovableClock;
import io.certwright.testing.TestNames;
import io.certwright.testing.TestPebble;
import io.certwright.testing.TestRequests;
import io.certwright.testing.TestSealer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way to a CA: through a proxy that really tunnels, and with clocks that do not agree. */
class AcmeProxyTest {
    private static final TestSealer SEALER = new TestSealer();

    @TempDir
    static Path folder;

    private static TestNames names;
    private static TestPebble pebble;

    private final ConnectProxy proxy = new ConnectProxy();

    @BeforeAll
    static void startServers() {
        names = TestNames.start(folder.resolve("names"));
        pebble = TestPebble.start(folder.resolve("pebble"), names.address(), Map.of());
    }

    @AfterAll
    static void stopServers() throws Exception {
        if (pebble != null) {
            pebble.close();
        }
        if (names != null) {
            names.close();
        }
    }

    @AfterEach
    void stopProxy() {
        proxy.close();
    }

    private AcmeIssuer throughProxy(Clock clock) {
        AcmeSettings settings = new AcmeSettings(
                pebble.directory(),
                new HttpAccess(List.of(pebble.tlsRoot()), Optional.of(proxy.address())),
                List.of(),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(pebble.root()),
                Optional.of(AcmeBench.listening(pebble.httpPort())),
                Optional.empty());
        return new AcmeIssuer(
                AcmeBench.NAME,
                settings,
                new AcmeParts(
                        new MemoryIssuerMemory(),
                        SEALER,
                        clock,
                        new SecureRandom(),
                        AcmeBench::pause,
                        AcmeBench::noHost));
    }

    @Test
    void everything_goes_through_the_tunnel_and_the_ca_itself_is_still_checked() throws Exception {
        AcmeIssuer issuer = throughProxy(Clock.systemUTC());
        assertThat(issuer.request(TestRequests.fresh(SEALER, KeySpec.P_256, Instant.now(), "wsus.certwright.test")))
                .isInstanceOf(Issued.class);
        assertThat(issuer.test())
                .isEqualTo("acme issuer pebble: " + pebble.directory()
                        + " answers, the account is known; http-01 can answer on 127.0.0.1:" + pebble.httpPort());
        assertThat(proxy.asked())
                .isNotEmpty()
                .allMatch(line -> line.equals("CONNECT 127.0.0.1:" + pebble.port() + " HTTP/1.1"));
    }

    @Test
    void a_proxy_that_lets_nobody_through_is_a_ca_out_of_reach() {
        proxy.refuse();
        LifecycleException failure = catchThrowableOfType(
                LifecycleException.class, () -> throughProxy(Clock.systemUTC()).test());
        assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
        assertThat(failure)
                .hasMessageStartingWith("issuer pebble: testing it, the CA cannot be reached (")
                .hasMessageEndingWith("; check the address, the network and proxy");
    }

    @Test
    void clocks_that_do_not_agree_are_told() throws Exception {
        MovableClock late = new MovableClock(Instant.now().minus(Duration.ofMinutes(95)));
        assertThat(throughProxy(late).test())
                .contains("; its clock is 1h 3")
                .contains("m ahead of this machine's; correct the one that is wrong");
    }
}
