package io.certwright.lifecycle.wish;

import io.certwright.alert.Recipient;
import io.certwright.binding.BindingName;
import io.certwright.binding.HostName;
import io.certwright.certificate.CertificateName;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientGroupName;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** The settings as the story sees them; each call answers from the settings in force at that moment. */
public interface Wishes {
    Optional<ManagedCertificate> find(CertificateName name);

    /** In the order of their names. */
    List<ManagedCertificate> list();

    /**
     * The certificate that is bound to the https bindings of a site of IIS on a port. IIS compares names of sites whatever their case, and
     * has some that no binding of the settings can have.
     */
    default Optional<CertificateName> findBoundTo(HostName host, String site, int port) {
        String text = BindingName.textOfSite(host, site, port);
        return list().stream()
                .filter(wish ->
                        wish.bindings().stream().anyMatch(bound -> bound.value().equalsIgnoreCase(text)))
                .map(ManagedCertificate::name)
                .findFirst();
    }

    /** Every host that a binding names is known: settings with a dangling one never come into force. */
    Host host(HostName name);

    ClientGroup group(ClientGroupName name);

    /** Who hears of what belongs to no certificate in the settings. */
    List<Recipient> recipients();

    /** Anchors that the settings add to those of the issuers. */
    List<X509Certificate> trustAnchors();
}
