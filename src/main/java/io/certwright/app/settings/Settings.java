package io.certwright.app.settings;

import io.certwright.alert.AlertSettings;
import io.certwright.alert.mail.MailSettings;
import io.certwright.alert.webhook.WebhookSettings;
import io.certwright.binding.BindingName;
import io.certwright.binding.HostName;
import io.certwright.binding.iis.IisSettings;
import io.certwright.binding.listener.ListenerSettings;
import io.certwright.certificate.CertificateName;
import io.certwright.enrollment.IssuerName;
import io.certwright.lifecycle.watch.WatchTarget;
import io.certwright.lifecycle.wish.Host;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientGroupName;
import io.certwright.wsus.WsusServer;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything that the settings file says, whole and sound: every name refers to something.
 *
 * @param root the folder from which relative paths count
 */
public record Settings(
        Path root,
        Map<IssuerName, IssuerChoice> issuers,
        List<X509Certificate> trustAnchors,
        Map<HostName, Host> hosts,
        Map<HostName, TransportChoice> transports,
        Map<ClientGroupName, ClientGroup> groups,
        Map<CertificateName, ManagedCertificate> certificates,
        Map<BindingName, BindingChoice> bindings,
        List<WsusServer> wsus,
        ListenerSettings service,
        Alerts alerts,
        List<WatchTarget> watch,
        DatabaseChoice database) {

    /** Whom to tell and when, and by which mail server and webhook, if there are any. */
    public record Alerts(AlertSettings rules, Optional<MailSettings> mail, Optional<WebhookSettings> webhook) {}

    public Settings {
        issuers = Map.copyOf(issuers);
        trustAnchors = List.copyOf(trustAnchors);
        hosts = Map.copyOf(hosts);
        transports = Map.copyOf(transports);
        groups = Map.copyOf(groups);
        certificates = Map.copyOf(certificates);
        bindings = Map.copyOf(bindings);
        wsus = List.copyOf(wsus);
        watch = List.copyOf(watch);
    }
    /** A host that is the Windows this process runs on: named with transport {@code local}, or one that IIS bindings are on. */
    public Optional<HostName> findHostOnThisWindows() {
        Set<HostName> bound = bindings.values().stream()
                .flatMap(binding -> binding.iis().stream())
                .map(IisSettings::host)
                .collect(Collectors.toSet());
        return transports.entrySet().stream()
                .filter(host -> host.getValue().isHere())
                .filter(host -> host.getValue().isLookedOver() || bound.contains(host.getKey()))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst();
    }
}
