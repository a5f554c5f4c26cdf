package io.certwright.windows.simulated;

import io.certwright.windows.HostCall.Nothing;
import io.certwright.windows.HostCall.ProgramOutput;
import io.certwright.windows.WsusCall.GetLocalWsus;
import io.certwright.windows.WsusCall.GetSynchronization;
import io.certwright.windows.WsusCall.GetUpstream;
import io.certwright.windows.WsusCall.GetWsusByName;
import io.certwright.windows.WsusCall.GetWsusSetup;
import io.certwright.windows.WsusCall.InvokeCheckHealth;
import io.certwright.windows.WsusCall.InvokeConfigureSsl;
import io.certwright.windows.WsusCall.LocalWsus;
import io.certwright.windows.WsusCall.RemoveWsusSetupValue;
import io.certwright.windows.WsusCall.SetUpstream;
import io.certwright.windows.WsusCall.SetWsusSetupValue;
import io.certwright.windows.WsusCall.SetupValue;
import io.certwright.windows.WsusCall.StartSynchronization;
import io.certwright.windows.WsusCall.Synchronization;
import io.certwright.windows.WsusCall.Upstream;
import io.certwright.windows.WsusCall.WsusSetup;
import io.certwright.windows.simulated.SimulatedSite.Bound;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** WSUS as its registry key, its tool and its API show it. */
final class SimulatedWsus {
    private static final String SOURCE = "Windows Server Update Services";

    private final Map<String, SetupValue> setup = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, SimulatedServer> reachable = new LinkedHashMap<>();
    private final SimulatedServer server;
    private int tlsPort;
    private Upstream upstream = new Upstream(true, "", 80, false, false);
    private Synchronization last = new Synchronization(false, "NeverRun", "NotApplicable", Optional.empty());

    SimulatedWsus(SimulatedServer server) {
        this.server = server;
    }

    void answer(CallTable table) {
        table.on(GetWsusSetup.class, call -> new WsusSetup(List.copyOf(setup.values())));
        table.on(SetWsusSetupValue.class, call -> put(call.name(), call.kind(), call.text()));
        table.on(RemoveWsusSetupValue.class, call -> remove(call.name()));
        table.on(InvokeConfigureSsl.class, call -> configureSsl(call.name().value()));
        table.on(InvokeCheckHealth.class, call -> checkHealth());
        table.on(GetLocalWsus.class, call -> local());
        table.on(GetWsusByName.class, this::byName);
        table.on(GetUpstream.class, call -> upstream);
        table.on(SetUpstream.class, this::setUpstream);
        table.on(StartSynchronization.class, call -> synchronize());
        table.on(GetSynchronization.class, call -> last);
    }

    Map<String, SetupValue> setup() {
        return setup;
    }

    /** Other servers that this one can reach, by the names it knows them by. */
    Map<String, SimulatedServer> reachable() {
        return reachable;
    }

    Nothing put(String name, String kind, String text) {
        setup.put(name, new SetupValue(name, kind, text));
        return new Nothing();
    }

    private Nothing remove(String name) throws WindowsError {
        if (setup.remove(name) == null) {
            throw WindowsError.thrown("Property " + name + " does not exist at path HKEY_LOCAL_MACHINE.");
        }
        return new Nothing();
    }

    private String text(String name) {
        return Optional.ofNullable(setup.get(name)).map(SetupValue::text).orElse("");
    }

    boolean usesSsl() {
        return text("UsingSSL").equals("1");
    }

    Optional<SimulatedSite> site() {
        String index = text("IISTargetWebsiteIndex");
        return index.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(server.iis().sites().get(Integer.parseInt(index)));
    }

    private int port(String protocol) {
        return site().stream()
                .flatMap(site -> site.bindings().stream())
                .filter(bound -> bound.protocol().equals(protocol))
                .map(Bound::port)
                .findFirst()
                .orElse(0);
    }

    private ProgramOutput configureSsl(String name) throws WindowsError {
        requireInstalled();
        put("UsingSSL", "DWord", "1");
        put("ServerCertificateName", "String", name);
        if (!server.iis().behaviours().contains(Behaviour.KEEPS_RECORDED_PORT)) {
            put("PortNumber", "DWord", String.valueOf(port("https")));
        }
        int port = port("https");
        tlsPort = port;
        return new ProgramOutput(0, List.of("URL: https://" + name + (port == 443 ? "" : ":" + port)));
    }

    private ProgramOutput checkHealth() throws WindowsError {
        requireInstalled();
        boolean poolRuns = Optional.ofNullable(server.iis().pools().get("WsusPool"))
                .filter(pool -> pool.state().equals("Started"))
                .isPresent();
        if (poolRuns) {
            server.machine().wrote(SOURCE, 10000, 4, "WSUS is working correctly.");
        } else {
            server.machine().wrote(SOURCE, 12002, 2, "The Reporting Web Service is not working.");
        }
        return new ProgramOutput(0, List.of());
    }

    private void requireInstalled() throws WindowsError {
        if (setup.isEmpty()) {
            throw WindowsError.noCommand("C:\\Program Files\\Update Services\\Tools\\WsusUtil.exe");
        }
    }

    /** The port of TLS is the one that the https binding had when configuressl was run. */
    private LocalWsus local() throws WindowsError {
        requireInstalled();
        int tls = tlsPort == 0 ? port("https") : tlsPort;
        return new LocalWsus(server.name(), usesSsl() ? tls : port("http"), usesSsl(), "10.0.17763.1");
    }

    /** As the console connects: the name is known, the port answers with TLS, and this machine trusts what is shown. */
    private LocalWsus byName(GetWsusByName call) throws WindowsError {
        SimulatedServer other = reachable.get(call.name().value());
        if (other == null) {
            throw WindowsError.noSuchName(call.name().value());
        }
        List<X509Certificate> shown = other.presented(
                "127.0.0.1", call.port(), Optional.of(call.name().value()));
        if (!server.stores().trusts(shown)) {
            throw WindowsError.notTrusted();
        }
        if (!covers(shown.get(0), call.name().value())) {
            throw WindowsError.notTrusted();
        }
        return new LocalWsus(call.name().value(), call.port(), true, "10.0.17763.1");
    }

    private static boolean covers(X509Certificate leaf, String name) {
        try {
            return Optional.ofNullable(leaf.getSubjectAlternativeNames()).stream()
                    .flatMap(Collection::stream)
                    .anyMatch(entry -> entry.get(0).equals(2) && name.equalsIgnoreCase(String.valueOf(entry.get(1))));
        } catch (CertificateParsingException unreadable) {
            return false;
        }
    }

    private Nothing setUpstream(SetUpstream call) throws WindowsError {
        requireInstalled();
        upstream = new Upstream(false, call.server().value(), call.port(), call.ssl(), call.replica());
        return new Nothing();
    }

    /** Succeeds at once, or fails as the API would where the upstream does not answer as it was named. */
    private Nothing synchronize() throws WindowsError {
        requireInstalled();
        boolean good = upstream.fromMicrosoft() || upstreamAnswers();
        last = new Synchronization(
                false,
                good ? "Succeeded" : "Failed",
                good ? "NotApplicable" : "WebServiceCommunicationError",
                Optional.of(server.machine().now()));
        return new Nothing();
    }

    private boolean upstreamAnswers() {
        SimulatedServer other = reachable.get(upstream.server());
        if (other == null) {
            return false;
        }
        try {
            if (upstream.ssl()) {
                List<X509Certificate> shown =
                        other.presented("127.0.0.1", upstream.port(), Optional.of(upstream.server()));
                return server.stores().trusts(shown) && covers(shown.get(0), upstream.server());
            }
            int status = other.webStatus("http", upstream.port(), "/ServerSyncWebService/ServerSyncWebService.asmx");
            return status == 200;
        } catch (WindowsError refused) {
            return false;
        }
    }
}
