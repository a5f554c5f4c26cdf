package io.certwright.certificate;

import java.util.Arrays;

/**
 * A PKCS#10 request (RFC 2986) in DER and the public key in it (SubjectPublicKeyInfo, DER). Its hash names it in the record of
 * what was asked of a CA.
 */
public record CertificateSigningRequest(byte[] der, byte[] publicKey) {
    public CertificateSigningRequest {
        der = der.clone();
        publicKey = publicKey.clone();
    }

    @Override
    public byte[] der() {
        return der.clone();
    }

    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** SHA-256 over the DER, upper-case hex. */
    public String sha256() {
        return Digests.hex("SHA-256", der);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CertificateSigningRequest that && Arrays.equals(der, that.der);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(der);
    }

    @Override
    public String toString() {
        return "CSR " + sha256().substring(0, 8);
    }
}
