package io.certwright.policy;

import io.certwright.certificate.IssuedCertificate;
import java.security.cert.X509Certificate;

/** A certificate of the corpus, its chain and where its path should end. */
record Sample(String name, IssuedCertificate certificate, X509Certificate anchor) {
    @Override
    public String toString() {
        return name;
    }
}
