package io.certwright.app.settings;

import io.certwright.binding.HostName;
import io.certwright.windows.WindowsHost;

/** The Windows hosts that the settings name: how calls get there, and where their servers are reached. */
public interface WindowsHosts {
    /** Connects to nothing yet. */
    WindowsHost get(HostName host);

    /** A DNS name or an address literal. */
    String addressOf(HostName host);

    /** Where no host has a transport. */
    static WindowsHosts none() {
        return new WindowsHosts() {
            @Override
            public WindowsHost get(HostName host) {
                return new Unreached(host);
            }

            @Override
            public String addressOf(HostName host) {
                return host.value();
            }
        };
    }
}
