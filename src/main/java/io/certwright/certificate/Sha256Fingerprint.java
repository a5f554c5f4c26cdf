package io.certwright.certificate;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;

/** SHA-256 over the DER encoding, as 64 upper-case hex digits: what proves that two certificates are the same one. */
public record Sha256Fingerprint(String hex) {
    public Sha256Fingerprint {
        if (!Digests.isHex(hex, 64)) {
            throw new IllegalArgumentException(
                    "SHA-256 fingerprint: got " + Printable.quote(hex) + ", wanted 64 hex digits");
        }
    }

    public static Sha256Fingerprint parse(String pasted) {
        return new Sha256Fingerprint(Digests.hexDigitsOf(pasted));
    }

    public static Sha256Fingerprint ofDer(byte[] der) {
        return new Sha256Fingerprint(Digests.hex("SHA-256", der));
    }

    public static Sha256Fingerprint of(X509Certificate certificate) {
        try {
            return ofDer(certificate.getEncoded());
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("a parsed certificate has no encoding", impossible);
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
