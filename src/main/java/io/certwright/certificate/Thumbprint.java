package io.certwright.certificate;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;

/**
 * SHA-1 over the DER encoding, as 40 upper-case hex digits: the name under which Windows, IIS and http.sys know a certificate.
 * A name, not a proof: where equality must be proven, {@link Sha256Fingerprint} decides.
 */
public record Thumbprint(String hex) implements Comparable<Thumbprint> {
    public Thumbprint {
        if (!Digests.isHex(hex, 40)) {
            throw new IllegalArgumentException("thumbprint: got " + Printable.quote(hex)
                    + ", wanted 40 hex digits (SHA-1), as Windows shows them");
        }
    }

    /** Reads what people paste: any case, spaces, colons, and the invisible U+200E that the Windows dialog copies along. */
    public static Thumbprint parse(String pasted) {
        return new Thumbprint(Digests.hexDigitsOf(pasted));
    }

    public static Thumbprint ofDer(byte[] der) {
        return new Thumbprint(Digests.hex("SHA-1", der));
    }

    public static Thumbprint of(X509Certificate certificate) {
        try {
            return ofDer(certificate.getEncoded());
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("a parsed certificate has no encoding", impossible);
        }
    }

    /** The first eight digits, for logs and tables. */
    public String abbreviated() {
        return hex.substring(0, 8);
    }

    @Override
    public int compareTo(Thumbprint other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
