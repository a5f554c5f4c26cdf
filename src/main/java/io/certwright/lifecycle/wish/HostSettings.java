package io.certwright.lifecycle.wish;

import io.certwright.binding.HostName;
import io.certwright.config.ConfigMapping;
import java.util.Optional;

/** Reads what stands under {@code hosts} in the settings. */
public final class HostSettings {
    private HostSettings() {}

    /**
     * The host {@code name}; empty if anything within the mapping is wrong. This machine may be changed unless its settings say
     * otherwise, every other one only once they say so.
     */
    public static Optional<Host> read(String name, ConfigMapping node) {
        boolean here = name.equals(HostName.LOCAL.value());
        HostMode mode = node.choice("mode", HostMode.class, here ? HostMode.MANAGE : HostMode.REPORT);
        Optional<MaintenanceWindow> window = node.value("window", MaintenanceWindow::parse);
        return node.build(() -> new Host(new HostName(name), mode, window));
    }
}
