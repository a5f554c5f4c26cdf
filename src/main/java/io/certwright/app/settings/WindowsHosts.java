package io.certwright.app.settings;

import io.certwright.binding.HostName;
import io.certwright.lifecycle.wish.Host;
import io.certwright.lifecycle.wish.HostMode;
import io.certwright.windows.WindowsHost;
import java.util.Map;
import java.util.Optional;

/** The Windows hosts that the settings name: how calls get there, and where their servers are reached. */
public interface WindowsHosts {
    /** Connects to nothing yet. */
    WindowsHost get(HostName host);

    /** The same for what changes something there; a host in mode report refuses every call. */
    WindowsHost toChange(HostName host);

    /** A DNS name or an address literal. */
    String addressOf(HostName host);

    /** By the transports of the settings; a host without one says so when it is called. */
    static WindowsHosts of(
            Map<HostName, TransportChoice> transports, Map<HostName, Host> hosts, TransportChoice.Parts parts) {
        return new WindowsHosts() {
            @Override
            public WindowsHost get(HostName host) {
                return Optional.ofNullable(transports.get(host))
                        .map(transport -> transport.make(parts))
                        .orElseGet(() -> ClosedHost.withoutTransport(host));
            }

            @Override
            public WindowsHost toChange(HostName host) {
                boolean reported = Optional.ofNullable(hosts.get(host))
                        .filter(found -> found.mode() == HostMode.REPORT)
                        .isPresent();
                return reported ? ClosedHost.onlyReported(host) : get(host);
            }

            @Override
            public String addressOf(HostName host) {
                return Optional.ofNullable(transports.get(host))
                        .map(TransportChoice::address)
                        .orElseGet(host::value);
            }
        };
    }
}
