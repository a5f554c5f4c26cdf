package io.certwright.enrollment.cmp;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.Printable;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.crypto.CertificateFiles;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.EnrollmentResult;
import io.certwright.enrollment.IntentAnswers;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.LooksUpAnswers;
import io.certwright.enrollment.RememberedCertificates;
import io.certwright.enrollment.RequestId;
import io.certwright.enrollment.RevocationReason;
import io.certwright.enrollment.Revokes;
import io.certwright.failure.LifecycleException;
import io.certwright.http.ServerClock;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A CA that speaks CMP. A transaction that the CA has taken is polled and confirmed over restarts; an answer that was lost is asked for
 * by a poll, and where the CA knows no such transaction, the same CSR is sent once more at most.
 */
public final class CmpIssuer implements Issuer, LooksUpAnswers, Revokes {
    private static final int MOST_ASKS = 2;
    private static final Duration UNDECIDED = Duration.ofMinutes(15);

    private final IssuerName name;
    private final CmpSettings settings;
    private final CmpParts parts;
    private final CmpFailures failures;
    private final CmpWire wire;
    private final IntentAnswers answers;
    private final RememberedCertificates given;
    private final TransactionNotes notes;
    private final Credentials credentials;

    public CmpIssuer(IssuerName name, CmpSettings settings, CmpParts parts) {
        this.name = name;
        this.settings = settings;
        this.parts = parts;
        this.failures = new CmpFailures(name);
        this.wire = new CmpWire(name, settings);
        this.answers = new IntentAnswers(name, parts.memory(), parts.clock(), parts.random(), parts.pause());
        this.given = new RememberedCertificates(name, parts.memory());
        this.notes = new TransactionNotes(name, parts.memory(), parts.clock());
        this.credentials = new Credentials(name, settings, parts);
    }

    @Override
    public IssuerName name() {
        return name;
    }

    @Override
    public String type() {
        return "cmp";
    }

    @Override
    public EnrollmentResult request(EnrollmentRequest request) throws LifecycleException {
        return answers.request(request, () -> prepared(request));
    }

    private IntentAnswers.Question prepared(EnrollmentRequest request) throws LifecycleException {
        requireAnchorsValid();
        Credentials.Plan plan = credentials.planFor(request);
        return () -> askedOrGoneOn(request, plan);
    }

    private EnrollmentResult askedOrGoneOn(EnrollmentRequest request, Credentials.Plan plan) throws LifecycleException {
        Optional<TransactionNote> before = notes.find(request);
        if (before.isPresent() && before.get().isUnderWay()) {
            return goneOn(request, before.get());
        }
        requireAskedOnceAtMost(request, before);
        int times = before.map(TransactionNote::times).orElse(0) + 1;
        return enrollment(request, TransactionNote.asked(times, plan.kind(), Dialog.fresh(parts.random())))
                .ask(plan.body());
    }

    /** The CA holds the request, whatever fails now. */
    private EnrollmentResult goneOn(EnrollmentRequest request, TransactionNote note) throws LifecycleException {
        try {
            return enrollment(request, note).goOn();
        } catch (LifecycleException failed) {
            throw AnswerLostException.after(failed);
        }
    }

    @Override
    public EnrollmentResult collect(EnrollmentRequest request, RequestId id) throws LifecycleException {
        Optional<EnrollmentResult> known = given.find(request);
        if (known.isPresent()) {
            return known.get();
        }
        Optional<TransactionNote> note =
                notes.find(request).filter(found -> found.hex().equals(id.value()));
        if (note.isEmpty() || !note.get().isUnderWay()) {
            return given.get(request, id);
        }
        return enrollment(request, note.get()).goOn();
    }

    /** Empty where the server knows no such transaction or cannot be asked about it; then asking once more is all that is left. */
    @Override
    public Optional<EnrollmentResult> lookUp(EnrollmentRequest request) throws LifecycleException {
        Optional<EnrollmentResult> known = given.find(request);
        if (known.isPresent()) {
            return known;
        }
        Optional<TransactionNote> note = notes.find(request);
        if (note.isEmpty() || note.get().state() == TransactionNote.State.OVER) {
            return Optional.empty();
        }
        CmpEnrollment enrollment = enrollment(request, note.get());
        if (note.get().isUnderWay()) {
            return Optional.of(enrollment.goOn());
        }
        Optional<EnrollmentResult> found = enrollment.lookUp();
        if (found.isEmpty()) {
            requireAskedOnceAtMost(request, note);
        }
        return found;
    }

    private void requireAskedOnceAtMost(EnrollmentRequest request, Optional<TransactionNote> before)
            throws LifecycleException {
        int times = before.map(TransactionNote::times).orElse(0);
        if (times >= MOST_ASKS) {
            throw failures.refused(
                    "ANSWER_UNKNOWN",
                    "asked " + times + " times with the same CSR, and what became of it the server cannot tell; look"
                            + " there for certificates for " + request.names()
                            + ", revoke what is not needed, then run \"certwright renew " + request.certificate()
                            + " --force\"");
        }
    }

    /** Nobody answers for a CA that has ended, so that nobody is asked either. */
    private void requireAnchorsValid() throws LifecycleException {
        List<X509Certificate> anchors = anchors();
        Instant now = parts.clock().instant();
        if (anchors.stream().noneMatch(anchor -> ValidityPeriod.of(anchor).isValidAt(now))) {
            throw failures.refused(
                    "CA_EXPIRED",
                    "none of the " + anchors.size() + " anchors is valid now, the first ended at "
                            + anchors.get(0).getNotAfter().toInstant() + "; renew the CA, or check the clock here");
        }
    }

    private CmpEnrollment enrollment(EnrollmentRequest request, TransactionNote note) throws LifecycleException {
        Dialog dialog =
                new Dialog(desk(), credentials.protectionOf(request, note.kind()), note.id(), note.serverNonce());
        return new CmpEnrollment(
                request, new CmpEnrollment.Files(failures, parts, settings.manner(), notes, given), dialog, note);
    }

    /** A transaction that has nothing to do with a certificate's request. */
    private Dialog dialog() throws LifecycleException {
        return new Dialog(desk(), credentials.own(), Dialog.fresh(parts.random()), new byte[0]);
    }

    private Dialog.Desk desk() throws LifecycleException {
        CmpTrust trust = new CmpTrust(
                settings.secret(),
                anchors(),
                CertificateFiles.readAll(settings.trust().signers()),
                parts.clock().instant());
        return new Dialog.Desk(wire, failures, trust, credentials.recipient(), parts.random());
    }

    @Override
    public void revoke(IssuedCertificate certificate, RevocationReason reason, Instant at) throws LifecycleException {
        CmpAnswer answer;
        try {
            answer = dialog().ask(CmpBodies.revocation(certificate, reason));
        } catch (IOException impossible) {
            throw failures.internal(impossible);
        }
        CmpStatus status =
                answer.reply() instanceof CmpReply.RevocationDecision decision ? decision.status() : failed(answer);
        if (status.isWaiting()) {
            throw LifecycleException.throttled(
                    "REVOCATION_PENDING",
                    "issuer " + name + ": the CA has taken the revocation of "
                            + certificate.thumbprint().abbreviated() + "… and has not decided yet; ask once more later",
                    UNDECIDED);
        }
        if (!status.isRevoked()) {
            throw status.obstacle().isPresent()
                    ? failures.of(status, status.obstacle().get())
                    : failures.refused(
                            "REVOCATION_REFUSED",
                            "the CA does not revoke " + certificate.thumbprint().abbreviated() + "…: "
                                    + status.words());
        }
    }

    private CmpStatus failed(CmpAnswer answer) throws LifecycleException {
        if (answer.reply() instanceof CmpReply.Failed error) {
            return error.status();
        }
        throw failures.unfit("CA_ANSWER_MALFORMED", "the server answers with another kind of message than asked for");
    }

    /** From the files of the settings. */
    @Override
    public List<X509Certificate> anchors() throws LifecycleException {
        return CertificateFiles.readAll(settings.trust().anchors());
    }

    /** Asks for the certificates of the CAs: the answer, even a no, shows that both sides believe each other. */
    @Override
    public String test() throws LifecycleException {
        requireAnchorsValid();
        CmpAnswer answer = dialog().ask(CmpBodies.whichAuthorities());
        Instant now = parts.clock().instant();
        String skew = ServerClock.appended(answer.time().flatMap(theirs -> ServerClock.skew("its", theirs, now)));
        String start =
                "cmp issuer " + name + ": " + Printable.escape(settings.url().toString(), 200);
        if (answer.reply() instanceof CmpReply.General general) {
            return start + " answers with " + general.authorities()
                    + " CA certificates, protected as the settings want it" + skew;
        }
        CmpStatus status = failed(answer);
        if (status.obstacle().isPresent()) {
            throw failures.of(status, status.obstacle().get());
        }
        return start + " answers, protected as the settings want it, that it takes no general messages: "
                + status.words() + skew;
    }

    @Override
    public List<String> warnings() {
        boolean open =
                settings.url().getScheme().equals("http") && settings.secret().isPresent();
        return open
                ? List.of(
                        "its messages go over plain http: whoever reads along can try passwords against them; use a long"
                                + " random secret, or https")
                : List.of();
    }
}
