package io.certwright.enrollment.cmp;

import io.certwright.enrollment.AnswerLostException;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.cmp.InfoTypeAndValue;
import org.bouncycastle.asn1.cmp.PKIBody;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.cert.cmp.ProtectedPKIMessageBuilder;

/**
 * The messages of one transaction, one after the other (RFC 9810, 5.1.1). Each carries the transaction's id and a nonce of its own, and
 * repeats that of the answer before. For one thread.
 */
final class Dialog {
    private static final int NONCE_BYTES = 16;

    private final Desk desk;
    private final Protection protection;
    private final byte[] transaction;
    private byte[] serverNonce;

    /**
     * What all dialogs of an issuer need at a moment.
     *
     * @param recipient the CA; an empty name where the settings give none
     */
    record Desk(CmpWire wire, CmpFailures failures, CmpTrust trust, X500Name recipient, SecureRandom random) {}

    Dialog(Desk desk, Protection protection, byte[] transaction, byte[] serverNonce) {
        this.desk = desk;
        this.protection = protection;
        this.transaction = transaction.clone();
        this.serverNonce = serverNonce.clone();
    }

    /** Says it and hears the answer; throws as {@link CmpWire#exchange}, and where the answer is none to us or an error without proof. */
    CmpAnswer ask(PKIBody body, List<InfoTypeAndValue> remarks) throws LifecycleException {
        byte[] nonce = fresh(desk.random());
        byte[] message;
        try {
            message = made(body, remarks, nonce);
        } catch (GeneralSecurityException | IOException | RuntimeException impossible) {
            throw desk.failures().internal(impossible);
        }
        CmpAnswer answer = read(desk.wire().exchange(message), nonce);
        serverNonce = answer.nonce();
        return answer;
    }

    CmpAnswer ask(PKIBody body) throws LifecycleException {
        return ask(body, List.of());
    }

    /** Of the last answer. */
    byte[] serverNonce() {
        return serverNonce.clone();
    }

    static byte[] fresh(SecureRandom random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return nonce;
    }

    private byte[] made(PKIBody body, List<InfoTypeAndValue> remarks, byte[] nonce)
            throws GeneralSecurityException, IOException {
        ProtectedPKIMessageBuilder message = new ProtectedPKIMessageBuilder(
                        protection.sender(), new GeneralName(desk.recipient()))
                .setMessageTime(Date.from(desk.trust().now()))
                .setTransactionID(transaction)
                .setSenderNonce(nonce)
                .setBody(body);
        if (serverNonce.length > 0) {
            message.setRecipNonce(serverNonce);
        }
        remarks.forEach(message::addGeneralInfo);
        return protection.protect(message).toASN1Structure().getEncoded(ASN1Encoding.DER);
    }

    private CmpAnswer read(byte[] der, byte[] nonce) throws AnswerLostException {
        CmpAnswer answer;
        try {
            answer = CmpAnswer.read(der, transaction, nonce, desk.trust());
        } catch (GeneralSecurityException | IOException | RuntimeException garbage) {
            throw desk.failures().malformed("no answer to our message", garbage);
        }
        if (answer.reply() instanceof CmpReply.Failed error && !answer.proven()) {
            throw desk.failures().unproven(error.status());
        }
        return answer;
    }
}
