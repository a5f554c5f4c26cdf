package io.certwright.enrollment.scep;

import io.certwright.certificate.ValidityPeriod;
import io.certwright.crypto.CertificateFile;
import io.certwright.crypto.CertificateFiles;
import io.certwright.crypto.ChainOrder;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The CA and, where it has one, its registration authority: to whom messages are encrypted and who may sign answers. Each leads to an
 * anchor of the settings and is valid today.
 *
 * @param all in the order of the server
 */
record Authorities(List<X509Certificate> all) {
    private static final int KEY_ENCIPHERMENT = 2;
    private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";

    /** Certificate Request Agent of AD CS, which NDES has, and cmcRA (RFC 6402). */
    private static final List<String> REGISTERS = List.of("1.3.6.1.4.1.311.20.2.1", "1.3.6.1.5.5.7.3.28");

    /** Reads GetCACert's answer: one certificate, or a PKCS#7 with those of CA and RA. */
    static Authorities from(ScepFailures failures, ScepWire.Answer answer, List<X509Certificate> anchors, Instant now)
            throws LifecycleException {
        List<X509Certificate> given = certificatesIn(failures, answer);
        List<X509Certificate> sound = given.stream()
                .filter(certificate -> anchors.contains(certificate) || !isMereServer(certificate))
                .filter(certificate -> leadsTo(anchors, certificate, given))
                .toList();
        if (sound.isEmpty()) {
            throw failures.refused(
                    "CA_NOT_TRUSTED",
                    "none of the " + given.size()
                            + " certificates that the server shows leads to one of the anchors, the"
                            + " first is for "
                            + io.certwright.certificate.Printable.quote(
                                    given.get(0).getSubjectX500Principal().getName())
                            + "; if it is the right server, write its root into anchors");
        }
        List<X509Certificate> valid =
                sound.stream().filter(certificate -> isValid(certificate, now)).toList();
        if (valid.isEmpty()) {
            throw failures.refused(
                    "CA_EXPIRED",
                    "the certificate of the CA is not valid now, it ended at "
                            + sound.get(0).getNotAfter().toInstant() + "; renew the CA, or check the clock here");
        }
        return new Authorities(valid);
    }

    /** The RA's encryption certificate where there is one, else the CA's own. */
    X509Certificate recipient() {
        return all.stream()
                .filter(certificate -> !isCa(certificate))
                .filter(certificate -> mayEncipher(certificate))
                .findFirst()
                .orElseGet(this::issuing);
    }

    /** The CA itself. */
    X509Certificate issuing() {
        return all.stream().filter(Authorities::isCa).findFirst().orElse(all.get(0));
    }

    private static boolean mayEncipher(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        return usage == null || usage[KEY_ENCIPHERMENT];
    }

    private static List<X509Certificate> certificatesIn(ScepFailures failures, ScepWire.Answer answer)
            throws LifecycleException {
        try {
            CertificateFile file = CertificateFiles.parse("GetCACert", answer.body());
            return file.certificates();
        } catch (LifecycleException noCertificates) {
            LifecycleException told = failures.malformed("no certificate of a CA", noCertificates);
            throw noCertificates.kind() == FailureKind.INTERNAL ? noCertificates : told;
        }
    }

    /** Only CAs vouch for others. */
    private static boolean leadsTo(
            List<X509Certificate> anchors, X509Certificate certificate, List<X509Certificate> pool) {
        List<X509Certificate> path = ChainOrder.upTo(anchors, certificate, pool);
        return anchors.contains(path.get(path.size() - 1))
                && path.stream().skip(1).allMatch(issuer -> anchors.contains(issuer) || isCa(issuer));
    }

    /**
     * The RFC does not say how an RA shows that it is one. Whoever has a server certificate of the same CA is none, or any web server
     * could read challenges and answer in the CA's place; one that is meant has to stand among the anchors itself.
     */
    private static boolean isMereServer(X509Certificate certificate) {
        List<String> purposes = purposesOf(certificate);
        return !isCa(certificate)
                && purposes.contains(SERVER_AUTHENTICATION)
                && REGISTERS.stream().noneMatch(purposes::contains);
    }

    private static List<String> purposesOf(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getExtendedKeyUsage()).orElse(List.of());
        } catch (CertificateParsingException unreadable) {
            return List.of(SERVER_AUTHENTICATION);
        }
    }

    private static boolean isCa(X509Certificate certificate) {
        return certificate.getBasicConstraints() >= 0;
    }

    private static boolean isValid(X509Certificate certificate, Instant now) {
        return ValidityPeriod.of(certificate).isValidAt(now);
    }
}
