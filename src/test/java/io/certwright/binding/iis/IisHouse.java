package io.certwright.binding.iis;

import io.certwright.binding.HostName;
import io.certwright.certificate.DnsName;
import io.certwright.certificate.Thumbprint;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.LifecyclePorts;
import io.certwright.lifecycle.wish.Host;
import io.certwright.lifecycle.wish.HostMode;
import io.certwright.probe.jsse.JsseTlsProbe;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.TestWish;
import io.certwright.windows.WindowsHost;
import io.certwright.windows.simulated.FreshWsus;
import io.certwright.windows.simulated.SimulatedServer;
import io.certwright.windows.simulated.TlsFront;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The whole story over a simulated WSUS server with real TLS listeners: production classes, a real database and a real probe. */
final class IisHouse implements AutoCloseable {
    static final String NAME = "wsus01.contoso.com";
    private static final HostName HOST = new HostName("wsus01");
    private static final SecureRandom RANDOM = new SecureRandom();

    final int https = freePort();
    final int http = freePort();
    final StoryBench bench;
    final SimulatedServer server;
    private final TlsFront front;

    IisHouse(TestDatabase database) throws Exception {
        bench = new StoryBench(database);
        server = FreshWsus.on(new SimulatedServer("wsus01", 17763, bench.clock, RANDOM), http, https);
        server.knowName(NAME, List.of("127.0.0.1"));
        front = TlsFront.open(server, List.of("127.0.0.1"));
        bench.wishes.put(new Host(HOST, HostMode.MANAGE, Optional.empty()));
        reach(server.host());
        bench.inForce(TestWish.named("wsus01").boundTo(binding(server.host())));
    }

    /** Calls go this way from now on; a new story, as after a start of the process. */
    void reach(WindowsHost host) {
        IisBinding binding = binding(host);
        bench.with(old -> new LifecyclePorts(
                old.wishes(),
                old.issuers(),
                name -> binding,
                old.keys(),
                old.policy(),
                new JsseTlsProbe(Duration.ofSeconds(10)),
                old.trustPublisher(),
                old.repositories(),
                old.clock(),
                old.pause()));
    }

    private IisBinding binding(WindowsHost host) {
        return new IisBinding(
                new IisSettings(HOST, FreshWsus.SITE, https),
                new IisServer(host, "127.0.0.1", List.of(DnsName.parse(NAME))),
                bench.sealer(),
                RANDOM);
    }

    void mode(HostMode mode) {
        bench.wishes.put(new Host(HOST, mode, Optional.empty()));
    }

    /** What http.sys serves on the port of WSUS. */
    Optional<Thumbprint> served() {
        return Optional.ofNullable(server.httpSysTable().get("ipport=0.0.0.0:" + https));
    }

    Thumbprint inUse() throws LifecycleException {
        return bench.inUse().certificate().thumbprint();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    @Override
    public void close() {
        front.close();
    }
}
