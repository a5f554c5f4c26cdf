package io.certwright.enrollment.scep;

import io.certwright.certificate.ValidityPeriod;
import io.certwright.crypto.CertificateFile;
import io.certwright.crypto.CertificateFiles;
import io.certwright.crypto.ChainOrder;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * The CA and, where it has one, its registration authority: to whom messages are encrypted and who may sign answers. Each leads to an
 * anchor of the settings and is valid today.
 *
 * @param all in the order of the server
 */
record Authorities(List<X509Certificate> all) {
    private static final int KEY_ENCIPHERMENT = 2;

    /** Reads GetCACert's answer: one certificate, or a PKCS#7 with those of CA and RA. */
    static Authorities from(ScepFailures failures, ScepWire.Answer answer, List<X509Certificate> anchors, Instant now)
            throws LifecycleException {
        List<X509Certificate> given = certificatesIn(failures, answer);
        List<X509Certificate> sound = given.stream()
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
                .filter(certificate -> certificate.getBasicConstraints() < 0)
                .filter(certificate -> mayEncipher(certificate))
                .findFirst()
                .orElseGet(this::issuing);
    }

    /** The CA itself. */
    X509Certificate issuing() {
        return all.stream()
                .filter(certificate -> certificate.getBasicConstraints() >= 0)
                .findFirst()
                .orElse(all.get(0));
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

    private static boolean leadsTo(
            List<X509Certificate> anchors, X509Certificate certificate, List<X509Certificate> pool) {
        List<X509Certificate> path = ChainOrder.upTo(anchors, certificate, pool);
        return anchors.contains(path.get(path.size() - 1));
    }

    private static boolean isValid(X509Certificate certificate, Instant now) {
        return ValidityPeriod.of(certificate).isValidAt(now);
    }
}
