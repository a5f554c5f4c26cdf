package io.certwright.enrollment.builtin;

import io.certwright.enrollment.IssuerName;
import java.net.URI;
import java.util.Optional;

/** Where clients fetch what the CA publishes: {@code http://pki.contoso.com/pki/lab/issuing-0001.crl}. Empty without a public URL. */
record PublicAddresses(IssuerName issuer, Optional<URI> publicUrl) {
    Optional<String> revocationListOf(Authority authority) {
        return addressOf(authority.id() + ".crl");
    }

    Optional<String> certificateOf(Authority authority) {
        return addressOf(authority.id() + ".cer");
    }

    private Optional<String> addressOf(String file) {
        return publicUrl.map(url -> url + "/pki/" + issuer + "/" + file);
    }
}
