package io.certwright.wsus;

import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.Hold;
import io.certwright.lifecycle.record.HoldKind;
import io.certwright.lifecycle.wish.HostMode;
import io.certwright.windows.WindowsHost;
import io.certwright.windows.WsusCall.GetSynchronization;
import io.certwright.windows.WsusCall.GetUpstream;
import io.certwright.windows.WsusCall.SetUpstream;
import io.certwright.windows.WsusCall.StartSynchronization;
import io.certwright.windows.WsusCall.Synchronization;
import io.certwright.windows.WsusCall.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The servers below one: each is told to use TLS while its upstream still answers on both ports, and has synchronized so once before the
 * upstream requires TLS.
 */
final class DownstreamLinks {
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(15);

    private final WsusPorts ports;

    DownstreamLinks(WsusPorts ports) {
        this.ports = ports;
    }

    boolean areAllLinked(WsusServer server) throws LifecycleException {
        for (WsusServer below : server.downstream()) {
            if (!isLinked(server, calls(below).perform(new GetUpstream()))) {
                return false;
            }
        }
        return true;
    }

    /** What is waited for before the upstream may require TLS; empty where every link has proven itself since {@code began}. */
    Optional<Hold> ensureLinked(WsusServer server, Instant began) throws LifecycleException {
        for (WsusServer below : server.downstream()) {
            Optional<Hold> hold = ensureLinked(server, below, began);
            if (hold.isPresent()) {
                return hold;
            }
        }
        return Optional.empty();
    }

    private Optional<Hold> ensureLinked(WsusServer server, WsusServer below, Instant began) throws LifecycleException {
        WindowsHost calls = calls(below);
        Upstream upstream = calls.perform(new GetUpstream());
        if (!isLinked(server, upstream)) {
            if (ports.wishes().host(below.host()).mode() == HostMode.REPORT) {
                return Optional.of(Hold.forPerson(
                        HoldKind.REPORT_MODE,
                        "downstream server " + below.host()
                                + " still comes without TLS, and is in mode report; set \"mode:"
                                + " manage\" in its settings"));
            }
            calls.perform(List.of(
                    new SetUpstream(server.sslName(), server.port(), true, upstream.replica()),
                    new StartSynchronization()));
            return Optional.of(waiting(below, "was told to use " + server.url() + " and synchronizes"));
        }
        Synchronization last = calls.perform(new GetSynchronization());
        boolean proven = last.result().equals("Succeeded")
                && last.startedAt().filter(started -> !started.isBefore(began)).isPresent();
        if (proven) {
            return Optional.empty();
        }
        if (!last.running()) {
            calls.perform(new StartSynchronization());
        }
        return Optional.of(waiting(
                below,
                "has not synchronized over TLS yet (last result " + last.result()
                        + (last.error().isEmpty() ? "" : ", " + last.error()) + ")"));
    }

    private Hold waiting(WsusServer below, String what) {
        return Hold.until(
                HoldKind.CLIENT_TRUST,
                ports.clock().instant().plus(LOOK_AGAIN),
                "downstream server " + below.host() + " " + what + "; TLS is required here once it has succeeded");
    }

    List<String> preview(WsusServer server, WsusServer below) throws LifecycleException {
        Upstream upstream = calls(below).perform(new GetUpstream());
        return isLinked(server, upstream)
                ? List.of()
                : List.of("would tell downstream server " + below.host() + " to use " + server.url()
                        + " and synchronize, replica " + (upstream.replica() ? "as it is" : "off as it is"));
    }

    private static boolean isLinked(WsusServer server, Upstream upstream) {
        return upstream.ssl()
                && upstream.port() == server.port()
                && upstream.server().equalsIgnoreCase(server.sslName().value());
    }

    private WindowsHost calls(WsusServer server) {
        return ports.hosts().apply(server.host());
    }
}
