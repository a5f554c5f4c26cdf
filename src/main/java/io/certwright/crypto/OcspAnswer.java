package io.certwright.crypto;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;

/**
 * What an OCSP responder answered to one question (RFC 6960, 4.2), believed already: signed by the issuer itself, or by a
 * certificate that the issuer gave for signing such answers.
 *
 * @param status what is said of the certificate
 * @param thisUpdate since when it is known to be so
 * @param nextUpdate until when it is known to be so; a responder that names none knows the latest at any time
 */
public record OcspAnswer(
        Status status, Optional<RevokedEntry> revoked, Instant thisUpdate, Optional<Instant> nextUpdate) {
    private static final int MOST_CERTIFICATES = 10;

    /** GOOD says only that the certificate is not revoked. */
    public enum Status {
        GOOD,
        REVOKED,
        UNKNOWN
    }

    /** Throws {@code MALFORMED} or {@code OCSP_REFUSED} with a sentence that begins with {@code what}. */
    public static OcspAnswer parse(String what, byte[] der, OcspQuestion question, Instant at)
            throws LifecycleException {
        try {
            OCSPResp response = new OCSPResp(der);
            if (response.getStatus() != OCSPResp.SUCCESSFUL) {
                throw refused(what + ": it answers " + wordOf(response.getStatus()) + " in place of a status");
            }
            if (!(response.getResponseObject() instanceof BasicOCSPResp basic)) {
                throw refused(what + ": it answers in a form that is not Basic OCSP");
            }
            if (!isSigned(basic, question.issuer(), at)) {
                throw refused(what + ": its answer is signed by nobody whom the issuer of the certificate has named");
            }
            return answerTo(question, basic)
                    .orElseThrow(() -> refused(what + ": its answer is about another certificate"));
        } catch (IOException | OCSPException | RuntimeException malformed) {
            throw new LifecycleException(
                    FailureKind.MALFORMED_ANSWER, "MALFORMED", what + ": its answer is no OCSP, or broken", malformed);
        }
    }

    private static LifecycleException refused(String sentence) {
        return new LifecycleException(FailureKind.MALFORMED_ANSWER, "OCSP_REFUSED", sentence);
    }

    private static String wordOf(int status) {
        return switch (status) {
            case OCSPResp.MALFORMED_REQUEST -> "\"malformed request\"";
            case OCSPResp.INTERNAL_ERROR -> "\"internal error\"";
            case OCSPResp.TRY_LATER -> "\"try later\"";
            case OCSPResp.SIG_REQUIRED -> "\"sign your request\"";
            case OCSPResp.UNAUTHORIZED -> "\"unauthorized\"";
            default -> "the number " + status;
        };
    }

    private static Optional<OcspAnswer> answerTo(OcspQuestion question, BasicOCSPResp basic) throws OCSPException {
        for (SingleResp single : basic.getResponses()) {
            if (question.isAbout(single.getCertID())) {
                return Optional.of(of(single));
            }
        }
        return Optional.empty();
    }

    private static OcspAnswer of(SingleResp single) {
        CertificateStatus said = single.getCertStatus();
        Optional<RevokedEntry> revoked = said instanceof RevokedStatus entry
                ? Optional.of(new RevokedEntry(
                        RevokedEntry.reasonOf(entry.hasRevocationReason() ? entry.getRevocationReason() : 0),
                        entry.getRevocationTime().toInstant()))
                : Optional.empty();
        // The library stands for "good" by null.
        Status status =
                revoked.isPresent() ? Status.REVOKED : said == CertificateStatus.GOOD ? Status.GOOD : Status.UNKNOWN;
        return new OcspAnswer(
                status,
                revoked,
                single.getThisUpdate().toInstant(),
                Optional.ofNullable(single.getNextUpdate()).map(Date::toInstant));
    }

    private static boolean isSigned(BasicOCSPResp basic, X509Certificate issuer, Instant at) {
        if (verifies(basic, issuer)) {
            return true;
        }
        return delegates(basic).stream()
                .filter(delegate -> mayAnswerFor(issuer, delegate, at))
                .anyMatch(delegate -> verifies(basic, delegate));
    }

    private static List<X509Certificate> delegates(BasicOCSPResp basic) {
        List<X509Certificate> delegates = new ArrayList<>();
        X509CertificateHolder[] sent = basic.getCerts();
        for (int i = 0; i < Math.min(MOST_CERTIFICATES, sent.length); i++) {
            readable(sent[i]).ifPresent(delegates::add);
        }
        return delegates;
    }

    private static Optional<X509Certificate> readable(X509CertificateHolder sent) {
        try {
            return Optional.of(Asn1.certificate(sent.getEncoded()));
        } catch (IOException | CertificateException unreadable) {
            return Optional.empty();
        }
    }

    /** RFC 6960, 4.2.2.2: issued by the CA itself, for this very purpose, and valid now. */
    private static boolean mayAnswerFor(X509Certificate issuer, X509Certificate delegate, Instant at) {
        return ChainOrder.isIssuedBy(delegate, issuer)
                && !at.isBefore(delegate.getNotBefore().toInstant())
                && !at.isAfter(delegate.getNotAfter().toInstant())
                && hasOcspSigning(delegate);
    }

    private static boolean hasOcspSigning(X509Certificate delegate) {
        byte[] usage = delegate.getExtensionValue(Extension.extendedKeyUsage.getId());
        if (usage == null) {
            return false;
        }
        byte[] value = ASN1OctetString.getInstance(usage).getOctets();
        return ExtendedKeyUsage.getInstance(ASN1Sequence.getInstance(value))
                .hasKeyPurposeId(KeyPurposeId.id_kp_OCSPSigning);
    }

    private static boolean verifies(BasicOCSPResp basic, X509Certificate signer) {
        return SignedPart.verifies(
                basic.getTBSResponseData(),
                basic.getSignatureAlgorithmID(),
                basic.getSignature(),
                signer.getPublicKey());
    }
}
