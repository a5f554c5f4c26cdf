package io.certwright.windows.simulated;

import io.certwright.certificate.Thumbprint;
import io.certwright.windows.HostCall.ServiceState;
import io.certwright.windows.NetworkCalls;
import io.certwright.windows.PoolCall.PoolState;
import io.certwright.windows.Presence;
import io.certwright.windows.ScriptedHost;
import io.certwright.windows.StoreCall.CertificateInStore;
import io.certwright.windows.StoreName;
import io.certwright.windows.WindowsHost;
import io.certwright.windows.simulated.SimulatedSite.Bound;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A Windows server in memory. It starts empty; {@link FreshWsus} makes the usual one. What its http.sys table says is shown by
 * {@link TlsFront} to whoever connects. All of it may be used by several threads.
 */
public final class SimulatedServer {
    private final String name;
    private final List<String> restarted = new ArrayList<>();
    private final SimulatedStores stores;
    private final SimulatedIis iis;
    private final SimulatedMachine machine;
    private final SimulatedWsus wsus;
    private final SimulatedVisits visits;
    private final SimulatedTasks tasks;
    private final SimulatedProbes probes;
    private final SimulatedCertreq certreq;
    private final SimulatedWebRoots webRoots;

    /** @param build 14393 is Windows Server 2016, 17763 is 2019, 20348 is 2022 */
    public SimulatedServer(String name, int build, Clock clock, SecureRandom random) {
        this.name = name;
        this.stores = new SimulatedStores(clock, random);
        this.iis = new SimulatedIis(stores, restarted);
        this.machine = new SimulatedMachine(name, build, clock, iis.behaviours(), restarted);
        this.wsus = new SimulatedWsus(this);
        this.tasks = new SimulatedTasks(this);
        this.certreq = new SimulatedCertreq(this);
        this.webRoots = new SimulatedWebRoots(machine);
        CallTable table = new CallTable();
        stores.answer(table);
        iis.answer(table);
        machine.answer(table);
        wsus.answer(table);
        tasks.answer(table);
        certreq.answer(table);
        webRoots.answer(table);
        this.probes = new SimulatedProbes(this);
        probes.answer(table);
        this.visits = new SimulatedVisits(this, table);
    }

    public String name() {
        return name;
    }

    /** The port, answered by this server through the real request and answer texts. */
    public WindowsHost host() {
        return new ScriptedHost(name, visits, Presence.SENT_ALONG);
    }

    /** As {@link #host()}, with calls that need another machine done so. */
    public WindowsHost host(NetworkCalls networkCalls) {
        return new ScriptedHost(name, visits, Presence.SENT_ALONG, networkCalls);
    }

    /** What the script would print for a request, marks included; for those who carry it here themselves. */
    public synchronized String answer(String requestJson) {
        return visits.answer(requestJson, Presence.INSTALLED).stdout();
    }

    /** Lets the server be as described from now on. */
    public synchronized SimulatedServer with(Behaviour behaviour) {
        iis.behaviours().add(behaviour);
        return this;
    }

    public synchronized SimulatedServer without(Behaviour behaviour) {
        iis.behaviours().remove(behaviour);
        return this;
    }

    /** As a ConfigMgr site server, it knows this software update point. */
    public synchronized void putUpdatePoint(String dnsName, boolean ssl) {
        probes.putPoint(dnsName, ssl);
    }

    /** The sites whose full synchronization was started here, in order. */
    public synchronized List<String> synchronizedSites() {
        return List.copyOf(probes.synchronizedSites());
    }

    /** Lets certreq on this server ask a CA, by the name that the settings give. */
    public synchronized void reach(String config, SimulatedAuthority authority) {
        certreq.reach(config, authority);
    }

    /** What is in the way of certreq from now on. */
    public synchronized void meet(CertreqTrouble trouble) {
        certreq.meet(trouble);
    }

    /** A run that was killed left its task behind, and its folder of that age if it came so far. */
    public synchronized void leaveBehind(String task, Duration age, boolean withFolder) {
        tasks.leave(task, age, withFolder);
    }

    /** The tasks of ours that are there. */
    public synchronized List<String> leftTasks() {
        return tasks.tasks();
    }

    synchronized boolean is(Behaviour behaviour) {
        return iis.behaviours().contains(behaviour);
    }

    boolean knows(Class<?> call) {
        return visits.knows(call);
    }

    /** Plans something that goes wrong. */
    public synchronized void plan(Mishap mishap) {
        visits.plan(mishap);
    }

    /** Forgets mishaps that have not happened. */
    public synchronized void forgetMishaps() {
        visits.forgetMishaps();
    }

    /** The functions that were called so far, in order, also those that went wrong. */
    public synchronized List<String> called() {
        return visits.called();
    }

    public synchronized void addSite(int id, String site) {
        iis.sites().put(id, new SimulatedSite(id, site));
    }

    private SimulatedSite site(int id) {
        return Optional.ofNullable(iis.sites().get(id))
                .orElseThrow(() -> new IllegalArgumentException("site " + id + ": there is none in this simulation"));
    }

    public synchronized void addBinding(int site, String protocol, String information, int flags) {
        site(site).bindings().add(new Bound(protocol, information, flags));
    }

    public synchronized void addPaths(int site, List<String> applications, List<String> directories) {
        site(site).applications().addAll(applications);
        site(site).directories().addAll(directories);
    }

    public synchronized void startSite(int site, boolean started) {
        site(site).start(started);
    }

    /** The folder that a site serves, as far as answers for ACME CAs lie below it. */
    public synchronized void serveFolder(int site, String root) {
        webRoots.add(root);
        site(site).serve(root);
    }

    /** Somebody's file of that age where answers for ACME CAs lie below a root. */
    public synchronized void putChallengeFile(String root, String file, String text, Duration age) {
        webRoots.put(root, file, text, age);
    }

    /** The files where answers for ACME CAs lie below a root. */
    public synchronized List<String> challengeFiles(String root) {
        return webRoots.names(root);
    }

    /** What requires TLS at a path of a site, {@code ""} for the site itself; nothing where it is inherited. */
    public synchronized Optional<String> findSslFlags(int site, String path) {
        return Optional.ofNullable(site(site).sslFlags().get(path.toLowerCase(Locale.ROOT)));
    }

    public synchronized void setSslFlags(int site, String path, String value) {
        site(site).sslFlags().put(path.toLowerCase(Locale.ROOT), value);
    }

    /** Puts an entry into http.sys past IIS, as people do with netsh. */
    public synchronized void putHttpSysEntry(String key, Thumbprint thumbprint, String store) {
        iis.httpSys().put(key, new HttpSys.Entry(thumbprint, HttpSys.IIS, store, false));
    }

    /** The table of http.sys: which certificate stands under which key. */
    public synchronized Map<String, Thumbprint> httpSysTable() {
        Map<String, Thumbprint> table = new TreeMap<>();
        iis.httpSys().all().forEach((key, entry) -> table.put(key, entry.thumbprint()));
        return table;
    }

    /**
     * Puts a certificate into a store, as an administrator would.
     *
     * @param machineKey whether the key lies where http.sys can use it
     */
    public synchronized void putCertificate(
            StoreName store, X509Certificate certificate, Optional<PrivateKey> key, boolean machineKey) {
        stores.put(store, new StoredItem(certificate, "", key, machineKey));
    }

    /** Puts our account into a group of this machine, or takes it out. */
    public synchronized void join(String sid, boolean member) {
        if (member) {
            machine.groups().add(sid);
        } else {
            machine.groups().remove(sid);
        }
    }

    /** Puts something into a store that Windows takes for a certificate and Java does not. */
    public synchronized void putOddCertificate(StoreName store, byte[] der, boolean hasKey) {
        String base64 = Base64.getEncoder().encodeToString(der);
        stores.putOdd(store, new CertificateInStore(Thumbprint.ofDer(der), "", hasKey, base64));
    }

    /** Takes a certificate away behind everybody's back. */
    public synchronized void removeCertificate(StoreName store, Thumbprint thumbprint) {
        stores.take(store, thumbprint);
    }

    public synchronized List<X509Certificate> certificates(StoreName store) {
        return stores.all(store).stream().map(StoredItem::certificate).toList();
    }

    public synchronized Optional<String> findFriendlyName(Thumbprint thumbprint) {
        return stores.find(StoreName.MY, thumbprint).map(StoredItem::friendlyName);
    }

    public synchronized void putPool(String pool, PoolState state) {
        iis.pools().put(pool, state);
    }

    public synchronized void putService(String service, ServiceState state) {
        machine.services().put(service, state);
    }

    /** Services and pools that were restarted, in order. */
    public synchronized List<String> restarted() {
        return List.copyOf(restarted);
    }

    public synchronized void putSetupValue(String value, String kind, String text) {
        wsus.put(value, kind, text);
    }

    /** The values of WSUS' registry key as text. */
    public synchronized Map<String, String> setupValues() {
        Map<String, String> values = new TreeMap<>();
        wsus.setup().values().forEach(value -> values.put(value.name(), value.text()));
        return values;
    }

    public synchronized void knowName(String dnsName, List<String> addresses) {
        machine.names().put(dnsName, List.copyOf(addresses));
    }

    public synchronized void haveAddress(String address) {
        machine.addresses().add(address);
    }

    /** Lets this server reach another one by a name, as consoles and downstream servers do. */
    public synchronized void reach(String dnsName, SimulatedServer other) {
        wsus.reachable().put(dnsName, other);
    }

    /** The one that answers under a name, as seen from here: another one, or this one. */
    synchronized SimulatedServer answeringAs(String name) {
        return wsus.reachable().getOrDefault(name, this);
    }

    public synchronized void clockAhead(Duration ahead) {
        machine.clockAhead(ahead);
    }

    /** Ports on which a started site listens, with the protocol there. */
    synchronized Map<Integer, String> listening() {
        Map<Integer, String> ports = new TreeMap<>();
        for (SimulatedSite site : iis.sites().values()) {
            if (site.isStarted()) {
                site.bindings().forEach(bound -> ports.put(bound.port(), bound.protocol()));
            }
        }
        return ports;
    }

    /** The chain that a handshake shows, or why there is none. */
    synchronized List<X509Certificate> presented(String address, int port, Optional<String> serverName)
            throws WindowsError {
        if (!"https".equals(listening().get(port))) {
            throw WindowsError.refusedConnection();
        }
        return stores.chainOf(serving(address, port, serverName).certificate());
    }

    /** The certificate with its key that a handshake gets, or why there is none. */
    synchronized StoredItem serving(String address, int port, Optional<String> serverName) throws WindowsError {
        Optional<StoredItem> item = iis.httpSys()
                .serving(address, port, serverName)
                .flatMap(entry -> stores.find(storeOf(entry.store()), entry.thumbprint()))
                .filter(found -> found.key().isPresent() && found.machineKey());
        return item.orElseThrow(WindowsError::closedByRemote);
    }

    private static StoreName storeOf(String store) {
        return store.equalsIgnoreCase(StoreName.WEB_HOSTING.toString()) ? StoreName.WEB_HOSTING : StoreName.MY;
    }

    /** The text of a file that a plain GET gets. */
    synchronized Optional<String> findServed(int port, String path) {
        return iis.sites().values().stream()
                .filter(SimulatedSite::isStarted)
                .filter(each -> each.bindings().stream().anyMatch(bound -> bound.port() == port))
                .flatMap(each -> each.served().stream())
                .flatMap(root -> webRoots.findServed(root, path).stream())
                .findFirst();
    }

    /** What a GET is answered with: 403 where TLS is required and missing, 404 where nothing is, 503 where the pool stands. */
    synchronized int webStatus(String protocol, int port, String path) throws WindowsError {
        SimulatedSite site = iis.sites().values().stream()
                .filter(SimulatedSite::isStarted)
                .filter(each -> each.bindings().stream()
                        .anyMatch(bound ->
                                bound.port() == port && bound.protocol().equals(protocol)))
                .findFirst()
                .orElseThrow(WindowsError::refusedConnection);
        int slash = path.indexOf('/', 1);
        String first = path.substring(1, slash < 0 ? path.length() : slash);
        List<String> known = new ArrayList<>(site.applications());
        known.addAll(site.directories());
        if (known.stream().noneMatch(each -> each.equalsIgnoreCase("/" + first))) {
            return 404;
        }
        if (protocol.equals("http") && SimulatedIis.requiresSsl(site, first)) {
            return 403;
        }
        boolean poolStands = Optional.ofNullable(iis.pools().get("WsusPool"))
                .filter(pool -> !pool.state().equals("Started"))
                .isPresent();
        return poolStands ? 503 : first.equalsIgnoreCase("ApiRemoting30") ? 401 : 200;
    }

    SimulatedStores stores() {
        return stores;
    }

    SimulatedIis iis() {
        return iis;
    }

    SimulatedMachine machine() {
        return machine;
    }

    SimulatedTasks tasks() {
        return tasks;
    }

    SimulatedVisits visits() {
        return visits;
    }

    SimulatedWsus wsus() {
        return wsus;
    }
}
