package io.certwright.wsus;

import io.certwright.certificate.Printable;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.iis.HostState;
import io.certwright.iis.Site;
import io.certwright.windows.AccessCall.GetSslFlags;
import io.certwright.windows.AccessCall.SslFlagsAt;
import io.certwright.windows.Answers;
import io.certwright.windows.HostCall.Addresses;
import io.certwright.windows.HostCall.GetNameAddresses;
import io.certwright.windows.HostCall.GetOwnAddresses;
import io.certwright.windows.HostCall.GetServiceState;
import io.certwright.windows.HostCall.ServiceState;
import io.certwright.windows.PoolCall.GetPool;
import io.certwright.windows.PoolCall.PoolState;
import io.certwright.windows.SiteCall.GetSitePaths;
import io.certwright.windows.SiteCall.SitePaths;
import io.certwright.windows.WindowsCall;
import io.certwright.windows.WindowsHost;
import io.certwright.windows.WsusCall.GetWsusSetup;
import io.certwright.windows.WsusCall.WsusSetup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One look at a WSUS server.
 *
 * @param site the one that WSUS recorded as its own, by number
 * @param siteFlags whether the whole site requires TLS
 * @param flags of each virtual directory that is there, by its name in the case of IIS
 */
record WsusState(
        HostState host,
        WsusSetup setup,
        Site site,
        SslFlagsAt siteFlags,
        Map<String, SslFlagsAt> flags,
        PoolState pool,
        ServiceState service,
        Addresses own,
        Addresses resolved) {
    static final String POOL = "WsusPool";
    static final String SERVICE = "WsusService";

    private static final GetWsusSetup SETUP = new GetWsusSetup();
    private static final GetPool THE_POOL = new GetPool(POOL);
    private static final GetServiceState THE_SERVICE = new GetServiceState(SERVICE);
    private static final GetOwnAddresses OWN = new GetOwnAddresses();

    static WsusState read(WindowsHost calls, WsusServer server) throws LifecycleException {
        HostState host = HostState.read(calls);
        GetNameAddresses resolving = new GetNameAddresses(server.sslName());
        Answers answers = calls.perform(List.of(SETUP, THE_POOL, THE_SERVICE, OWN, resolving));
        Site site = siteOf(calls.name(), host, answers.of(SETUP));
        Map<String, SslFlagsAt> flags = new LinkedHashMap<>();
        SslFlagsAt ofSite = readFlags(calls, site, flags);
        return new WsusState(
                host,
                answers.of(SETUP),
                site,
                ofSite,
                flags,
                answers.of(THE_POOL),
                answers.of(THE_SERVICE),
                answers.of(OWN),
                answers.of(resolving));
    }

    private static Site siteOf(String name, HostState host, WsusSetup setup) throws LifecycleException {
        Optional<String> index = setup.find("IISTargetWebsiteIndex");
        if (index.isEmpty()) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "WSUS_NOT_INSTALLED",
                    "host " + name
                            + ": WSUS recorded no site of its own (IISTargetWebsiteIndex); install the role and finish"
                            + " its setup (WsusUtil postinstall), then try again");
        }
        try {
            return host.iis()
                    .find(Long.parseLong(index.get()))
                    .orElseThrow(() -> new LifecycleException(
                            FailureKind.REFUSED,
                            "WSUS_SITE_UNKNOWN",
                            "host " + name + ": WSUS recorded site number " + index.get()
                                    + " as its own, which IIS does not have; repair WSUS there"));
        } catch (NumberFormatException garbage) {
            throw new LifecycleException(
                    FailureKind.MALFORMED_ANSWER,
                    "WSUS_SITE_UNKNOWN",
                    "host " + name + ": IISTargetWebsiteIndex is " + Printable.quote(index.get())
                            + ", wanted the number of a site",
                    garbage);
        }
    }

    private static SslFlagsAt readFlags(WindowsHost calls, Site site, Map<String, SslFlagsAt> flags)
            throws LifecycleException {
        GetSitePaths asking = new GetSitePaths(site.name());
        SitePaths paths = calls.perform(asking);
        Map<String, GetSslFlags> questions = new LinkedHashMap<>();
        for (String directory : present(paths)) {
            questions.put(directory, new GetSslFlags(site.name() + "/" + directory));
        }
        GetSslFlags whole = new GetSslFlags(site.name());
        List<WindowsCall<?>> all = new ArrayList<>(questions.values());
        all.add(whole);
        Answers answers = calls.perform(all);
        questions.forEach((directory, question) -> flags.put(directory, answers.of(question)));
        return answers.of(whole);
    }

    /** The virtual directories of WSUS that the site has, as IIS writes them. */
    private static List<String> present(SitePaths paths) {
        Map<String, String> known = new TreeMap<>();
        VirtualDirectories.WITH_TLS.forEach(name -> known.put(name.toLowerCase(Locale.ROOT), name));
        VirtualDirectories.WITHOUT_TLS.forEach(name -> known.put(name.toLowerCase(Locale.ROOT), name));
        List<String> all = new ArrayList<>(paths.applications());
        all.addAll(paths.directories());
        return all.stream()
                .map(path -> path.startsWith("/") ? path.substring(1) : path)
                .filter(path -> known.containsKey(path.toLowerCase(Locale.ROOT)))
                .distinct()
                .toList();
    }

    /** The flags of a virtual directory, whatever the case of its name. */
    Optional<SslFlagsAt> flagsOf(String directory) {
        return flags.entrySet().stream()
                .filter(each -> each.getKey().equalsIgnoreCase(directory))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    String location(String directory) {
        String written = flags.keySet().stream()
                .filter(directory::equalsIgnoreCase)
                .findFirst()
                .orElse(directory);
        return site.name() + "/" + written;
    }

    /** Whether WSUS recorded that it uses TLS under this name. */
    boolean isConfiguredFor(WsusServer server) {
        return isUsingSsl()
                && setup.find("ServerCertificateName")
                        .filter(name -> name.equalsIgnoreCase(server.sslName().value()))
                        .isPresent();
    }

    boolean isUsingSsl() {
        return setup.find("UsingSSL").filter("1"::equals).isPresent();
    }
}
