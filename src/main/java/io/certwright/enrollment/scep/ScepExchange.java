package io.certwright.enrollment.scep;

import io.certwright.certificate.Printable;
import io.certwright.config.SecretText;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The messages about one request, and their answers.
 *
 * @param id names the transaction, the same in all of them
 * @param itself signs a first request and asks about it
 * @param old signs a renewal and asks about it, where the server and the predecessor are up to it
 */
record ScepExchange(
        ScepFailures failures,
        ScepWire wire,
        SecureRandom random,
        Capabilities capabilities,
        Authorities authorities,
        String id,
        ScepRequest csr,
        Signer itself,
        Optional<Signer> old) {

    /** A first request (PKCSReq). */
    ScepMessages.Reply enroll(Optional<SecretText> challenge) throws LifecycleException {
        return ask(ScepMessages.PKCS_REQ, itself, challenge);
    }

    /** A request that the predecessor vouches for (RenewalReq), which must be there. */
    ScepMessages.Reply renew(Optional<SecretText> challenge) throws LifecycleException {
        return ask(ScepMessages.RENEWAL_REQ, old.orElseThrow(), challenge);
    }

    /** What became of the transaction, asked by whoever may have begun it. */
    ScepMessages.Reply poll() throws LifecycleException {
        if (old.isPresent()) {
            ScepMessages.Reply reply = poll(old.get());
            if (!reply.isFailure()) {
                return reply;
            }
        }
        return poll(itself);
    }

    private ScepMessages.Reply poll(Signer signer) throws LifecycleException {
        Transaction transaction = begin(signer);
        try {
            return answerTo(message(ScepMessages.CERT_POLL, transaction, csr.poll(authorities.issuing())), transaction);
        } catch (IOException impossible) {
            throw notMade(failures, impossible);
        }
    }

    /** Once the message is made the CA may have the request, whatever becomes of the answer. */
    private ScepMessages.Reply ask(int type, Signer signer, Optional<SecretText> challenge) throws LifecycleException {
        Transaction transaction = begin(signer);
        byte[] message;
        try {
            message = message(type, transaction, csr.withChallenge(challenge));
        } catch (GeneralSecurityException | IOException impossible) {
            throw notMade(failures, impossible);
        }
        try {
            return answerTo(message, transaction);
        } catch (LifecycleException failed) {
            throw AnswerLostException.after(failed);
        }
    }

    private Transaction begin(Signer signer) {
        return Transaction.begin(id, signer.key(), signer.certificate(), random);
    }

    private byte[] message(int type, Transaction transaction, byte[] content) throws LifecycleException {
        try {
            return ScepMessages.request(type, transaction, content, authorities.recipient(), capabilities);
        } catch (GeneralSecurityException impossible) {
            throw notMade(failures, impossible);
        }
    }

    private ScepMessages.Reply answerTo(byte[] message, Transaction transaction) throws LifecycleException {
        ScepWire.Answer answer = wire.operate(message, capabilities.takesPost());
        if (!answer.contentType().equalsIgnoreCase("application/x-pki-message")) {
            throw failures.malformed(
                    "of type " + Printable.quote(answer.contentType()) + ", wanted application/x-pki-message");
        }
        try {
            return ScepMessages.reply(answer.body(), transaction, authorities.all());
        } catch (GeneralSecurityException | IOException | RuntimeException garbage) {
            throw failures.malformed("no answer to our message", garbage);
        }
    }

    static LifecycleException notMade(ScepFailures failures, Exception why) {
        return new LifecycleException(
                FailureKind.INTERNAL,
                "SCEP_MESSAGE_NOT_MADE",
                "issuer " + failures.issuer() + ": a SCEP message cannot be made of the recorded CSR and key",
                why);
    }
}
