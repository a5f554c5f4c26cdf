package io.certwright.crypto;

import io.certwright.certificate.CertificateChain;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Puts certificates that came in any order into a chain: leaf first, each followed by its issuer, the anchor left out. */
public final class ChainOrder {
    /** Deeper than any real hierarchy. */
    private static final int LONGEST = 10;

    private ChainOrder() {}

    /** The certificate of the pool that carries this public key (SubjectPublicKeyInfo in DER). */
    public static Optional<X509Certificate> findByKey(byte[] publicKey, Collection<X509Certificate> pool) {
        return pool.stream()
                .filter(certificate -> Arrays.equals(certificate.getPublicKey().getEncoded(), publicKey))
                .findFirst();
    }

    /** Issuers are recognised by name and by signature; strangers in the pool are left out. */
    public static CertificateChain from(X509Certificate leaf, Collection<X509Certificate> pool) {
        List<X509Certificate> chain = new ArrayList<>(List.of(leaf));
        Optional<X509Certificate> issuer = issuerOf(leaf, pool);
        while (issuer.isPresent()
                && !isSelfSigned(issuer.get())
                && !chain.contains(issuer.get())
                && chain.size() < LONGEST) {
            chain.add(issuer.get());
            issuer = issuerOf(issuer.get(), pool);
        }
        return new CertificateChain(chain);
    }

    /** As {@link #from}, and then the anchor that issued the last one of it, where it is among {@code anchors}. */
    public static List<X509Certificate> upTo(
            Collection<X509Certificate> anchors, X509Certificate leaf, Collection<X509Certificate> pool) {
        List<X509Certificate> path = new ArrayList<>(from(leaf, pool).certificates());
        X509Certificate last = path.get(path.size() - 1);
        if (!anchors.contains(last)) {
            issuerOf(last, anchors).ifPresent(path::add);
        }
        return path;
    }

    public static boolean isSelfSigned(X509Certificate certificate) {
        return isIssuedBy(certificate, certificate);
    }

    private static Optional<X509Certificate> issuerOf(X509Certificate certificate, Collection<X509Certificate> pool) {
        return pool.stream()
                .filter(candidate -> isIssuedBy(certificate, candidate))
                .findFirst();
    }

    static boolean isIssuedBy(X509Certificate certificate, X509Certificate candidate) {
        if (!certificate.getIssuerX500Principal().equals(candidate.getSubjectX500Principal())) {
            return false;
        }
        try {
            if (EcdsaVerification.suits(certificate)) {
                EcdsaVerification.verify(certificate, candidate.getPublicKey());
            } else {
                certificate.verify(candidate.getPublicKey(), BouncyCastle.provider());
            }
            return true;
        } catch (GeneralSecurityException | RuntimeException notItsIssuer) {
            return false;
        }
    }
}
