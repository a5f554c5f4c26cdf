package io.certwright.lifecycle;

import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import java.util.List;

/** The configured issuers. */
public interface Issuers {
    /** Every issuer that a certificate names is known: settings with a dangling one never come into force. */
    Issuer get(IssuerName name);

    List<Issuer> issuers();
}
