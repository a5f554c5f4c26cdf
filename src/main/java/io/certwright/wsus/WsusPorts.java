package io.certwright.wsus;

import io.certwright.audit.AuditTrail;
import io.certwright.binding.HostLocks;
import io.certwright.binding.HostName;
import io.certwright.lifecycle.ServerBindings;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.trust.TrustRepository;
import io.certwright.windows.WindowsHost;
import java.time.Clock;
import java.util.function.Function;

/**
 * What this room works with.
 *
 * @param hosts how calls get to a host of the settings
 */
public record WsusPorts(
        Wishes wishes,
        Function<HostName, WindowsHost> hosts,
        ServerBindings bindings,
        TrustRepository trust,
        HostLocks locks,
        WsusSwitches switches,
        AuditTrail audit,
        Clock clock) {}
