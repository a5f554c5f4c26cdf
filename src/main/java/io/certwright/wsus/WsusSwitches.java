package io.certwright.wsus;

import io.certwright.binding.HostName;
import io.certwright.failure.LifecycleException;
import java.util.Optional;

/** Keeps the record of each server's switch to TLS. */
public interface WsusSwitches {
    /** The one that stands, undone or not. */
    Optional<WsusSwitch> find(HostName host) throws LifecycleException;

    /** Begins a switch unless one that is not undone stands already, and returns the one that stands: the first snapshot is the true one. */
    WsusSwitch ensureBegun(WsusSwitch begun) throws LifecycleException;

    /** Stores how far it is. */
    void update(WsusSwitch next) throws LifecycleException;
}
