package io.certwright.crypto;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What a certificate file held.
 *
 * @param format how it was encoded
 * @param certificates in the file's order; never empty
 * @param key the first private key in it that is not encrypted, or that the password opened
 */
public record CertificateFile(Format format, List<X509Certificate> certificates, Optional<PrivateKey> key) {
    /** The encodings that people and CAs hand over. */
    public enum Format {
        PEM,
        DER,
        PKCS7,
        PKCS12
    }

    public CertificateFile {
        certificates = List.copyOf(certificates);
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("certificate file: got no certificate, wanted at least one");
        }
    }

    /** Never shows the key. */
    @Override
    public String toString() {
        return format + " with " + certificates.size() + " certificates and " + (key.isPresent() ? "a" : "no") + " key";
    }
}
