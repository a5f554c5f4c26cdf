package io.certwright.crypto;

import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.certificate.ValidityPeriod;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * What one of our own CAs is about to sign.
 *
 * @param subject of the certificate
 * @param publicKey SubjectPublicKeyInfo in DER
 * @param purpose decides key usage, extended key usage and basic constraints
 * @param names the SAN; empty for a CA
 * @param revocationListUri where clients find the issuer's revocation list
 * @param issuerUri where clients find the issuer's certificate
 */
public record CertificateDraft(
        X500Principal subject,
        ValidityPeriod validity,
        byte[] publicKey,
        Purpose purpose,
        SubjectAlternativeNames names,
        Optional<String> revocationListUri,
        Optional<String> issuerUri) {
    /** What a certificate of ours is for. */
    public enum Purpose {
        /** Server Authentication. */
        SERVER,
        /** Signs CAs below it. */
        ROOT,
        /** Signs server certificates and nothing below them. */
        ISSUING
    }

    public CertificateDraft {
        publicKey = publicKey.clone();
    }

    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }
}
