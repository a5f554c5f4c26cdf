package io.certwright.policy;

import io.certwright.policy.KeyFacts.Strength;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether the keys and signatures of a certificate and its chain are strong, as wished and ours. */
final class KeyChecks {
    private static final Set<String> WEAK_DIGESTS = Set.of("MD2", "MD4", "MD5", "SHA1", "SHA-1");
    private static final String PSS = "RSASSA-PSS";

    private KeyChecks() {}

    static Optional<Violation> keyIsOfAUsableKind(Inspection inspection) {
        KeyFacts key = inspection.facts().key();
        return key.strength() == Strength.UNSUPPORTED
                ? Optional.of(inspection.violation(
                        ViolationCode.KEY_KIND_UNSUPPORTED,
                        "got a key of kind " + key.text() + ", wanted RSA, P-256, P-384 or P-521"))
                : Optional.empty();
    }

    /** Of the leaf and of everything that issues above it, the anchor included. */
    static List<Violation> keysAreStrong(Inspection inspection) {
        List<X509Certificate> all = new ArrayList<>(List.of(inspection.leaf()));
        inspection.path().path().ifPresent(path -> all.addAll(path.issuers()));
        return all.stream()
                .filter(one -> KeyFacts.of(one.getPublicKey()).strength() == Strength.WEAK)
                .map(one -> inspection.violationOn(
                        one,
                        ViolationCode.KEY_WEAK,
                        "got a key " + KeyFacts.of(one.getPublicKey()).text()
                                + ", wanted RSA with at least 2048 bits, P-256, P-384 or P-521"))
                .toList();
    }

    /** Software update points need RSA; WSUS behind an EC key is untried (Microsoft, CNG certificates in ConfigMgr). */
    static Optional<Violation> keySuitsWsus(Inspection inspection) {
        KeyFacts key = inspection.facts().key();
        return inspection.expectation().use().servesWsus() && key.isElliptic()
                ? Optional.of(inspection.violation(
                        ViolationCode.KEY_UNFIT_FOR_WSUS,
                        "got a key " + key.text() + " for WSUS, wanted RSA, which software update points need"))
                : Optional.empty();
    }

    static Optional<Violation> keyIsAsWished(Inspection inspection) {
        KeyFacts got = inspection.facts().key();
        return inspection
                .expectation()
                .key()
                .filter(wished -> !got.spec().equals(Optional.of(wished)))
                .map(wished -> inspection.violation(
                        ViolationCode.KEY_NOT_AS_WISHED, "got a key " + got.text() + ", wanted " + wished));
    }

    static Optional<Violation> keyIsOurs(Inspection inspection) {
        byte[] got = inspection.leaf().getPublicKey().getEncoded();
        return inspection
                .expectation()
                .publicKey()
                .filter(ours -> !MessageDigest.isEqual(ours, got))
                .map(ours -> inspection.violation(
                        ViolationCode.KEY_NOT_OURS,
                        "got another public key than the one of our request, wanted the key that we asked for"));
    }

    /** Below the anchor only: what an anchor says about itself is trusted for its key, not for its signature. */
    static List<Violation> signaturesAreStrong(Inspection inspection) {
        return inspection.signedBelowAnchor().stream()
                .filter(one -> WEAK_DIGESTS.contains(digestOf(one)))
                .map(one -> inspection.violationOn(
                        one,
                        ViolationCode.SIGNATURE_WEAK,
                        "signed with " + one.getSigAlgName() + " over " + digestOf(one) + ", wanted SHA-256 or better"))
                .toList();
    }

    private static String digestOf(X509Certificate certificate) {
        String name = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        return name.equals(PSS) ? pssDigestOf(certificate) : name.split("WITH", 2)[0];
    }

    /** RFC 4055: parameters left out mean SHA-1. */
    private static String pssDigestOf(X509Certificate certificate) {
        byte[] encoded = certificate.getSigAlgParams();
        if (encoded == null) {
            return "SHA-1";
        }
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance(PSS);
            parameters.init(encoded);
            return parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm();
        } catch (GeneralSecurityException | java.io.IOException unreadable) {
            return "SHA-1";
        }
    }
}
