package io.certwright.policy;

import io.certwright.certificate.Printable;
import io.certwright.policy.encoding.BrokenEncoding;
import io.certwright.policy.encoding.Extensions;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** What a certificate and its key may be used for: RFC 5280, 4.2.1.3, 4.2.1.9 and 4.2.1.12. */
final class UseChecks {
    private static final String ANY = "2.5.29.37.0";
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_ENCIPHERMENT = 2;
    private static final int DATA_ENCIPHERMENT = 3;
    private static final int KEY_AGREEMENT = 4;
    private static final int KEY_CERT_SIGN = 5;
    private static final int CRL_SIGN = 6;
    private static final int ENCIPHER_ONLY = 7;
    private static final int DECIPHER_ONLY = 8;

    private UseChecks() {}

    /** Windows Update clients and WSUS want it by name: anyExtendedKeyUsage is not enough, and no extension is not either. */
    static Optional<Violation> serverAuthenticationIsPresent(Inspection inspection) {
        LeafFacts facts = inspection.facts();
        if (facts.hasPurpose(LeafFacts.SERVER_AUTH)) {
            return Optional.empty();
        }
        String got = facts.extendedKeyUsage()
                .map(purposes -> "the extended key usages " + Shown.names(purposes))
                .orElse("no extended key usage");
        return Optional.of(inspection.violation(
                ViolationCode.SERVER_AUTH_MISSING,
                "got " + got + ", wanted Server Authentication (" + LeafFacts.SERVER_AUTH + ")"));
    }

    /** A CA, or a root, whose own extended key usage leaves a purpose out takes it away from all below (Windows, BR 7.1.2.2). */
    static List<Violation> serverAuthenticationIsNotExcludedAbove(Inspection inspection) {
        return inspection.path().path().stream()
                .flatMap(path -> path.issuers().stream())
                .filter(UseChecks::excludesServerAuthentication)
                .map(issuer -> inspection.violationOn(
                        issuer,
                        ViolationCode.SERVER_AUTH_EXCLUDED,
                        "this CA may not issue for Server Authentication, its extended key usage leaves it out"))
                .toList();
    }

    static Optional<Violation> leafIsNoCa(Inspection inspection) {
        return inspection.leaf().getBasicConstraints() < 0
                ? Optional.empty()
                : Optional.of(inspection.violation(
                        ViolationCode.LEAF_IS_CA, "got a CA certificate, wanted a server certificate"));
    }

    /** TLS 1.3 and all suites with forward secrecy need a signature; a right to sign certificates belongs to CAs alone. */
    static Optional<Violation> keyUsageFitsTls(Inspection inspection) {
        LeafFacts facts = inspection.facts();
        if (!facts.mayBeUsedFor(DIGITAL_SIGNATURE)) {
            return Optional.of(inspection.violation(
                    ViolationCode.KEY_USAGE_UNFIT, "got a key usage without digitalSignature, wanted it for TLS"));
        }
        boolean signsCertificates = facts.keyUsage().isPresent() && facts.mayBeUsedFor(KEY_CERT_SIGN);
        return signsCertificates && inspection.leaf().getBasicConstraints() < 0
                ? Optional.of(inspection.violation(
                        ViolationCode.KEY_USAGE_UNFIT,
                        "got the key usage keyCertSign without being a CA, wanted digitalSignature"))
                : Optional.empty();
    }

    /** RFC 8813: an EC key signs and agrees, it cannot encipher. RFC 3279: an RSA key signs and enciphers, it cannot agree. */
    static Optional<Violation> keyUsageFitsTheKind(Inspection inspection) {
        LeafFacts facts = inspection.facts();
        if (facts.keyUsage().isEmpty()) {
            return Optional.empty();
        }
        boolean enciphers = facts.mayBeUsedFor(KEY_ENCIPHERMENT) || facts.mayBeUsedFor(DATA_ENCIPHERMENT);
        if (facts.key().isElliptic() && enciphers) {
            return Optional.of(inspection.violation(
                    ViolationCode.KEY_USAGE_ODD,
                    "got the key usage keyEncipherment or dataEncipherment for a key on "
                            + facts.key().text() + ", wanted digitalSignature alone"));
        }
        boolean agrees = facts.mayBeUsedFor(KEY_AGREEMENT)
                || facts.mayBeUsedFor(ENCIPHER_ONLY)
                || facts.mayBeUsedFor(DECIPHER_ONLY);
        if (!facts.key().isElliptic() && agrees) {
            return Optional.of(inspection.violation(
                    ViolationCode.KEY_USAGE_ODD,
                    "got the key usage keyAgreement for a key " + facts.key().text()
                            + ", wanted digitalSignature and keyEncipherment alone"));
        }
        return facts.mayBeUsedFor(CRL_SIGN) && inspection.leaf().getBasicConstraints() < 0
                ? Optional.of(inspection.violation(
                        ViolationCode.KEY_USAGE_ODD,
                        "got the key usage cRLSign without being a CA, wanted digitalSignature"))
                : Optional.empty();
    }

    /** Compared with what AD CS wrote into it: its template's name, or its identifier where the wish is one. */
    static Optional<Violation> templateIsAsWished(Inspection inspection) {
        Optional<String> wished = inspection.expectation().use().template();
        Optional<Extensions.Template> template = inspection.readings().all().stream()
                .filter(Reading::isLeaf)
                .flatMap(reading -> templateOf(reading).stream())
                .findFirst();
        return wished.flatMap(wish -> template.flatMap(said -> isOid(wish) ? said.oid() : said.name())
                .filter(got -> !got.equalsIgnoreCase(wish))
                .map(got -> inspection.violation(
                        ViolationCode.TEMPLATE_NOT_AS_WISHED,
                        "got the template " + Printable.quote(got) + ", wanted " + Printable.quote(wish))));
    }

    private static boolean isOid(String text) {
        return text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }

    private static Optional<Extensions.Template> templateOf(Reading reading) {
        try {
            return Optional.of(Extensions.template(reading.fields()));
        } catch (BrokenEncoding unreadable) {
            return Optional.empty();
        }
    }

    static Optional<Violation> clientAuthenticationIsNotLost(Inspection inspection) {
        boolean hadIt = inspection
                .predecessor()
                .filter(old -> old.hasPurpose(LeafFacts.CLIENT_AUTH))
                .isPresent();
        return hadIt && !inspection.facts().hasPurpose(LeafFacts.CLIENT_AUTH)
                ? Optional.of(inspection.violation(
                        ViolationCode.CLIENT_AUTH_LOST,
                        "the certificate before it was also good for Client Authentication (" + LeafFacts.CLIENT_AUTH
                                + "), this one is not"))
                : Optional.empty();
    }

    /** An extension that cannot be read excludes nothing here: path validation refuses it. */
    private static boolean excludesServerAuthentication(X509Certificate issuer) {
        try {
            List<String> purposes = issuer.getExtendedKeyUsage();
            return purposes != null && !purposes.contains(LeafFacts.SERVER_AUTH) && !purposes.contains(ANY);
        } catch (CertificateParsingException unreadable) {
            return true;
        }
    }
}
