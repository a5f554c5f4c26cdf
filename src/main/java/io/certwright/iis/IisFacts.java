package io.certwright.iis;

import io.certwright.certificate.Printable;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one server says at one moment: the sites of IIS, and the table of http.sys, which need not agree. Everything that is asked of it
 * is indexed once, so that thousands of sites are planned as quickly as one.
 */
public final class IisFacts {
    private static final int SHOWN = 12;

    private final String server;
    private final List<Site> sites;
    private final HttpSysTable table;
    private final Map<String, Site> byName = new HashMap<>();
    private final Map<HttpSysKey, List<UsedBinding>> uses = new LinkedHashMap<>();
    private final List<IisDrift> drift;
    private final Map<Integer, List<IisDrift>> driftByPort;

    /** @param server the name of the server in the settings, for sentences */
    public IisFacts(String server, List<Site> sites, HttpSysTable table) {
        this.server = server;
        this.sites = List.copyOf(sites);
        this.table = table;
        for (Site site : sites) {
            byName.putIfAbsent(site.name().toLowerCase(Locale.ROOT), site);
            for (Binding binding : site.httpsBindings()) {
                uses.computeIfAbsent(binding.key(), key -> new ArrayList<>(1)).add(new UsedBinding(site, binding));
            }
        }
        this.drift = new IisInspection(table, uses).inspect();
        this.driftByPort = drift.stream().collect(Collectors.groupingBy(IisDrift::port));
    }

    public String server() {
        return server;
    }

    public List<Site> sites() {
        return sites;
    }

    public HttpSysTable table() {
        return table;
    }

    /** Everything in which IIS and http.sys disagree, in the order of the sites and then of the table. */
    public List<IisDrift> drift() {
        return drift;
    }

    List<IisDrift> driftOn(int port) {
        return driftByPort.getOrDefault(port, List.of());
    }

    /** The https bindings of all sites whose certificate this entry decides. */
    List<UsedBinding> usersOf(HttpSysKey key) {
        return uses.getOrDefault(key, List.of());
    }

    /** The site of this name, whatever its case, as IIS compares. */
    public Optional<Site> find(String name) {
        return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
    }

    public Optional<Site> find(long id) {
        return sites.stream().filter(site -> site.id() == id).findFirst();
    }

    public Site get(String name) throws LifecycleException {
        return find(name)
                .orElseThrow(() -> new LifecycleException(
                        FailureKind.REFUSED,
                        "SITE_UNKNOWN",
                        "host " + server + ": IIS has no site " + Printable.quote(name) + "; it has "
                                + (sites.isEmpty() ? "none" : names()) + "; correct the site in the settings"));
    }

    private String names() {
        String some = sites.stream()
                .limit(SHOWN)
                .map(site -> Printable.quote(site.name()))
                .collect(Collectors.joining(", "));
        return sites.size() > SHOWN ? some + " and " + (sites.size() - SHOWN) + " more" : some;
    }
}
