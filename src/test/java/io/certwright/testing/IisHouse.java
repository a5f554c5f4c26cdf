package io.certwright.testing;

import io.certwright.binding.BindingName;
import io.certwright.binding.HostName;
import io.certwright.binding.iis.IisBinding;
import io.certwright.binding.iis.IisServer;
import io.certwright.binding.iis.IisSettings;
import io.certwright.certificate.CertificateSigningRequest;
import io.certwright.certificate.DnsName;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.certificate.Thumbprint;
import io.certwright.failure.LifecycleException;
import io.certwright.key.windows.HostKeys;
import io.certwright.lifecycle.Keys;
import io.certwright.lifecycle.LifecyclePorts;
import io.certwright.lifecycle.wish.Host;
import io.certwright.lifecycle.wish.HostMode;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.probe.jsse.JsseTlsProbe;
import io.certwright.windows.StoreName;
import io.certwright.windows.WindowsHost;
import io.certwright.windows.simulated.FreshWsus;
import io.certwright.windows.simulated.SimulatedServer;
import io.certwright.windows.simulated.TlsFront;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole story over a simulated WSUS server with real TLS listeners: production classes, a real database and a real probe. */
public final class IisHouse implements AutoCloseable {
    public static final String NAME = "wsus01.contoso.com";
    public static final HostName HOST = new HostName("wsus01");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Plain HTTP is on the port below HTTPS, as WSUS has it. */
    public final int http = FreePorts.pair();

    public final int https = http + 1;
    public final StoryBench bench;
    public final SimulatedServer server;
    private final TlsFront front;
    private final Map<BindingName, IisBinding> bindings = new LinkedHashMap<>();
    private List<Integer> ports = List.of(https);
    private WindowsHost calls;

    public IisHouse(TestDatabase database) throws Exception {
        this(database, List.of());
    }

    /** @param others further https ports of the site, without certificate too, and not in the settings until {@link #bindOn} says so */
    public IisHouse(TestDatabase database, List<Integer> others) throws Exception {
        bench = new StoryBench(database);
        server = FreshWsus.on(new SimulatedServer("wsus01", 17763, bench.clock, RANDOM), http, https);
        others.forEach(port -> server.addBinding(FreshWsus.SITE_ID, "https", "*:" + port + ":", 0));
        server.knowName(NAME, List.of("127.0.0.1"));
        for (X509Certificate anchor : bench.issuer.anchors()) {
            server.putCertificate(StoreName.ROOT, anchor, Optional.empty(), false);
        }
        front = TlsFront.open(server, List.of("127.0.0.1"));
        bench.wishes.put(new Host(HOST, HostMode.MANAGE, Optional.empty()));
        calls = server.host();
        bindOn(List.of(https));
    }

    /** The settings bind the certificate on these ports of the site from now on, in this order. */
    public void bindOn(List<Integer> wished) {
        ports = List.copyOf(wished);
        reach(calls);
        bench.inForce(TestWish.named("wsus01").boundTo(bindings.values().toArray(IisBinding[]::new)));
    }

    /** Calls go this way from now on; a new story, as after a start of the process. */
    public void reach(WindowsHost host) {
        calls = host;
        bindings.clear();
        for (int port : ports) {
            IisBinding binding = binding(host, port);
            bindings.put(binding.name(), binding);
        }
        Map<BindingName, IisBinding> all = Map.copyOf(bindings);
        bench.with(old -> new LifecyclePorts(
                old.wishes(),
                old.issuers(),
                old.circuits(),
                all::get,
                old.keys(),
                old.policy(),
                new JsseTlsProbe(Duration.ofSeconds(10)),
                old.lookups(),
                old.trustPublisher(),
                old.repositories(),
                old.clock(),
                old.pause()));
    }

    /** From now on keys are made on the server, as for {@code origin: host}, and none here. */
    public void makeKeysOnHost() {
        HostKeys there = new HostKeys(server.host());
        Keys onHost = new Keys() {
            @Override
            public KeyWithRequest make(KeySpec spec, SubjectAlternativeNames names) {
                throw new AssertionError("a key was made here");
            }

            @Override
            public HostKey makeOnHost(ManagedCertificate wish) throws LifecycleException {
                CertificateSigningRequest request = there.make(wish.key(), wish.names());
                return new HostKey(there.referenceOf(request), request);
            }
        };
        bench.with(old -> new LifecyclePorts(
                old.wishes(),
                old.issuers(),
                old.circuits(),
                old.bindings(),
                onHost,
                old.policy(),
                old.probe(),
                old.lookups(),
                old.trustPublisher(),
                old.repositories(),
                old.clock(),
                old.pause()));
    }

    private IisBinding binding(WindowsHost host, int port) {
        return new IisBinding(
                new IisSettings(HOST, FreshWsus.SITE, port),
                new IisServer(host, "127.0.0.1", List.of(DnsName.parse(NAME))),
                bench.sealer(),
                RANDOM);
    }

    public void mode(HostMode mode) {
        bench.wishes.put(new Host(HOST, mode, Optional.empty()));
    }

    /** The binding of WSUS as the story has it. */
    public IisBinding bound() {
        return bindings.values().iterator().next();
    }

    /** What http.sys serves on the port of WSUS. */
    public Optional<Thumbprint> served() {
        return served(https);
    }

    public Optional<Thumbprint> served(int port) {
        return Optional.ofNullable(server.httpSysTable().get("ipport=0.0.0.0:" + port));
    }

    public Thumbprint inUse() throws LifecycleException {
        return bench.inUse().certificate().thumbprint();
    }

    @Override
    public void close() {
        front.close();
    }
}
