package io.certwright.lifecycle.wish;

import io.certwright.alert.Recipient;
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

    /** Every host that a binding names is known: settings with a dangling one never come into force. */
    Host host(HostName name);

    ClientGroup group(ClientGroupName name);

    /** Who hears of what belongs to no certificate in the settings. */
    List<Recipient> recipients();

    /** Anchors that the settings add to those of the issuers. */
    List<X509Certificate> trustAnchors();
}
