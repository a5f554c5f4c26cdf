package io.certwright.discovery;

import io.certwright.binding.HostName;
import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.CertificateName;
import io.certwright.iis.Binding;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * An https binding of a site, and what is served there.
 *
 * @param chain what the server sends; empty where nothing is bound, or where what is bound is not in the machine's Personal store
 * @param managedBy the certificate of the settings that is bound there
 * @param knownAs the certificate whose inventory has what is served, bound there by the settings or not
 */
public record FoundBinding(
        HostName host,
        String site,
        Binding binding,
        Optional<CertificateChain> chain,
        Optional<CertificateName> managedBy,
        Optional<CertificateName> knownAs) {
    public int port() {
        return binding.at().port();
    }

    public Optional<X509Certificate> leaf() {
        return chain.map(CertificateChain::leaf);
    }

    /** As an entry under {@code bind} of the settings has it, in YAML. */
    public String entry() {
        return "{ type: iis, host: " + host + ", site: " + Quoted.text(site) + ", port: " + port() + " }";
    }
}
