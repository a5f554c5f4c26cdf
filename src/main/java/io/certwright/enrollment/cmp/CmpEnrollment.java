package io.certwright.enrollment.cmp;

import io.certwright.certificate.CertificateChain;
import io.certwright.crypto.ChainOrder;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.Denied;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.EnrollmentResult;
import io.certwright.enrollment.Pending;
import io.certwright.enrollment.RequestId;
import io.certwright.failure.LifecycleException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.cmp.CMPObjectIdentifiers;
import org.bouncycastle.asn1.cmp.InfoTypeAndValue;
import org.bouncycastle.asn1.cmp.PKIBody;

/**
 * One request on its way through CMP: asked, polled, confirmed (RFC 9810, 5.2.8 and 5.3). Each step is noted before it is taken, so
 * that another process can go on from there.
 */
final class CmpEnrollment {
    /** A CA that decides within moments is waited for. */
    private static final Duration A_MOMENT = Duration.ofSeconds(5);

    private static final Duration LONGEST_STAY = Duration.ofSeconds(10);

    /** Of a whole message, where no request in it has a number (RFC 9483, 4.4). */
    private static final int NO_REQUEST = -1;

    private final EnrollmentRequest request;
    private final Files files;
    private final Dialog dialog;
    private TransactionNote note;
    private Duration stayed = Duration.ZERO;

    /** What is remembered, and as what the issuer speaks. */
    record Files(
            CmpFailures failures,
            CmpParts parts,
            Manner manner,
            TransactionNotes notes,
            io.certwright.enrollment.RememberedCertificates given) {}

    CmpEnrollment(EnrollmentRequest request, Files files, Dialog dialog, TransactionNote note) {
        this.request = request;
        this.files = files;
        this.dialog = dialog;
        this.note = note;
    }

    /** Asks the CA. A failure that is no {@link AnswerLostException} says that the CA holds nothing of ours. */
    EnrollmentResult ask(PKIBody body) throws LifecycleException {
        files.notes().put(request, note);
        try {
            return decided(heard(body), false);
        } catch (LifecycleException failed) {
            throw note.state() == TransactionNote.State.OVER ? failed : AnswerLostException.after(failed);
        }
    }

    private CmpAnswer heard(PKIBody body) throws LifecycleException {
        try {
            return dialog.ask(body, remarks());
        } catch (AnswerLostException lost) {
            throw lost;
        } catch (LifecycleException neverTaken) {
            move(note.over());
            throw neverTaken;
        }
    }

    /** Goes on with a transaction that the CA is known to have. */
    EnrollmentResult goOn() throws LifecycleException {
        return note.state() == TransactionNote.State.CONFIRMING ? confirm(true) : poll();
    }

    /** Asks what became of a request whose answer was lost; empty where the CA cannot tell. */
    Optional<EnrollmentResult> lookUp() throws LifecycleException {
        CmpAnswer answer;
        try {
            answer = dialog.ask(CmpBodies.poll(note.requestId()));
        } catch (AnswerLostException unclear) {
            if (unclear.kind().isOutOfReach()) {
                throw unclear;
            }
            return Optional.empty();
        }
        return answer.reply() instanceof CmpReply.Failed ? Optional.empty() : Optional.of(decided(answer, true));
    }

    private List<InfoTypeAndValue> remarks() {
        List<InfoTypeAndValue> remarks = new ArrayList<>();
        if (files.manner().confirmation() == Manner.Confirmation.IMPLICIT) {
            remarks.add(new InfoTypeAndValue(CMPObjectIdentifiers.it_implicitConfirm, DERNull.INSTANCE));
        }
        files.manner()
                .profile()
                .ifPresent(name -> remarks.add(new InfoTypeAndValue(
                        CMPObjectIdentifiers.id_it_certProfile, new DERSequence(new DERUTF8String(name)))));
        return remarks;
    }

    private EnrollmentResult decided(CmpAnswer answer, boolean polled) throws LifecycleException {
        if (answer.reply() instanceof CmpReply.Decision decision
                && decision.type() == note.kind().answer()) {
            return decidedOn(decision, answer);
        }
        if (answer.reply() instanceof CmpReply.NotYet later && polled) {
            return waited(later);
        }
        if (answer.reply() instanceof CmpReply.Failed error) {
            return error.status().isWaiting() ? waiting(NO_REQUEST) : refused(error.status());
        }
        throw files.failures()
                .unfit("CA_ANSWER_MALFORMED", "the server answers with another kind of message than asked for");
    }

    private EnrollmentResult decidedOn(CmpReply.Decision decision, CmpAnswer answer) throws LifecycleException {
        if (decision.status().isWaiting()) {
            return waiting(decision.requestId());
        }
        if (decision.status().isRejection()) {
            return refused(decision.status());
        }
        if (!decision.status().isGranted() || decision.certificate().isEmpty()) {
            throw files.failures()
                    .unfit(
                            "CA_ANSWER_MALFORMED",
                            "the server's answer has status "
                                    + decision.status().value()
                                    + (decision.certificate().isEmpty() ? " and no certificate" : "")
                                    + ", wanted a certificate that is granted, a rejection or a wait");
        }
        return received(decision.certificate().get(), decision, answer);
    }

    /** Strangers in caPubs and extraCerts are left out, and no root among them counts. */
    private EnrollmentResult received(X509Certificate leaf, CmpReply.Decision decision, CmpAnswer answer)
            throws LifecycleException {
        boolean ours =
                ChainOrder.findByKey(request.csr().publicKey(), List.of(leaf)).isPresent();
        if (!ours) {
            takeBack(leaf, decision.requestId(), answer.confirmed());
        }
        List<X509Certificate> pool = new ArrayList<>(answer.extra());
        pool.addAll(decision.authorities());
        CertificateChain chain = ChainOrder.from(leaf, pool);
        if (answer.confirmed()) {
            return kept(chain);
        }
        move(note.confirming(chain, decision.requestId(), dialog.serverNonce()));
        return confirm(false);
    }

    private void takeBack(X509Certificate leaf, int requestId, boolean confirmed) throws LifecycleException {
        AnswerLostException foreign = files.failures()
                .unfit(
                        "ANSWER_FOR_ANOTHER_KEY",
                        "the certificate that the CA gave for " + request.certificate() + " does not carry the key of "
                                + request.csr());
        try {
            if (!confirmed) {
                dialog.ask(CmpBodies.rejecting(leaf, requestId, "the certificate is for another key"));
            }
        } catch (LifecycleException | GeneralSecurityException notTold) {
            foreign.addSuppressed(notTold);
        }
        throw foreign;
    }

    /** Where an earlier confirmation may have arrived, a CA that knows the transaction no more has ended it. */
    private EnrollmentResult confirm(boolean again) throws LifecycleException {
        CertificateChain chain = note.chain().orElseThrow();
        CmpAnswer answer = dialog.ask(confirmation(chain.leaf()));
        if (answer.reply() instanceof CmpReply.Confirmed) {
            return kept(chain);
        }
        if (!(answer.reply() instanceof CmpReply.Failed error)) {
            throw files.failures()
                    .unfit("CA_ANSWER_MALFORMED", "the server answers our confirmation with something else");
        }
        if (again || error.status().reasons().contains(RefusalReason.CERT_CONFIRMED)) {
            return kept(chain);
        }
        move(note.over());
        return new Denied(start() + " denied the certificate for " + request.names() + " when it was to be confirmed: "
                + error.status().words());
    }

    private PKIBody confirmation(X509Certificate leaf) throws LifecycleException {
        try {
            return CmpBodies.accepting(leaf, note.requestId());
        } catch (GeneralSecurityException impossible) {
            throw files.failures().internal(impossible);
        }
    }

    private EnrollmentResult kept(CertificateChain chain) throws LifecycleException {
        EnrollmentResult issued =
                files.given().remember(request, chain, files.parts().clock().instant());
        move(note.over());
        return issued;
    }

    /** How long the CA wants to be left alone only a poll tells (RFC 9810, 5.3.22). */
    private EnrollmentResult waiting(int requestId) throws LifecycleException {
        move(note.with(TransactionNote.State.PENDING, requestId, dialog.serverNonce()));
        return poll();
    }

    private EnrollmentResult poll() throws LifecycleException {
        boolean lostBefore = note.state() == TransactionNote.State.POLLED;
        move(note.with(TransactionNote.State.POLLED, note.requestId(), note.serverNonce()));
        CmpAnswer answer = dialog.ask(CmpBodies.poll(note.requestId()));
        if (lostBefore && answer.reply() instanceof CmpReply.Failed error) {
            throw files.failures().refused("ANSWER_UNKNOWN", unknownAfterPoll(error.status()));
        }
        return decided(answer, true);
    }

    private String unknownAfterPoll(CmpStatus status) {
        return "what the CA decided on " + request.certificate() + " was lost on its way, and now it knows no such"
                + " transaction: " + status.words() + "; look there for certificates for " + request.names()
                + ", revoke what is not needed, then run \"certwright renew " + request.certificate() + " --force\"";
    }

    private EnrollmentResult waited(CmpReply.NotYet later) throws LifecycleException {
        move(note.with(TransactionNote.State.PENDING, later.requestId(), dialog.serverNonce()));
        if (later.checkAfter().compareTo(A_MOMENT) <= 0
                && stayed.plus(later.checkAfter()).compareTo(LONGEST_STAY) <= 0) {
            stayed = stayed.plus(later.checkAfter());
            files.parts().pause().lasting(later.checkAfter());
            return poll();
        }
        return new Pending(
                new RequestId(note.hex()),
                later.checkAfter(),
                start() + ": the CA has not decided on transaction "
                        + note.hex().substring(0, 8) + "… yet"
                        + (later.reason().isEmpty()
                                ? "; people there may have to approve it"
                                : ": \"" + later.reason() + '"'));
    }

    private EnrollmentResult refused(CmpStatus status) throws LifecycleException {
        Optional<RefusalReason> obstacle = status.obstacle();
        if (obstacle.isPresent()) {
            endUnlessTaken(obstacle.get());
            throw files.failures().of(status, obstacle.get());
        }
        move(note.over());
        return new Denied(start() + " denied the certificate for " + request.names() + ": " + status.words());
    }

    /** A CA that cannot work when it is polled has the transaction all the same. */
    private void endUnlessTaken(RefusalReason obstacle) throws LifecycleException {
        if (note.state() == TransactionNote.State.ASKED && obstacle.effect() != RefusalReason.Effect.UNKNOWN) {
            move(note.over());
        }
    }

    private void move(TransactionNote next) throws LifecycleException {
        files.notes().put(request, next);
        note = next;
    }

    private String start() {
        return "issuer " + files.failures().issuer();
    }
}
