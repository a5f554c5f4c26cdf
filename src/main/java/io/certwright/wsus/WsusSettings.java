package io.certwright.wsus;

import io.certwright.binding.HostName;
import io.certwright.certificate.DnsName;
import io.certwright.certificate.Printable;
import io.certwright.config.ConfigMapping;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads {@code wsus:}, a tree of servers: {@code { wsus01: { ssl-name: wsus01.contoso.com, consoles: [], downstream: { … } } }}. */
public final class WsusSettings {
    private final Collection<String> hosts;
    private final Function<HostName, Optional<List<Bound>>> boundOn;

    /**
     * What the certificates of the settings say about a host.
     *
     * @param names of the certificate
     */
    public record Bound(WsusServer server, List<DnsName> names) {}

    /**
     * @param hosts the names under {@code hosts}
     * @param boundOn what is bound in IIS on a host, in the order of the settings; its servers have neither consoles nor downstream
     *     servers yet, and the certificate's first name as ssl-name; empty where nothing is found and faults elsewhere may be why
     */
    public WsusSettings(Collection<String> hosts, Function<HostName, Optional<List<Bound>>> boundOn) {
        this.hosts = List.copyOf(hosts);
        this.boundOn = boundOn;
    }

    /** The servers at the top, in the order of the settings. */
    public List<WsusServer> read(ConfigMapping top) {
        List<WsusServer> servers = new ArrayList<>();
        top.named("wsus").forEach((name, node) -> server(name, node).ifPresent(servers::add));
        return servers;
    }

    private Optional<WsusServer> server(String name, ConfigMapping node) {
        Optional<DnsName> sslName = node.required("ssl-name", node.value("ssl-name", DnsName::parse));
        Optional<Integer> port = node.integer("port", 1, 65535);
        List<HostName> consoles = node.values("consoles", this::console);
        Optional<SitePoint> point =
                node.mapping("update-point").flatMap(below -> sslName.flatMap(ssl -> point(below, ssl)));
        List<WsusServer> downstream = new ArrayList<>();
        node.named("downstream").forEach((child, below) -> server(child, below).ifPresent(downstream::add));
        if (!hosts.contains(name)) {
            node.fault("got server " + name + ", which is not among the hosts of the settings");
            return Optional.empty();
        }
        Optional<List<Bound>> all = boundOn.apply(new HostName(name));
        if (all.isEmpty()) {
            node.finish();
            return Optional.empty();
        }
        Optional<Bound> bound = bound(name, all.get(), node, port, sslName);
        if (bound.isPresent()) {
            sslName.filter(given -> !bound.get().names().contains(given))
                    .ifPresent(given -> node.fault(
                            "ssl-name",
                            "got " + given + ", which is not among the names of certificate "
                                    + bound.get().server().certificate() + ", wanted one of them"));
        }
        return node.build(() -> {
            WsusServer plain = bound.orElseThrow().server();
            return new WsusServer(
                    plain.host(),
                    sslName.orElseThrow(),
                    plain.port(),
                    plain.certificate(),
                    plain.binding(),
                    plain.clients(),
                    consoles,
                    downstream,
                    point);
        });
    }

    /** Of several, the one on the port that is given, for the name that is given; or else the first. */
    private static Optional<Bound> bound(
            String name, List<Bound> all, ConfigMapping node, Optional<Integer> port, Optional<DnsName> sslName) {
        if (all.isEmpty()) {
            node.fault("got server " + name
                    + ", to which no certificate is bound, wanted one with bind: { type: iis, host: " + name + ", … }");
            return Optional.empty();
        }
        List<Bound> onPort = all.stream()
                .filter(each -> port.isEmpty() || each.server().port() == port.get())
                .toList();
        if (onPort.isEmpty()) {
            node.fault(
                    "port",
                    "got " + port.orElseThrow() + ", on which no certificate is bound on " + name + ", wanted "
                            + String.join(
                                    " or ",
                                    all.stream()
                                            .map(each ->
                                                    String.valueOf(each.server().port()))
                                            .toList()));
            return Optional.empty();
        }
        return onPort.stream()
                .filter(each -> sslName.filter(each.names()::contains).isPresent())
                .findFirst()
                .or(() -> Optional.of(onPort.get(0)));
    }

    /** The name by which the site knows it is the one that clients know, unless it is given. */
    private Optional<SitePoint> point(ConfigMapping node, DnsName sslName) {
        String siteCode = node.requiredText("site-code");
        DnsName name = node.value("name", DnsName::parse, sslName);
        Optional<HostName> siteServer = node.value("site-server", this::console);
        return siteCode.isEmpty() ? Optional.empty() : node.build(() -> new SitePoint(siteCode, name, siteServer));
    }

    private HostName console(String name) {
        if (!hosts.contains(name)) {
            throw new IllegalArgumentException(
                    "got " + Printable.quote(name) + ", wanted one of the hosts of the settings");
        }
        return new HostName(name);
    }
}
