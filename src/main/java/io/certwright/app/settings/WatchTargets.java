package io.certwright.app.settings;

import io.certwright.certificate.DnsName;
import io.certwright.config.ConfigMapping;
import io.certwright.lifecycle.watch.WatchTarget;
import io.certwright.probe.Endpoint;
import java.nio.file.Path;
import java.util.Optional;

/** Reads {@code watch:} item by item: {@code address} with an optional {@code sni}, or {@code file}. */
final class WatchTargets {
    private WatchTargets() {}

    static Optional<WatchTarget> read(ConfigMapping item) {
        if (item.has("file") && item.has("address")) {
            item.fault("got an address and a file, wanted one of them");
        }
        if (item.has("file")) {
            Optional<Path> file = item.path("file");
            return item.build(() -> new WatchTarget.InFile(file.orElseThrow()));
        }
        Optional<Endpoint> address = item.requiredValue("address", Endpoint::parse);
        Optional<DnsName> sni = item.value("sni", DnsName::parse);
        return item.build(() -> new WatchTarget.AtEndpoint(
                sni.map(address.orElseThrow()::withSni).orElseGet(address::get)));
    }
}
