package io.certwright.app;

import io.certwright.alert.Recipient;
import io.certwright.app.settings.Settings;
import io.certwright.binding.BindingName;
import io.certwright.binding.HostName;
import io.certwright.binding.ServerBinding;
import io.certwright.certificate.CertificateName;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import io.certwright.lifecycle.Issuers;
import io.certwright.lifecycle.ServerBindings;
import io.certwright.lifecycle.wish.Host;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientGroupName;
import java.security.cert.X509Certificate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings in force with the issuers and bindings made of them, as the story sees them. New settings come into force as a whole;
 * a story under way ends with what it began with wherever it asked already.
 */
final class SettingsInForce implements Wishes, Issuers, ServerBindings {
    /** One generation of settings and what was made of them. */
    record Generation(Settings settings, Map<IssuerName, Issuer> issuers, Map<BindingName, ServerBinding> bindings) {
        Generation {
            issuers = Map.copyOf(issuers);
            bindings = Map.copyOf(bindings);
        }
    }

    private volatile Generation current;

    SettingsInForce(Generation first) {
        current = first;
    }

    void replace(Generation next) {
        current = next;
    }

    Settings settings() {
        return current.settings();
    }

    @Override
    public Optional<ManagedCertificate> find(CertificateName name) {
        return Optional.ofNullable(settings().certificates().get(name));
    }

    /** In the order of the names. */
    @Override
    public List<ManagedCertificate> list() {
        return settings().certificates().values().stream()
                .sorted(Comparator.comparing(ManagedCertificate::name))
                .toList();
    }

    /** A host that a stored binding names and the settings do not know any more may not be changed. */
    @Override
    public Host host(HostName name) {
        return known(settings().hosts(), name, "host");
    }

    @Override
    public ClientGroup group(ClientGroupName name) {
        return known(settings().groups(), name, "client group");
    }

    @Override
    public List<Recipient> recipients() {
        return settings().alerts().rules().to();
    }

    @Override
    public List<X509Certificate> trustAnchors() {
        return settings().trustAnchors();
    }

    @Override
    public Issuer get(IssuerName name) {
        return known(current.issuers(), name, "issuer");
    }

    @Override
    public List<Issuer> issuers() {
        return current.issuers().values().stream()
                .sorted(Comparator.comparing(issuer -> issuer.name().value()))
                .toList();
    }

    @Override
    public ServerBinding get(BindingName name) {
        return known(current.bindings(), name, "binding");
    }

    private static <N, T> T known(Map<N, T> all, N name, String what) {
        return Optional.ofNullable(all.get(name))
                .orElseThrow(() -> new IllegalArgumentException(what + " " + name + ": not in the settings"));
    }
}
