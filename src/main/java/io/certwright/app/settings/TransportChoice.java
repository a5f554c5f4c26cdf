package io.certwright.app.settings;

import io.certwright.binding.HostName;
import io.certwright.config.ConfigMapping;
import io.certwright.probe.Endpoint;
import io.certwright.windows.NetworkCalls;
import io.certwright.windows.Presence;
import io.certwright.windows.ScriptedHost;
import io.certwright.windows.WindowsHost;
import io.certwright.windows.WindowsPowerShell;
import io.certwright.windows.local.LocalCarrier;
import io.certwright.windows.runbook.RunbookHost;
import io.certwright.windows.simulated.DemoCarrier;
import io.certwright.windows.ssh.SshCarrier;
import io.certwright.windows.ssh.SshSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a host is reached, as the settings say, ready to be made of what it needs. A new transport is one case in {@link #read}.
 *
 * @param address where the host's servers are reached from here
 * @param isLookedOver whether the doctor visits it: it is in the settings, and no person has to walk there
 * @param isHere whether it is the machine that this process runs on
 */
public record TransportChoice(
        String address, boolean isLookedOver, boolean isHere, Function<Parts, WindowsHost> making) {
    /** What transports are made of. */
    public record Parts(Map<String, String> environment, Path data, Clock clock) {}

    WindowsHost make(Parts parts) {
        return making.apply(parts);
    }

    /** Reads {@code transport} and what belongs to it; whoever reads the rest of the mapping ends the reading. */
    static Optional<TransportChoice> read(HostName host, ConfigMapping node) {
        Optional<Transport> transport = node.choice("transport", Transport.class);
        if (transport.isEmpty()) {
            return host.equals(HostName.LOCAL)
                    ? Optional.of(local(host, address(node, "localhost"), NetworkCalls.DIRECT, false))
                    : Optional.empty();
        }
        return switch (transport.get()) {
            case LOCAL -> Optional.of(local(host, node));
            case SSH -> ssh(host, node);
            case SIMULATED -> Optional.of(simulated(host, node));
            case RUNBOOK -> Optional.of(runbook(host, address(node, host.value())));
        };
    }

    /** This machine, which needs no settings. */
    static TransportChoice local() {
        return local(HostName.LOCAL, "localhost", NetworkCalls.DIRECT, false);
    }

    private static String address(ConfigMapping node, String otherwise) {
        return node.value("address", text -> Endpoint.of(text, 1).host(), otherwise);
    }

    /** Certwright's own account may have credentials on the network; a LocalService has none. */
    private static TransportChoice local(HostName host, ConfigMapping node) {
        NetworkCalls networkCalls = node.choice("network-calls", NetworkCalls.class, NetworkCalls.DIRECT);
        return local(host, address(node, "localhost"), networkCalls, true);
    }

    private static TransportChoice local(HostName host, String address, NetworkCalls networkCalls, boolean named) {
        return new TransportChoice(
                address,
                named,
                true,
                parts -> new ScriptedHost(
                        host.value(),
                        new LocalCarrier(host.value(), WindowsPowerShell.find(parts.environment())),
                        Presence.SENT_ALONG,
                        networkCalls));
    }

    private static Optional<TransportChoice> ssh(HostName host, ConfigMapping node) {
        Presence script = node.choice("script", Presence.class, Presence.SENT_ALONG);
        Optional<NetworkCalls> networkCalls = node.choice("network-calls", NetworkCalls.class);
        return SshSettings.read(node)
                .map(settings -> new TransportChoice(settings.address(), true, false, parts -> {
                    SshCarrier carrier = new SshCarrier(host.value(), settings);
                    return new ScriptedHost(host.value(), carrier, script, networkCalls.orElse(usual(carrier)));
                }));
    }

    /** Where the logon carries no credentials for other machines, the host's own account has some. */
    private static NetworkCalls usual(SshCarrier carrier) {
        return carrier.hasNetworkLogon() ? NetworkCalls.DIRECT : NetworkCalls.TASK;
    }

    private static TransportChoice simulated(HostName host, ConfigMapping node) {
        int port = node.integer("port", 1, 65535, DemoCarrier.STANDARD_PORT);
        return new TransportChoice(
                address(node, "127.0.0.1"),
                true,
                false,
                parts -> new ScriptedHost(host.value(), new DemoCarrier(host.value(), port), Presence.SENT_ALONG));
    }

    private static TransportChoice runbook(HostName host, String address) {
        return new TransportChoice(
                address,
                false,
                false,
                parts -> new RunbookHost(
                        host.value(), parts.data().resolve("runbooks").resolve(host.value()), parts.clock()));
    }
}
