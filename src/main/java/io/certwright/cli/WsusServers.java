package io.certwright.cli;

import io.certwright.certificate.Printable;
import io.certwright.config.Words;
import io.certwright.failure.LifecycleException;
import io.certwright.wsus.WsusServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The WSUS servers of the settings that the words of a command mean. */
final class WsusServers {
    private WsusServers() {}

    /** The one of this name wherever it stands in the tree, or all of them; those at the bottom first, as TLS is rolled out. */
    static List<WsusServer> meant(Rooms rooms, Optional<String> host) throws LifecycleException {
        List<WsusServer> all = new ArrayList<>();
        rooms.wsusServers().forEach(server -> climb(server, all));
        if (all.isEmpty()) {
            throw new WrongUsage(
                    "wsus: the settings name no WSUS server; add wsus: { HOST: { ssl-name: FQDN } } and bind its"
                            + " certificate there.");
        }
        return host.isEmpty() ? all : List.of(named(host.get(), all));
    }

    private static void climb(WsusServer server, List<WsusServer> all) {
        server.downstream().forEach(below -> climb(below, all));
        all.add(server);
    }

    private static WsusServer named(String host, List<WsusServer> all) {
        List<String> known = all.stream().map(server -> server.host().value()).toList();
        return all.stream()
                .filter(server -> server.host().value().equals(host))
                .findFirst()
                .orElseThrow(() -> new WrongUsage("WSUS server " + Printable.quote(host) + ": not in the settings; "
                        + Words.closest(host, known)
                                .map(close -> "did you mean " + Printable.quote(close) + "?")
                                .orElse("there are: " + String.join(", ", known) + ".")));
    }
}
