package io.certwright.lifecycle;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.IpAddress;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.lifecycle.wish.Host;
import io.certwright.lifecycle.wish.MaintenanceWindow;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.policy.IntendedUse;
import io.certwright.probe.Endpoint;
import io.certwright.trust.ClientGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where and for whom a wished certificate serves: the lead that its clients and hosts need, and what that asks of it. */
final class PlannedUse {
    private final Wishes wishes;
    private final ServerBindings bindings;

    PlannedUse(Wishes wishes, ServerBindings bindings) {
        this.wishes = wishes;
        this.bindings = bindings;
    }

    Due.Lead leadOf(ManagedCertificate wish) {
        Duration wait =
                wish.clients().map(wishes::group).map(ClientGroup::waitingTime).orElse(Duration.ZERO);
        Duration gap = wish.bindings().stream()
                .map(binding -> wishes.host(bindings.get(binding).host()))
                .map(Host::window)
                .flatMap(Optional::stream)
                .map(MaintenanceWindow::longestGap)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return new Due.Lead(wait, gap);
    }

    /** Of a certificate that was just issued. Clients without a pin trust it at once, so only a pin's wait has to fit into its life. */
    IntendedUse of(ManagedCertificate wish) {
        boolean pinned =
                wish.clients().map(wishes::group).filter(ClientGroup::pinning).isPresent();
        IntendedUse use = IntendedUse.unknown().withNamesInUse(namesInUse(wish));
        return pinned ? use.forWsus().lasting(leadOf(wish).total()) : use;
    }

    private SubjectAlternativeNames namesInUse(ManagedCertificate wish) {
        List<DnsName> dns = new ArrayList<>();
        List<IpAddress> ips = new ArrayList<>();
        for (Endpoint endpoint : wish.bindings().stream()
                .flatMap(binding -> bindings.get(binding).endpoints().stream())
                .toList()) {
            if (endpoint.sni().isPresent()) {
                dns.add(endpoint.sni().get());
            } else if (IpAddress.isLiteral(endpoint.host())) {
                ips.add(IpAddress.parse(endpoint.host()));
            } else {
                dns.add(DnsName.parse(endpoint.host()));
            }
        }
        return new SubjectAlternativeNames(dns, ips);
    }
}
