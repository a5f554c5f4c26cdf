package io.certwright.lifecycle;

import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import java.util.List;

/**
 * Port: the CAs of the settings in force. A service reads changed settings while it runs, so who waits in between asks anew. Safe for many
 * threads.
 */
public interface Issuers {
    /** Every issuer that a certificate names is known: settings with a dangling one never come into force. */
    Issuer get(IssuerName name);

    List<Issuer> issuers();
}
