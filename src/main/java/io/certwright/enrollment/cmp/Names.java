package io.certwright.enrollment.cmp;

import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;

/** Names from the JDK's form to the crypto library's, byte for byte. */
final class Names {
    private Names() {}

    static X500Name of(X500Principal name) {
        return X500Name.getInstance(name.getEncoded());
    }
}
