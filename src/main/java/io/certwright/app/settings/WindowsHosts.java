package io.certwright.app.settings;

import io.certwright.binding.HostName;
import io.certwright.windows.WindowsHost;
import java.util.Map;
import java.util.Optional;

/** The Windows hosts that the settings name: how calls get there, and where their servers are reached. */
public interface WindowsHosts {
    /** Connects to nothing yet. */
    WindowsHost get(HostName host);

    /** A DNS name or an address literal. */
    String addressOf(HostName host);

    /** By the transports of the settings; a host without one says so when it is called. */
    static WindowsHosts of(Map<HostName, TransportChoice> transports, TransportChoice.Parts parts) {
        return new WindowsHosts() {
            @Override
            public WindowsHost get(HostName host) {
                return Optional.ofNullable(transports.get(host))
                        .map(transport -> transport.make(parts))
                        .orElseGet(() -> new Unreached(host));
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
