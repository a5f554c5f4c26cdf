package io.certwright.wsus;

import io.certwright.binding.HostName;
import io.certwright.failure.LifecycleException;
import io.certwright.iis.Binding;
import io.certwright.windows.CallFailedException;
import io.certwright.windows.HostFitness;
import io.certwright.windows.WindowsHost;
import io.certwright.windows.WsusCall.GetUpstream;
import io.certwright.windows.WsusCall.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at a server and at those around it, changes nothing, and names everything that differs. */
public final class WsusCheck {
    private static final Set<String> NOTHING_TO_TRUST =
            Set.of("HTTPS_BINDING_MISSING", "NO_CERTIFICATE", "CERTIFICATE_MISSING", "SERVER_TRUST", "SITE_STOPPED");

    private final WsusPorts ports;

    public WsusCheck(WsusPorts ports) {
        this.ports = ports;
    }

    /** Empty where the server is as it should be; in the order of the procedure. */
    public List<WsusDrift> inspect(WsusServer server) throws LifecycleException {
        WindowsHost calls = ports.hosts().apply(server.host());
        WsusState state;
        try {
            state = WsusState.read(calls, server);
        } catch (LifecycleException refused) {
            if (refused.code().equals(HostFitness.NOT_ELEVATED)) {
                return WsusRights.missing(calls, refused);
            }
            throw refused;
        }
        List<WsusDrift> found = new ArrayList<>(WsusInspection.of(
                server,
                state,
                WsusApi.ask(calls),
                unmanaged(server, state),
                ports.clock().instant()));
        ServerTrust.find(calls, server).ifPresent(found::add);
        for (WsusProbe.Seen seen : WsusProbe.look(calls, server)) {
            if (!seen.isGood() && !isExplained(seen.probe(), found)) {
                found.add(new WsusDrift(
                        "PROBE",
                        seen.sentence(),
                        "look at the site, its virtual directories and WsusPool in IIS Manager"));
            }
        }
        new ClientReadiness(ports).findUrlDrift(server).ifPresent(found::add);
        for (HostName console : server.consoles()) {
            ConsoleTest.ofConsole(ports.hosts().apply(console), console)
                    .reach(server)
                    .ifPresent(found::add);
        }
        for (WsusServer below : server.downstream()) {
            link(server, below).ifPresent(found::add);
            ConsoleTest.ofDownstream(ports.hosts().apply(below.host()), below.host())
                    .reach(server)
                    .ifPresent(found::add);
        }
        new PointSwitch(ports).find(server).ifPresent(found::add);
        return found;
    }

    /** The https bindings of the site that no certificate of the settings is bound to. */
    private List<Binding> unmanaged(WsusServer server, WsusState state) {
        String site = state.site().name();
        return state.site().httpsBindings().stream()
                .filter(binding -> ports.wishes()
                        .findBoundTo(server.host(), site, binding.at().port())
                        .isEmpty())
                .toList();
    }

    /** What is named already explains why this one cannot answer as it should. */
    private static boolean isExplained(WsusProbe probe, List<WsusDrift> found) {
        Set<String> codes = probe.refused() ? Set.of("TLS_NOT_REQUIRED") : NOTHING_TO_TRUST;
        return probe.isHttpsOrRefused() && found.stream().anyMatch(drift -> codes.contains(drift.code()));
    }

    private Optional<WsusDrift> link(WsusServer server, WsusServer below) {
        String what = "downstream server " + below.host() + ": ";
        try {
            Upstream upstream = ports.hosts().apply(below.host()).perform(new GetUpstream());
            boolean linked = upstream.ssl()
                    && upstream.port() == server.port()
                    && upstream.server().equalsIgnoreCase(server.sslName().value());
            return linked
                    ? Optional.empty()
                    : Optional.of(new WsusDrift(
                            "DOWNSTREAM_LINK",
                            what + "takes updates from "
                                    + (upstream.fromMicrosoft()
                                            ? "Microsoft"
                                            : upstream.server() + ":" + upstream.port()
                                                    + (upstream.ssl() ? " over TLS" : " without TLS"))
                                    + ", wanted " + server.sslName() + ":" + server.port() + " over TLS",
                            "certwright wsus apply " + server.host()
                                    + ", or Set-WsusServerSynchronization -UssServerName " + server.sslName()
                                    + " -PortNumber " + server.port() + " -UseSsl there"));
        } catch (CallFailedException refused) {
            WsusDrift drift = WsusRights.refusedByApi("DOWNSTREAM", refused);
            return Optional.of(new WsusDrift(drift.code(), what + drift.sentence(), drift.fix()));
        } catch (LifecycleException silent) {
            return Optional.of(new WsusDrift(
                    "DOWNSTREAM_UNREACHED",
                    what + silent.getMessage(),
                    "correct the host's transport in the settings"));
        }
    }
}
