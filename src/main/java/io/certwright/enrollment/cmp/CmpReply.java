package io.certwright.enrollment.cmp;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.cmp.CMPCertificate;
import org.bouncycastle.asn1.cmp.CMPObjectIdentifiers;
import org.bouncycastle.asn1.cmp.CertOrEncCert;
import org.bouncycastle.asn1.cmp.CertRepMessage;
import org.bouncycastle.asn1.cmp.CertResponse;
import org.bouncycastle.asn1.cmp.ErrorMsgContent;
import org.bouncycastle.asn1.cmp.GenRepContent;
import org.bouncycastle.asn1.cmp.InfoTypeAndValue;
import org.bouncycastle.asn1.cmp.PKIBody;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.cmp.PollRepContent;
import org.bouncycastle.asn1.cmp.RevRepContent;

/** What a server's message says, read to the end. */
sealed interface CmpReply {
    /**
     * How the CA decided on a certificate (ip, cp, kup).
     *
     * @param type of the message's body
     * @param requestId as the CA counts the one request: 0, or -1 for p10cr
     * @param authorities {@code caPubs}
     */
    record Decision(
            int type,
            int requestId,
            CmpStatus status,
            Optional<X509Certificate> certificate,
            List<X509Certificate> authorities)
            implements CmpReply {}

    /** To be asked again (pollRep), not before {@code checkAfter} has passed. */
    record NotYet(int requestId, Duration checkAfter, String reason) implements CmpReply {}

    /** Our confirmation has arrived (pkiconf). */
    record Confirmed() implements CmpReply {}

    /** How the CA decided on a revocation (rp). */
    record RevocationDecision(CmpStatus status) implements CmpReply {}

    /** An answer to a general message (genp). */
    record General(int authorities) implements CmpReply {}

    record Failed(CmpStatus status) implements CmpReply {}

    /** Nothing that we ever ask for. */
    record Other(int type) implements CmpReply {}

    Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    Duration LONGEST_WAIT = Duration.ofDays(7);

    /** Throws IOException or a RuntimeException where it does not parse. */
    static CmpReply in(PKIBody body) throws IOException {
        ASN1Encodable content = body.getContent();
        return switch (body.getType()) {
            case PKIBody.TYPE_INIT_REP, PKIBody.TYPE_CERT_REP, PKIBody.TYPE_KEY_UPDATE_REP ->
                decision(body.getType(), CertRepMessage.getInstance(content));
            case PKIBody.TYPE_POLL_REP -> notYet(PollRepContent.getInstance(content));
            case PKIBody.TYPE_CONFIRM -> new Confirmed();
            case PKIBody.TYPE_REVOCATION_REP -> revocation(RevRepContent.getInstance(content));
            case PKIBody.TYPE_GEN_REP -> general(GenRepContent.getInstance(content));
            case PKIBody.TYPE_ERROR -> new Failed(CmpStatus.of(ErrorMsgContent.getInstance(content)));
            default -> new Other(body.getType());
        };
    }

    private static Decision decision(int type, CertRepMessage message) throws IOException {
        CertResponse[] responses = message.getResponse();
        requireOne(responses.length);
        CertResponse response = responses[0];
        return new Decision(
                type,
                response.getCertReqId().intValueExact(),
                CmpStatus.of(response.getStatus()),
                certificateOf(response),
                CmpAnswer.certificatesIn(message.getCaPubs()));
    }

    private static Optional<X509Certificate> certificateOf(CertResponse response) throws IOException {
        if (response.getCertifiedKeyPair() == null) {
            return Optional.empty();
        }
        CertOrEncCert given = response.getCertifiedKeyPair().getCertOrEncCert();
        CMPCertificate certificate = given.getCertificate();
        if (certificate == null) {
            throw new IOException("it holds an encrypted certificate, wanted an open one");
        }
        return Optional.of(CmpAnswer.certificateIn(certificate));
    }

    private static NotYet notYet(PollRepContent content) throws IOException {
        requireOne(content.size());
        return new NotYet(
                content.getCertReqId(0).intValueExact(),
                bounded(content.getCheckAfter(0)),
                CmpStatus.textOf(content.getReason(0)));
    }

    private static Duration bounded(ASN1Integer seconds) {
        if (seconds.getValue().signum() <= 0) {
            return SHORTEST_WAIT;
        }
        return seconds.getValue().bitLength() > Integer.SIZE || seconds.longValueExact() > LONGEST_WAIT.toSeconds()
                ? LONGEST_WAIT
                : Duration.ofSeconds(seconds.longValueExact());
    }

    private static RevocationDecision revocation(RevRepContent content) throws IOException {
        PKIStatusInfo[] statuses = content.getStatus();
        requireOne(statuses.length);
        return new RevocationDecision(CmpStatus.of(statuses[0]));
    }

    private static General general(GenRepContent content) {
        int authorities = 0;
        for (InfoTypeAndValue info : content.toInfoTypeAndValueArray()) {
            boolean certificates = info.getInfoType().equals(CMPObjectIdentifiers.id_it_caCerts);
            if (certificates && info.getInfoValue() instanceof ASN1Sequence sequence) {
                authorities = sequence.size();
            }
        }
        return new General(authorities);
    }

    private static void requireOne(int answers) throws IOException {
        if (answers != 1) {
            throw new IOException("it holds " + answers + " answers, wanted one");
        }
    }
}
