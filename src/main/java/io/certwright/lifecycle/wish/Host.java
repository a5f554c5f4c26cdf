package io.certwright.lifecycle.wish;

import io.certwright.binding.HostName;
import java.util.Optional;

/** A machine whose bindings are ours to look after: whether it may be changed, and when. */
public record Host(HostName name, HostMode mode, Optional<MaintenanceWindow> window) {
    /** This machine, which needs no permission to serve our own listener and files. */
    public static Host local() {
        return new Host(HostName.LOCAL, HostMode.MANAGE, Optional.empty());
    }
}
