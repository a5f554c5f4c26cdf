package io.certwright.windows.simulated;

import io.certwright.certificate.Thumbprint;
import io.certwright.windows.AccessCall.ClearSslFlags;
import io.certwright.windows.AccessCall.GetSslFlags;
import io.certwright.windows.AccessCall.SetSslFlags;
import io.certwright.windows.AccessCall.SslFlagsAt;
import io.certwright.windows.HostCall.Nothing;
import io.certwright.windows.HostCall.ProgramOutput;
import io.certwright.windows.HttpSysCall.AddHttpSysEntry;
import io.certwright.windows.HttpSysCall.GetHttpSysTable;
import io.certwright.windows.HttpSysCall.RemoveHttpSysEntry;
import io.certwright.windows.PoolCall.GetPool;
import io.certwright.windows.PoolCall.PoolState;
import io.certwright.windows.PoolCall.RestartPool;
import io.certwright.windows.PoolCall.SetPool;
import io.certwright.windows.SiteCall.AddHttpsBinding;
import io.certwright.windows.SiteCall.BindingState;
import io.certwright.windows.SiteCall.ClearBindingCertificate;
import io.certwright.windows.SiteCall.GetRebindTask;
import io.certwright.windows.SiteCall.GetSitePaths;
import io.certwright.windows.SiteCall.GetSites;
import io.certwright.windows.SiteCall.RebindTask;
import io.certwright.windows.SiteCall.RemoveHttpsBinding;
import io.certwright.windows.SiteCall.SetBindingCertificate;
import io.certwright.windows.SiteCall.SetBindingFlags;
import io.certwright.windows.SiteCall.SitePaths;
import io.certwright.windows.SiteCall.SiteState;
import io.certwright.windows.SiteCall.Sites;
import io.certwright.windows.StoreName;
import io.certwright.windows.simulated.SimulatedSite.Bound;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** IIS with its sites, application pools and the table of http.sys. */
final class SimulatedIis {
    private final SimulatedStores stores;
    private final HttpSys httpSys = new HttpSys();
    private final Map<Integer, SimulatedSite> sites = new LinkedHashMap<>();
    private final Map<String, PoolState> pools = new LinkedHashMap<>();
    private final List<String> restarted;
    private final Set<Behaviour> behaviours = EnumSet.noneOf(Behaviour.class);

    SimulatedIis(SimulatedStores stores, List<String> restarted) {
        this.stores = stores;
        this.restarted = restarted;
    }

    void answer(CallTable table) {
        table.on(GetSites.class, call -> list());
        table.on(SetBindingCertificate.class, this::bind);
        table.on(ClearBindingCertificate.class, this::unbind);
        table.on(SetBindingFlags.class, this::setFlags);
        table.on(AddHttpsBinding.class, this::add);
        table.on(RemoveHttpsBinding.class, this::remove);
        table.on(GetSitePaths.class, call -> paths(siteNamed(call.site())));
        table.on(GetRebindTask.class, call -> rebindTask());
        table.on(GetHttpSysTable.class, this::show);
        table.on(AddHttpSysEntry.class, this::addEntry);
        table.on(RemoveHttpSysEntry.class, call -> removeEntry(call.key().text()));
        table.on(GetSslFlags.class, this::flagsAt);
        table.on(SetSslFlags.class, this::require);
        table.on(ClearSslFlags.class, this::inherit);
        table.on(GetPool.class, call -> pool(call.pool()));
        table.on(SetPool.class, this::setPool);
        table.on(RestartPool.class, this::restart);
    }

    HttpSys httpSys() {
        return httpSys;
    }

    Map<Integer, SimulatedSite> sites() {
        return sites;
    }

    Map<String, PoolState> pools() {
        return pools;
    }

    Set<Behaviour> behaviours() {
        return behaviours;
    }

    private Sites list() {
        return new Sites(sites.values().stream()
                .map(site -> new SiteState(
                        site.id(),
                        site.name(),
                        site.isStarted() ? "Started" : "Stopped",
                        site.bindings().stream().map(this::shown).toList()))
                .toList());
    }

    /** What IIS says of a binding's certificate is what http.sys has: the entry may be shared. */
    private BindingState shown(Bound bound) {
        Optional<HttpSys.Entry> entry = bound.protocol().equals("https") ? httpSys.find(bound.key()) : Optional.empty();
        return new BindingState(
                bound.protocol(),
                bound.information(),
                bound.flags(),
                entry.map(HttpSys.Entry::thumbprint),
                entry.map(HttpSys.Entry::store).orElse(""));
    }

    private Nothing bind(SetBindingCertificate call) throws WindowsError {
        Bound bound = require(call.siteId(), call.bindingInformation());
        requireUsable(call.store(), call.thumbprint());
        boolean negotiates = httpSys.find(bound.key())
                .map(HttpSys.Entry::negotiatesClientCertificate)
                .orElse(false);
        httpSys.put(
                bound.key(),
                new HttpSys.Entry(call.thumbprint(), HttpSys.IIS, call.store().toString(), negotiates));
        if (behaviours.contains(Behaviour.LOSES_SSL_FLAGS)) {
            replace(call.siteId(), bound, new Bound("https", bound.information(), bound.flags() & 3));
        }
        return new Nothing();
    }

    /** The certificate is there, and its key is in the machine's key set: otherwise http.sys cannot log on to it. */
    private void requireUsable(StoreName store, Thumbprint thumbprint) throws WindowsError {
        boolean usable = stores.find(store, thumbprint)
                .filter(item -> item.key().isPresent() && item.machineKey())
                .isPresent();
        if (!usable) {
            throw WindowsError.noLogonSession();
        }
    }

    private Nothing unbind(ClearBindingCertificate call) throws WindowsError {
        httpSys.remove(require(call.siteId(), call.bindingInformation()).key());
        return new Nothing();
    }

    private Nothing setFlags(SetBindingFlags call) throws WindowsError {
        SimulatedSite site = siteNamed(call.site());
        Bound bound = require(site.id(), call.bindingInformation());
        Optional<HttpSys.Entry> entry = httpSys.find(bound.key());
        Bound changed = new Bound("https", bound.information(), call.sslFlags());
        replace(site.id(), bound, changed);
        if (!changed.key().equals(bound.key()) && entry.isPresent()) {
            httpSys.remove(bound.key());
        }
        return new Nothing();
    }

    private Nothing add(AddHttpsBinding call) throws WindowsError {
        SimulatedSite site = siteNamed(call.site());
        if (find(site, call.bindingInformation()).isPresent()) {
            throw WindowsError.thrown("Cannot add duplicate collection entry of type 'binding'");
        }
        site.bindings().add(new Bound("https", call.bindingInformation(), call.sslFlags()));
        return new Nothing();
    }

    private Nothing remove(RemoveHttpsBinding call) throws WindowsError {
        Bound bound = require(call.siteId(), call.bindingInformation());
        site(call.siteId()).bindings().remove(bound);
        boolean shared = sites.values().stream()
                .flatMap(site -> site.bindings().stream())
                .anyMatch(other -> other.key().equals(bound.key()));
        if (!shared) {
            httpSys.remove(bound.key());
        }
        return new Nothing();
    }

    private void replace(int siteId, Bound was, Bound now) throws WindowsError {
        List<Bound> bindings = site(siteId).bindings();
        bindings.set(bindings.indexOf(was), now);
    }

    private Bound require(int siteId, String information) throws WindowsError {
        return find(site(siteId), information)
                .orElseThrow(
                        () -> WindowsError.thrown("site " + siteId + " has 0 https bindings of this form, wanted 1"));
    }

    private SimulatedSite site(int id) throws WindowsError {
        return Optional.ofNullable(sites.get(id))
                .orElseThrow(() -> WindowsError.thrown("site " + id + " has 0 https bindings of this form, wanted 1"));
    }

    private static Optional<Bound> find(SimulatedSite site, String information) {
        return site.bindings().stream()
                .filter(bound -> bound.protocol().equals("https"))
                .filter(bound -> bound.information().equalsIgnoreCase(information))
                .findFirst();
    }

    private SimulatedSite siteNamed(String name) throws WindowsError {
        return sites.values().stream()
                .filter(site -> site.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> WindowsError.notFound("IIS:\\Sites\\" + name));
    }

    private static SitePaths paths(SimulatedSite site) {
        return new SitePaths(site.applications(), site.directories());
    }

    private RebindTask rebindTask() {
        boolean there = behaviours.contains(Behaviour.HAS_REBIND_TASK);
        return new RebindTask(there, there ? "Ready" : "");
    }

    private ProgramOutput show(GetHttpSysTable call) {
        if (!call.json()) {
            return httpSys.text(behaviours.contains(Behaviour.SPEAKS_GERMAN));
        }
        return behaviours.contains(Behaviour.NETSH_KNOWS_JSON)
                ? httpSys.json()
                : new ProgramOutput(1, List.of("", "json=enable is not a valid argument for this command.", ""));
    }

    private ProgramOutput addEntry(AddHttpSysEntry call) {
        if (httpSys.find(call.key().text()).isPresent()) {
            return new ProgramOutput(
                    1,
                    List.of(
                            "",
                            "SSL Certificate add failed, Error: 183",
                            "Cannot create a file when that file already exists.",
                            ""));
        }
        boolean usable = stores.find(call.store(), call.thumbprint())
                .filter(item -> item.key().isPresent() && item.machineKey())
                .isPresent();
        if (!usable) {
            return new ProgramOutput(
                    1,
                    List.of(
                            "",
                            "SSL Certificate add failed, Error: 1312",
                            "A specified logon session does not exist. It may already have been terminated.",
                            ""));
        }
        httpSys.put(
                call.key().text(),
                new HttpSys.Entry(call.thumbprint(), call.appId(), call.store().toString(), false));
        return new ProgramOutput(0, List.of("", "SSL Certificate successfully added", ""));
    }

    private ProgramOutput removeEntry(String key) {
        return httpSys.remove(key)
                ? new ProgramOutput(0, List.of("", "SSL Certificate successfully deleted", ""))
                : new ProgramOutput(
                        1,
                        List.of(
                                "",
                                "SSL Certificate deletion failed, Error: 2",
                                "The system cannot find the file specified.",
                                ""));
    }

    /** The site that a location begins with, and the path behind it in lower case. */
    private Map.Entry<SimulatedSite, String> placeOf(String location) throws WindowsError {
        int slash = location.indexOf('/');
        String site = slash < 0 ? location : location.substring(0, slash);
        String path = slash < 0 ? "" : location.substring(slash + 1);
        return Map.entry(siteNamed(site), path.toLowerCase(Locale.ROOT));
    }

    private SslFlagsAt flagsAt(GetSslFlags call) throws WindowsError {
        Map.Entry<SimulatedSite, String> place = placeOf(call.location());
        String own = place.getKey().sslFlags().get(place.getValue());
        return own == null
                ? new SslFlagsAt(place.getKey().sslFlags().getOrDefault("", "0"), true)
                : new SslFlagsAt(own, false);
    }

    private Nothing require(SetSslFlags call) throws WindowsError {
        if (behaviours.contains(Behaviour.LOCKS_ACCESS_SECTION)) {
            throw WindowsError.sectionLocked();
        }
        Map.Entry<SimulatedSite, String> place = placeOf(call.location());
        place.getKey().sslFlags().put(place.getValue(), call.value());
        return new Nothing();
    }

    private Nothing inherit(ClearSslFlags call) throws WindowsError {
        if (behaviours.contains(Behaviour.LOCKS_ACCESS_SECTION)) {
            throw WindowsError.sectionLocked();
        }
        Map.Entry<SimulatedSite, String> place = placeOf(call.location());
        place.getKey().sslFlags().remove(place.getValue());
        return new Nothing();
    }

    /** Whether TLS is required below a path, inherited from the site where nothing stands there itself. */
    static boolean requiresSsl(SimulatedSite site, String path) {
        String flags = site.sslFlags()
                .getOrDefault(path.toLowerCase(Locale.ROOT), site.sslFlags().getOrDefault("", "0"));
        return Arrays.stream(flags.split(",", -1)).anyMatch(flag -> flag.strip().equals("Ssl") || flag.equals("8"));
    }

    private PoolState pool(String name) {
        return pools.getOrDefault(name, new PoolState(false, "", 0, 0, false, 0, 0));
    }

    private Nothing setPool(SetPool call) throws WindowsError {
        if (!pools.containsKey(call.pool())) {
            throw WindowsError.notFound("IIS:\\AppPools\\" + call.pool());
        }
        pools.put(
                call.pool(),
                new PoolState(
                        true,
                        pools.get(call.pool()).state(),
                        call.queueLength(),
                        call.idleMinutes(),
                        call.pinging(),
                        call.privateMemoryKib(),
                        call.recycleMinutes()));
        return new Nothing();
    }

    private Nothing restart(RestartPool call) throws WindowsError {
        if (!pool(call.pool()).state().equals("Started")) {
            throw WindowsError.thrown("The object identifier does not represent a valid object.");
        }
        restarted.add(call.pool());
        return new Nothing();
    }
}
