package io.certwright.app.settings;

import io.certwright.alert.AlertSettings;
import io.certwright.alert.Recipient;
import io.certwright.alert.mail.MailSettings;
import io.certwright.alert.webhook.WebhookSettings;
import io.certwright.binding.BindingName;
import io.certwright.binding.HostName;
import io.certwright.binding.iis.IisSettings;
import io.certwright.binding.listener.ListenerSettings;
import io.certwright.certificate.CertificateName;
import io.certwright.certificate.DnsName;
import io.certwright.config.ConfigMapping;
import io.certwright.config.Faults;
import io.certwright.config.SettingsFile;
import io.certwright.enrollment.IssuerName;
import io.certwright.lifecycle.watch.WatchTarget;
import io.certwright.lifecycle.wish.CertificateSettings;
import io.certwright.lifecycle.wish.Host;
import io.certwright.lifecycle.wish.HostSettings;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientGroupName;
import io.certwright.trust.ClientGroupSettings;
import io.certwright.trust.UpdateServer;
import io.certwright.wsus.WsusServer;
import io.certwright.wsus.WsusSettings;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads a settings file as a whole. Every fault is found in one pass, also in the parts that stand beside a faulty one. */
public final class SettingsReading {
    private final SettingsFile file;
    private final ConfigMapping top;
    private final Map<BindingName, BindingChoice> bindings = new LinkedHashMap<>();
    private final Map<BindingName, CertificateName> boundBy = new LinkedHashMap<>();

    private SettingsReading(SettingsFile file, ConfigMapping top) {
        this.file = file;
        this.top = top;
    }

    /** The settings, or empty with {@code faults} that say why. */
    public static Optional<Settings> read(SettingsFile file, Faults faults) {
        return read(file, file.read(faults), faults);
    }

    /** As {@link #read(SettingsFile, Faults)}, of a top that is read already and can be rendered afterwards. */
    public static Optional<Settings> read(SettingsFile file, Optional<ConfigMapping> top, Faults faults) {
        return read(file, top, faults, database -> {});
    }

    /**
     * As {@link #read(SettingsFile, Optional, Faults)}; {@code early} hears of the database before the rest is read, and whether or not
     * the rest turns out to be sound.
     */
    public static Optional<Settings> read(
            SettingsFile file, Optional<ConfigMapping> top, Faults faults, Consumer<DatabaseChoice> early) {
        Optional<Settings> settings = top.flatMap(mapping -> new SettingsReading(file, mapping).read(early));
        return faults.isEmpty() ? settings : Optional.empty();
    }

    private Optional<Settings> read(Consumer<DatabaseChoice> early) {
        Optional<DatabaseChoice> database = DatabaseChoice.read(top.section("database"));
        database.ifPresent(early);
        Map<IssuerName, IssuerChoice> issuers =
                named("issuers", IssuerName::new, (name, node) -> IssuerChoice.read(node));
        List<X509Certificate> anchors = TrustAnchors.read(top, "trust-anchors");
        Map<HostName, Host> hosts = new LinkedHashMap<>(Map.of(HostName.LOCAL, Host.local()));
        Map<HostName, TransportChoice> transports =
                new LinkedHashMap<>(Map.of(HostName.LOCAL, TransportChoice.local()));
        hosts.putAll(named("hosts", HostName::new, (name, node) -> {
            TransportChoice.read(name, node).ifPresent(transport -> transports.put(name, transport));
            return HostSettings.read(name.value(), node);
        }));
        issuers.values().forEach(choice -> choice.requireHostAmong(hostNames()));
        Map<ClientGroupName, ClientGroup> groups = new LinkedHashMap<>();
        ClientGroupSettings.read(top).forEach(group -> groups.put(group.name(), group));
        ConfigMapping alertNode = top.section("alerts");
        Optional<MailSettings> mail = MailSettings.read(alertNode);
        Optional<WebhookSettings> webhook = WebhookSettings.read(alertNode);
        Optional<AlertSettings> rules = AlertSettings.read(alertNode)
                .map(read -> webhook.isPresent() ? read.andTelling(Recipient.WEBHOOK) : read);
        List<Recipient> everybody = rules.map(AlertSettings::to).orElse(List.of());
        CertificateSettings wishes = new CertificateSettings(
                top.named("issuers").keySet(), top.named("client-groups").keySet());
        IssuerDemands demands = new IssuerDemands(issuers, top.named("issuers"), bindings);
        Map<CertificateName, ManagedCertificate> certificates =
                named("certificates", CertificateName::of, (name, node) -> {
                    Optional<ManagedCertificate> wish = wishes.read(name.value(), node, bindingsOf(name, node));
                    wish.ifPresent(read -> demands.hold(read, node));
                    return wish.map(read -> read.andTelling(everybody));
                });
        groups.values().forEach(group -> requireServedName(group, certificates.values()));
        List<WsusServer> wsus = new WsusSettings(hostNames(), host -> boundOn(host, certificates.values())).read(top);
        List<WatchTarget> watch = watched();
        Optional<ListenerSettings> service = ListenerSettings.read(top.section("service"));
        return top.build(() -> new Settings(
                file.root(),
                issuers,
                anchors,
                hosts,
                transports,
                groups,
                certificates,
                bindings,
                wsus,
                service.orElseThrow(),
                new Settings.Alerts(rules.orElseThrow(), mail, webhook),
                watch,
                database.orElseThrow()));
    }

    private <N, T> Map<N, T> named(
            String section, Function<String, N> naming, BiFunction<N, ConfigMapping, Optional<T>> reader) {
        Map<N, T> read = new LinkedHashMap<>();
        top.named(section).forEach((text, node) -> {
            try {
                N name = naming.apply(text);
                reader.apply(name, node).ifPresent(value -> read.put(name, value));
            } catch (IllegalArgumentException refused) {
                node.fault(String.valueOf(refused.getMessage()));
            }
        });
        return read;
    }

    /** Clients compare the host of their update server with the names of its certificate. */
    private void requireServedName(ClientGroup group, Collection<ManagedCertificate> certificates) {
        Optional<DnsName> host = group.updates().server().map(UpdateServer::host);
        List<ManagedCertificate> own = certificates.stream()
                .filter(wish -> wish.clients().filter(group.name()::equals).isPresent())
                .toList();
        if (host.isEmpty() || own.isEmpty() || isElsewhere(host.get(), group)) {
            return;
        }
        if (own.stream().noneMatch(wish -> wish.names().covers(host.get()))) {
            String names = own.stream().map(wish -> wish.names().toString()).collect(Collectors.joining("; "));
            Optional.ofNullable(top.named("client-groups").get(group.name().value()))
                    .ifPresent(node -> node.fault(
                            "update-server",
                            "got " + host.get()
                                    + ", which is no name of a certificate for these clients, wanted one of " + names));
        }
    }

    private static boolean isElsewhere(DnsName host, ClientGroup group) {
        return group.alsoTalkTo().stream().anyMatch(other -> other.host().equals(host.value()));
    }

    private List<BindingName> bindingsOf(CertificateName name, ConfigMapping node) {
        List<ConfigMapping> items = node.mappings("bind");
        if (items.isEmpty()) {
            return List.of();
        }
        List<BindingName> own = new ArrayList<>();
        Collection<String> hosts = hostNames();
        List<DnsName> names = namesIn(node);
        for (ConfigMapping item : items) {
            BindingChoice.read(item, hosts, names).ifPresent(choice -> {
                CertificateName other = boundBy.putIfAbsent(choice.name(), name);
                if (other != null) {
                    item.fault("got " + choice.name() + ", which certificate " + other
                            + " binds already, wanted each binding once");
                }
                bindings.put(choice.name(), choice);
                own.add(choice.name());
            });
        }
        return own;
    }

    private Collection<String> hostNames() {
        Set<String> names = new LinkedHashSet<>(top.named("hosts").keySet());
        names.add(HostName.LOCAL.value());
        return names;
    }

    /** What is faulty is told where the names themselves are read. */
    private static List<DnsName> namesIn(ConfigMapping certificate) {
        return certificate.texts("dns").stream()
                .filter(DnsName::isWellFormed)
                .map(DnsName::parse)
                .toList();
    }

    /** What is bound in IIS on a host; empty where that is nothing, and a certificate that is faulty may be bound there. */
    private Optional<List<WsusSettings.Bound>> boundOn(HostName host, Collection<ManagedCertificate> certificates) {
        List<WsusSettings.Bound> found = new ArrayList<>();
        for (ManagedCertificate wish : certificates) {
            for (BindingName name : wish.bindings()) {
                Optional<IisSettings> iis =
                        Optional.ofNullable(bindings.get(name)).flatMap(BindingChoice::iis);
                if (iis.filter(settings -> settings.host().equals(host)).isPresent()) {
                    wish.names().dns().stream()
                            .findFirst()
                            .ifPresent(first ->
                                    found.add(bound(host, first, iis.get().port(), name, wish)));
                }
            }
        }
        boolean known = certificates.size() == top.named("certificates").size();
        return found.isEmpty() && !known ? Optional.empty() : Optional.of(found);
    }

    private static WsusSettings.Bound bound(
            HostName host, DnsName first, int port, BindingName binding, ManagedCertificate wish) {
        WsusServer plain = new WsusServer(
                host, first, port, wish.name(), binding, wish.clients(), List.of(), List.of(), Optional.empty());
        return new WsusSettings.Bound(plain, wish.names().dns());
    }

    private List<WatchTarget> watched() {
        Map<String, WatchTarget> targets = new LinkedHashMap<>();
        for (ConfigMapping item : top.mappings("watch")) {
            WatchTargets.read(item).ifPresent(target -> {
                if (targets.putIfAbsent(target.subject(), target) != null) {
                    item.fault("got " + target.subject() + " twice, wanted each target once");
                }
            });
        }
        return List.copyOf(targets.values());
    }
}
