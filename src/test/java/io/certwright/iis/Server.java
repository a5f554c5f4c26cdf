package io.certwright.iis;

import io.certwright.certificate.Thumbprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A server described line by line, as IIS and http.sys would tell of it. */
final class Server {
    static final Thumbprint OLD = new Thumbprint("A".repeat(40));
    static final Thumbprint NEW = new Thumbprint("B".repeat(40));

    private final List<Site> sites = new ArrayList<>();
    private final List<HttpSysEntry> entries = new ArrayList<>();

    Server site(String name, Binding... bindings) {
        sites.add(new Site(sites.size() + 1, name, true, List.of(bindings)));
        return this;
    }

    Server stopped(String name, Binding... bindings) {
        sites.add(new Site(sites.size() + 1, name, false, List.of(bindings)));
        return this;
    }

    Server serves(String key, Thumbprint certificate) {
        return serves(key, certificate, HttpSysEntry.IIS, "My");
    }

    Server serves(String key, Thumbprint certificate, String application, String store) {
        entries.add(new HttpSysEntry(
                HttpSysKey.find(key, true).orElseThrow(), Optional.of(certificate), application, store, List.of()));
        return this;
    }

    static Binding https(String information, int flags, Thumbprint certificate) {
        return new Binding(
                "https", BindingInformation.parse(information), new SslFlags(flags), Optional.of(certificate), "My");
    }

    static Binding bare(String information) {
        return new Binding("https", BindingInformation.parse(information), SslFlags.NONE, Optional.empty(), "");
    }

    IisFacts facts() {
        return new IisFacts("wsus01", sites, new HttpSysTable(entries));
    }
}
