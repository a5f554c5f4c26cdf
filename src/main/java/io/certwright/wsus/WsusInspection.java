package io.certwright.wsus;

import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.DnsName;
import io.certwright.certificate.Printable;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.crypto.CertificateReader;
import io.certwright.failure.LifecycleException;
import io.certwright.iis.Binding;
import io.certwright.iis.HttpSysEntry;
import io.certwright.iis.IisDrift;
import io.certwright.windows.AccessCall.SslFlagsAt;
import io.certwright.windows.PoolCall.PoolState;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds a WSUS server against its wish. Reads as a table of contents: one method for each thing that can differ; asks nobody. */
final class WsusInspection {
    private static final int WEAK_RSA_BITS = 2048;
    private static final int QUEUE = 2000;
    private static final Pattern SQL_SERVER = Pattern.compile("(?:TCP:|LPC:|NP:)?([^\\\\,]*).*", Pattern.DOTALL);
    private static final Set<String> HERE = Set.of(".", "(LOCAL)", "LOCALHOST");

    private final WsusServer wish;
    private final WsusState state;
    private final WsusApi api;
    private final List<Binding> unmanaged;
    private final Instant now;
    private final List<WsusDrift> found = new ArrayList<>();

    private WsusInspection(WsusServer wish, WsusState state, WsusApi api, List<Binding> unmanaged, Instant now) {
        this.wish = wish;
        this.state = state;
        this.api = api;
        this.unmanaged = unmanaged;
        this.now = now;
    }

    /**
     * @param api what WSUS' own API says of the server, or that it refused
     * @param unmanaged https bindings of the site that no certificate of the settings is bound to
     */
    static List<WsusDrift> of(WsusServer wish, WsusState state, WsusApi api, List<Binding> unmanaged, Instant now)
            throws LifecycleException {
        return new WsusInspection(wish, state, api, unmanaged, now).inspect();
    }

    private List<WsusDrift> inspect() throws LifecycleException {
        bindings();
        certificate();
        http();
        directories();
        recordedName();
        names();
        pool();
        service();
        database();
        state.host().drift().stream()
                .filter(drift -> drift.concerns(wish.port()))
                .forEach(this::betweenIisAndHttpSys);
        return List.copyOf(found);
    }

    private void bindings() {
        List<Binding> https = state.site().httpsBindings();
        if (state.site().httpsBindingsOn(wish.port()).isEmpty()) {
            add(
                    "HTTPS_BINDING_MISSING",
                    "site " + site() + " has no https binding on port " + wish.port(),
                    "certwright renew " + wish.certificate());
        }
        if (https.size() > 1 && !unmanaged.isEmpty()) {
            add(
                    "SEVERAL_HTTPS_BINDINGS",
                    "site " + site() + " has " + https.size()
                            + " https bindings, and nothing renews the certificate of "
                            + String.join(
                                    ", ",
                                    unmanaged.stream()
                                            .map(each -> each.at().toString())
                                            .toList()),
                    "remove in IIS Manager what nobody uses, or add one bind entry for each port");
        }
        for (Binding binding : https) {
            binding.at()
                    .findHost()
                    .ifPresent(host -> add(
                            "HOST_HEADER",
                            "https binding " + binding.at() + " has the host name " + Printable.quote(host)
                                    + "; requests under any other name, the console's on the server too, find no site",
                            "empty the Host name of the binding in IIS Manager"));
        }
        if (!state.site().started()) {
            add("SITE_STOPPED", "site " + site() + " is stopped", "start it in IIS Manager");
        }
    }

    private void certificate() throws LifecycleException {
        for (Binding binding : state.site().httpsBindingsOn(wish.port())) {
            Optional<HttpSysEntry> entry = state.host().iis().table().find(binding.key());
            var served = entry.isPresent() ? entry.get().certificate() : binding.certificate();
            if (served.isEmpty()) {
                add(
                        "NO_CERTIFICATE",
                        "https binding " + binding.at() + " has no certificate, which is how WSUS begins",
                        "certwright renew " + wish.certificate());
                continue;
            }
            Optional<CertificateChain> chain = state.host().chainOf(served.get());
            if (chain.isEmpty()) {
                add(
                        "CERTIFICATE_MISSING",
                        "https binding " + binding.at() + " names certificate " + served.get()
                                + ", which is not in LocalMachine\\My",
                        "certwright renew " + wish.certificate() + " --force");
            } else {
                judge(chain.get().leaf());
            }
        }
    }

    private void judge(X509Certificate leaf) throws LifecycleException {
        String renew = "certwright renew " + wish.certificate() + " --force";
        String what = "the certificate bound now";
        if (leaf.getIssuerX500Principal().equals(leaf.getSubjectX500Principal())) {
            add(
                    "SELF_SIGNED",
                    what + " is self-signed: every client has to trust each one of them",
                    "use an issuer that is a CA, then " + renew);
        }
        if ((leaf.getPublicKey() instanceof RSAPublicKey key && key.getModulus().bitLength() < WEAK_RSA_BITS)
                || leaf.getSigAlgName().toUpperCase(Locale.ROOT).startsWith("SHA1")) {
            add("WEAK_CERTIFICATE", what + " has a short key or a SHA-1 signature", renew);
        }
        if (!ValidityPeriod.of(leaf).isValidAt(now)) {
            add(
                    "CERTIFICATE_EXPIRED",
                    what + " is not valid now: until " + ValidityPeriod.of(leaf).notAfter(),
                    renew);
        }
        boolean covered = CertificateReader.read(leaf).dnsNames().stream()
                .filter(DnsName::isWellFormed)
                .map(DnsName::parse)
                .anyMatch(name -> name.covers(wish.sslName()));
        if (!covered) {
            add(
                    "NAME_NOT_COVERED",
                    what + " is not for " + wish.sslName() + ", by which clients reach this server",
                    renew);
        }
    }

    private void http() {
        boolean there = state.site().bindings().stream()
                .anyMatch(binding -> !binding.isHttps() && binding.at().port() == wish.httpPort());
        if (!there) {
            add(
                    "HTTP_BINDING_MISSING",
                    "site " + site() + " has no http binding on port " + wish.httpPort()
                            + "; content is always fetched over http",
                    "New-WebBinding -Name \"" + state.site().name() + "\" -Protocol http -Port " + wish.httpPort());
        }
    }

    private void directories() {
        for (String directory : VirtualDirectories.WITH_TLS) {
            Optional<SslFlagsAt> flags = state.flagsOf(directory);
            if (flags.isEmpty()) {
                add(
                        "DIRECTORY_MISSING",
                        "site " + site() + " has no virtual directory " + directory,
                        "repair WSUS: WsusUtil postinstall");
            } else {
                withTls(directory, RequiredTls.of(flags.get()));
            }
        }
        for (String directory : VirtualDirectories.WITHOUT_TLS) {
            state.flagsOf(directory)
                    .filter(flags -> RequiredTls.of(flags).required() && !isInheritedFromSite(flags))
                    .ifPresent(flags -> mustNot("virtual directory " + directory, state.location(directory)));
        }
        if (RequiredTls.of(state.siteFlags()).required()) {
            mustNot("the whole site", state.site().name());
        }
    }

    private boolean isInheritedFromSite(SslFlagsAt flags) {
        return flags.inherited() && RequiredTls.of(state.siteFlags()).required();
    }

    private void withTls(String directory, RequiredTls tls) {
        if (!tls.required()) {
            add(
                    "TLS_NOT_REQUIRED",
                    "virtual directory " + directory + " does not require SSL",
                    "certwright wsus apply " + wish.host());
        }
        if (tls.asksForClientCertificates()) {
            add(
                    "CLIENT_CERTIFICATES",
                    "virtual directory " + directory
                            + " asks for client certificates; clients then fail with 0x80072F0C",
                    "certwright wsus apply " + wish.host());
        }
    }

    private void mustNot(String what, String location) {
        add(
                "TLS_REQUIRED_TOO_FAR",
                what + " requires SSL; content and old clients use http there, and downloads fail",
                "%windir%\\system32\\inetsrv\\appcmd.exe set config \"" + location
                        + "\" /section:access /sslFlags:None /commit:APPHOST");
    }

    private void recordedName() {
        if (!state.isConfiguredFor(wish)) {
            String recorded = state.setup().find("ServerCertificateName").orElse("");
            add(
                    "SSL_NAME",
                    state.isUsingSsl()
                            ? "WSUS uses TLS under the name " + Printable.quote(recorded) + ", wanted " + wish.sslName()
                            : "WSUS does not count itself as using TLS",
                    "certwright wsus apply " + wish.host());
        } else {
            api.findOtherPort(wish)
                    .ifPresent(port -> add(
                            "SSL_PORT",
                            "WSUS uses TLS on port " + port + ", wanted " + wish.port(),
                            "certwright wsus apply " + wish.host()));
        }
        api.refusal().ifPresent(refusal -> found.add(WsusRights.refusedByApi("WSUS", refusal)));
    }

    private void names() {
        if (wish.sslName().isSingleLabel()) {
            add(
                    "SHORT_NAME",
                    "ssl-name " + wish.sslName()
                            + " is a short name, which is not enough for clients and downstream servers",
                    "set ssl-name to the FQDN");
        }
        List<String> addresses = state.resolved().addresses();
        if (addresses.isEmpty()) {
            add(
                    "NAME_NOT_RESOLVED",
                    "the server does not resolve " + wish.sslName() + " itself",
                    "add the name to DNS");
        } else if (addresses.stream().noneMatch(state.own().addresses()::contains)) {
            add(
                    "NAME_ELSEWHERE",
                    "the server resolves " + wish.sslName() + " to " + String.join(", ", addresses)
                            + ", which are not its own addresses, "
                            + String.join(", ", state.own().addresses()),
                    "correct DNS, unless a load balancer stands there");
        }
    }

    private void pool() {
        PoolState pool = state.pool();
        if (!pool.present()) {
            add("POOL_MISSING", "there is no application pool " + WsusState.POOL, "repair WSUS: WsusUtil postinstall");
            return;
        }
        List<String> off = new ArrayList<>();
        if (pool.queueLength() < QUEUE) {
            off.add("queue length " + pool.queueLength() + ", wanted " + QUEUE);
        }
        if (pool.idleMinutes() != 0) {
            off.add("idle time-out " + pool.idleMinutes() + " min, wanted 0");
        }
        if (pool.pinging()) {
            off.add("ping on, wanted off");
        }
        if (pool.privateMemoryKib() != 0) {
            off.add("private memory limit " + pool.privateMemoryKib() + " KiB, wanted 0");
        }
        if (pool.recycleMinutes() != 0) {
            off.add("recycling every " + pool.recycleMinutes() + " min, wanted 0");
        }
        if (!off.isEmpty()) {
            add(
                    "POOL_VALUES",
                    "application pool " + WsusState.POOL + " has " + String.join("; ", off)
                            + "; with TLS it runs out of these sooner, and clients see 503",
                    "set these in IIS Manager > Application Pools > " + WsusState.POOL + " > Advanced Settings");
        }
    }

    private void service() {
        if (!state.service().isRunning()) {
            add(
                    "SERVICE_STOPPED",
                    "service " + WsusState.SERVICE + " is "
                            + (state.service().present() ? state.service().status() : "not there"),
                    "Start-Service " + WsusState.SERVICE);
        }
    }

    /** {@code HOST\INSTANCE}, {@code tcp:HOST,PORT}, or the internal database by its pipe or its name. */
    private void database() {
        String sql = state.setup().find("SqlServerName").orElse("");
        Matcher written = SQL_SERVER.matcher(sql.toUpperCase(Locale.ROOT));
        String machine = written.matches() ? written.group(1).strip() : "";
        String own = state.host().facts().computer().toUpperCase(Locale.ROOT);
        boolean here = machine.isEmpty()
                || HERE.contains(machine)
                || sql.toUpperCase(Locale.ROOT).contains("MICROSOFT##")
                || state.own().addresses().contains(machine)
                || machine.equals(own)
                || machine.startsWith(own + ".");
        if (!here) {
            add(
                    "SQL_REMOTE",
                    "the database is on " + Printable.quote(sql) + "; the TLS of WSUS does not cover that connection",
                    "move the database to this server, or a private network or IPsec between the two; SQL Server can"
                            + " encrypt the connection and require Extended Protection");
        }
    }

    private void betweenIisAndHttpSys(IisDrift drift) {
        add(drift.code().name(), drift.sentence(), drift.fix());
    }

    private String site() {
        return Printable.quote(state.site().name());
    }

    private void add(String code, String sentence, String fix) {
        found.add(new WsusDrift(code, sentence, fix));
    }
}
