package io.certwright.discovery;

import io.certwright.binding.BindingName;
import io.certwright.binding.HostName;
import io.certwright.certificate.CertificateName;
import io.certwright.iis.Binding;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * An https binding of a site, and what is served there.
 *
 * @param leaf empty where nothing is bound, or where what is bound is not in the machine's Personal store
 * @param managedBy the certificate of the settings that is bound there, or whose inventory has the leaf
 */
public record FoundBinding(
        HostName host,
        String site,
        Binding binding,
        Optional<X509Certificate> leaf,
        Optional<CertificateName> managedBy) {
    public int port() {
        return binding.at().port();
    }

    public BindingName name() {
        return BindingName.ofSite(host, site, port());
    }
}
