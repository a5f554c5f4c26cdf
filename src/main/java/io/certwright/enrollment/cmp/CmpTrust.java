package io.certwright.enrollment.cmp;

import io.certwright.certificate.ValidityPeriod;
import io.certwright.crypto.BouncyCastle;
import io.certwright.crypto.ChainOrder;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bouncycastle.cert.cmp.CMPException;
import org.bouncycastle.cert.cmp.ProtectedPKIMessage;
import org.bouncycastle.operator.DefaultSignatureNameFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

/**
 * Whose answers are believed: those of who knows the secret, and those that are signed by a CA that leads to an anchor, by somebody
 * below it who says that he may (EKU cmcCA or cmcRA, RFC 9480, 2.2), or by one of the signers of the settings.
 */
record CmpTrust(
        Optional<SharedSecret> secret, List<X509Certificate> anchors, List<X509Certificate> signers, Instant now) {
    private static final List<String> MAY_ANSWER = List.of("1.3.6.1.5.5.7.3.27", "1.3.6.1.5.5.7.3.28");
    private static final List<String> BROKEN_DIGESTS = List.of("MD2", "MD5", "SHA1", "SHA-1");
    private static final int DIGITAL_SIGNATURE = 0;

    /** Throws where nothing that the settings trust protects the message. */
    void requireProtected(ProtectedPKIMessage message, List<X509Certificate> extra)
            throws IOException, GeneralSecurityException {
        if (MacCheck.isMac(message.getProtectionAlgorithm())) {
            requireSecretBehind(message);
        } else {
            requireMaySign(signerOf(message, extra), extra);
        }
    }

    private void requireSecretBehind(ProtectedPKIMessage message) throws IOException {
        if (secret.isEmpty()) {
            throw new IOException("it is protected by a secret, and there is none in the settings");
        }
        char[] password = secret.get().secret().reveal();
        try {
            if (!message.verify(MacCheck.bounded(), password)) {
                throw new IOException("it is protected by another secret than ours");
            }
        } catch (CMPException unreadable) {
            throw new IOException(unreadable.getMessage(), unreadable);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /** Whoever's key it is: that decides, not what a message says of its sender. */
    private X509Certificate signerOf(ProtectedPKIMessage message, List<X509Certificate> extra) throws IOException {
        String algorithm = new DefaultSignatureNameFinder().getAlgorithmName(message.getProtectionAlgorithm());
        if (BROKEN_DIGESTS.stream().anyMatch(algorithm.toUpperCase(Locale.ROOT)::startsWith)) {
            throw new IOException("it is signed with " + algorithm + ", which proves nothing");
        }
        List<X509Certificate> candidates = new ArrayList<>(signers);
        candidates.addAll(extra);
        candidates.addAll(anchors);
        return candidates.stream()
                .filter(candidate -> isSignedBy(message, candidate))
                .findFirst()
                .orElseThrow(() -> new IOException("its signature is that of none of the " + candidates.size()
                        + " certificates with it and in the settings"));
    }

    private static boolean isSignedBy(ProtectedPKIMessage message, X509Certificate candidate) {
        try {
            return message.verify(new JcaContentVerifierProviderBuilder()
                    .setProvider(BouncyCastle.provider())
                    .build(candidate.getPublicKey()));
        } catch (CMPException | OperatorCreationException | RuntimeException notThisOne) {
            return false;
        }
    }

    private void requireMaySign(X509Certificate signer, List<X509Certificate> pool)
            throws IOException, GeneralSecurityException {
        if (!ValidityPeriod.of(signer).isValidAt(now)) {
            throw new IOException("its signer " + nameOf(signer) + " is not valid now, it ended at "
                    + signer.getNotAfter().toInstant());
        }
        if (signers.contains(signer)) {
            return;
        }
        if (!saysThatItMay(signer)) {
            throw new IOException(
                    "its signer " + nameOf(signer) + " is no CA and does not say that it may answer for one");
        }
        requireLeadsToAnAnchor(signer, pool);
    }

    private static boolean saysThatItMay(X509Certificate signer) throws GeneralSecurityException {
        boolean[] usage = signer.getKeyUsage();
        List<String> purposes =
                Optional.ofNullable(signer.getExtendedKeyUsage()).orElse(List.of());
        return (usage == null || usage[DIGITAL_SIGNATURE])
                && (signer.getBasicConstraints() >= 0 || purposes.stream().anyMatch(MAY_ANSWER::contains));
    }

    private void requireLeadsToAnAnchor(X509Certificate signer, Collection<X509Certificate> pool)
            throws IOException, GeneralSecurityException {
        List<X509Certificate> path = ChainOrder.from(signer, pool).certificates().stream()
                .takeWhile(certificate -> !anchors.contains(certificate))
                .toList();
        if (path.isEmpty()) {
            return;
        }
        PKIXParameters parameters = new PKIXParameters(
                anchors.stream().map(anchor -> new TrustAnchor(anchor, null)).collect(Collectors.toSet()));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(now));
        try {
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
        } catch (java.security.cert.CertPathValidatorException leadsNowhere) {
            throw new IOException(
                    "its signer " + nameOf(signer) + " leads to no anchor (" + leadsNowhere.getMessage() + ")",
                    leadsNowhere);
        }
    }

    private static String nameOf(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }
}
