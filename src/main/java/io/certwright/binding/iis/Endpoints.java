package io.certwright.binding.iis;

import io.certwright.certificate.DnsName;
import io.certwright.iis.BindingInformation;
import io.certwright.iis.HttpSysKey;
import io.certwright.iis.SslFlags;
import io.certwright.probe.Endpoint;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where handshakes must show what a binding serves: without a server name only where its entry of http.sys serves such clients, and with
 * every name that clients use, because an entry for a name wins over one for all addresses.
 */
final class Endpoints {
    private final String address;
    private final List<DnsName> names;

    Endpoints(IisServer server) {
        this.address = server.address();
        this.names = server.names();
    }

    /** Before anything is known of the host: the port on all its addresses. */
    List<Endpoint> onPort(int port) {
        return List.copyOf(of(BindingInformation.ofPort(port), SslFlags.NONE));
    }

    List<Endpoint> of(List<Memento.Remembered> bindings) {
        Set<Endpoint> endpoints = new LinkedHashSet<>();
        for (Memento.Remembered each : bindings) {
            endpoints.addAll(of(each.at(), each.flags()));
        }
        return List.copyOf(endpoints);
    }

    private Set<Endpoint> of(BindingInformation at, SslFlags flags) {
        HttpSysKey key = HttpSysKey.of(at, flags);
        boolean everywhere = key.kind() != HttpSysKey.Kind.ADDRESS || key.isAllAddresses();
        String host = everywhere ? address : at.address();
        Set<Endpoint> endpoints = new LinkedHashSet<>();
        Optional<DnsName> header = at.findHost().filter(DnsName::isWellFormed).map(DnsName::parse);
        if (key.kind() == HttpSysKey.Kind.NAME) {
            header.filter(name -> !name.isWildcard())
                    .ifPresent(name -> endpoints.add(new Endpoint(host, at.port(), header)));
            return endpoints;
        }
        endpoints.add(new Endpoint(host, at.port(), Optional.empty()));
        for (DnsName name : names) {
            endpoints.add(new Endpoint(host, at.port(), Optional.of(name)));
        }
        return endpoints;
    }
}
