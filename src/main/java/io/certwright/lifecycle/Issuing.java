package io.certwright.lifecycle;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.crypto.SealedKey;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.BringsKeys;
import io.certwright.enrollment.Circuits;
import io.certwright.enrollment.Denied;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.EnrollmentResult;
import io.certwright.enrollment.Issued;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.LooksUpAnswers;
import io.certwright.enrollment.Pending;
import io.certwright.enrollment.Predecessor;
import io.certwright.enrollment.TakesAnswer;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.lifecycle.record.Fact;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.KeyOrigin;
import io.certwright.lifecycle.wish.ManagedCertificate;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The step that asks the CA. The intent (key and CSR) and the asking itself are recorded before the CA hears of it, and what it gave
 * before anybody looks at it: a crash loses nothing, and what cannot be known is said to be unknown.
 */
final class Issuing {
    /** No issuer takes longer to answer; an ask younger than this may still be under way in another process. */
    static final Duration LONGEST_ASK = Duration.ofMinutes(2);

    private final Issuers issuers;
    private final Circuits circuits;
    private final Keys keys;
    private final CertificateRepository certificates;

    Issuing(Issuers issuers, Circuits circuits, Keys keys, CertificateRepository certificates) {
        this.issuers = issuers;
        this.circuits = circuits;
        this.keys = keys;
        this.certificates = certificates;
    }

    /** The CA's answer, asked for now, looked up, collected, or recorded by an earlier run. */
    EnrollmentResult ensureIssued(RenewalRun run) throws LifecycleException {
        if (run.facts().issued().isPresent()) {
            return new Issued(certificates.get(run.facts().issued().get()).certificate());
        }
        Optional<Denied> denied = deniedBefore(run.facts());
        if (denied.isPresent()) {
            return denied.get();
        }
        Optional<Pending> early = tooEarlyToCollect(run);
        if (early.isPresent()) {
            return early.get();
        }
        requireAskable(run);
        Optional<Pending> noKey = ensureKey(run);
        if (noKey.isPresent()) {
            return noKey.get();
        }
        EnrollmentResult answer = asked(run);
        if (answer instanceof Issued issued) {
            run.record(new Fact.Received(issued.certificate(), run.now()));
            run.tell("issue", describe(issued.certificate(), run));
        } else if (answer instanceof Pending pending) {
            run.record(new Fact.PendingAtCa(
                    pending.id(), pending.sentence(), run.now().plus(pending.askAgainIn()), run.now()));
        }
        return answer;
    }

    /** Nothing is made for a CA that is not asked now. What a person forces passes, and says for all whether the CA is back. */
    private void requireAskable(RenewalRun run) throws LifecycleException {
        if (!run.urge().force()) {
            circuits.requireAskable(run.facts().issuer());
        }
    }

    private EnrollmentResult asked(RenewalRun run) throws LifecycleException {
        IssuerName issuer = run.facts().issuer();
        try {
            EnrollmentResult answer = answerTo(run);
            circuits.reached(issuer);
            return answer;
        } catch (LifecycleException failed) {
            circuits.failed(issuer, failed);
            throw failed;
        }
    }

    /** The CA's no stands until the wish changes or a person forces a new renewal: asked the same again it would say the same. */
    private static Optional<Denied> deniedBefore(Renewal facts) {
        return facts.standing()
                .filter(standing -> standing.outcome().equals(RenewalOutcome.DeniedByCa.WORD))
                .map(standing -> new Denied(RenewalOutcome.DeniedByCa.wordsIn(standing.sentence())));
    }

    /** Empty once there is a key; nobody is asked while one that others make has not come. */
    private Optional<Pending> ensureKey(RenewalRun run) throws LifecycleException {
        if (run.facts().keyReady().isEmpty()) {
            if (run.urge().request().isEmpty() && issuers.get(run.facts().issuer()) instanceof BringsKeys brings) {
                return findKey(brings, run);
            }
            makeKey(run);
        }
        return Optional.empty();
    }

    private Optional<Pending> findKey(BringsKeys brings, RenewalRun run) throws LifecycleException {
        Optional<IssuedCertificate> inUse = certificates.findInUse(run.name()).map(StoredCertificate::certificate);
        BringsKeys.Found found = brings.findKey(
                new BringsKeys.Wished(run.wish().names(), run.wish().key(), inUse));
        if (found.key().isPresent()) {
            BringsKeys.BroughtKey key = found.key().get();
            run.record(new Fact.HostKeyMade(Optional.of(key.reference()), key.request(), run.now()));
            run.tell("key", run.wish().key() + " key found on the host with its certificate");
        }
        return found.instead();
    }

    private void makeKey(RenewalRun run) throws LifecycleException {
        if (run.urge().request().isPresent()) {
            run.record(
                    new Fact.HostKeyMade(Optional.empty(), run.urge().request().get(), run.now()));
            run.tell("key", run.urge().request().get() + " was brought; its key stays where it was made");
            return;
        }
        if (run.wish().origin() == KeyOrigin.HOST) {
            Keys.HostKey made = keys.makeOnHost(run.wish());
            run.record(new Fact.HostKeyMade(Optional.of(made.reference()), made.request(), run.now()));
            run.tell("key", run.wish().key() + " key made on the host, which it never leaves");
            return;
        }
        Keys.KeyWithRequest made = keys.make(run.wish().key(), run.wish().names());
        run.record(new Fact.KeyMade(UUID.randomUUID(), made.key(), made.request(), run.now()));
        run.tell("key", run.wish().key() + " key made and sealed");
    }

    private EnrollmentResult answerTo(RenewalRun run) throws LifecycleException {
        Renewal facts = run.facts();
        Issuer issuer = issuers.get(facts.issuer());
        EnrollmentRequest request = requestOf(run.wish(), facts);
        if (facts.pending().isPresent()) {
            return issuer.collect(request, facts.pending().get().id());
        }
        if (facts.requested().isEmpty()) {
            return ask(issuer, request, run, 1);
        }
        if (issuer instanceof LooksUpAnswers memory) {
            Optional<EnrollmentResult> found = memory.lookUp(request);
            return found.isPresent() ? found.get() : ask(issuer, request, run, timesAsked(facts) + 1);
        }
        return askOnceMore(issuer, request, run);
    }

    private Optional<Pending> tooEarlyToCollect(RenewalRun run) {
        if (issuers.get(run.facts().issuer()) instanceof TakesAnswer) {
            return Optional.empty();
        }
        return run.facts()
                .pending()
                .filter(pending -> run.now().isBefore(pending.askAgainAt()))
                .map(pending -> new Pending(
                        pending.id(), Duration.between(run.now(), pending.askAgainAt()), pending.sentence()));
    }

    /** The answer to an earlier ask is unknown, and this CA cannot tell it: ask once more at most, and say so. */
    private EnrollmentResult askOnceMore(Issuer issuer, EnrollmentRequest request, RenewalRun run)
            throws LifecycleException {
        Renewal.Requested asked = run.facts().requested().orElseThrow();
        Duration since = Duration.between(asked.at(), run.now());
        if (since.compareTo(LONGEST_ASK) < 0) {
            throw LifecycleException.throttled(
                    "ANSWER_UNKNOWN",
                    "issuer " + issuer.name() + ": asked " + since.toSeconds()
                            + " s ago and the answer is not recorded yet; it may still come, so it is not asked again before "
                            + LONGEST_ASK.toMinutes() + " minutes have passed",
                    LONGEST_ASK.minus(since));
        }
        if (asked.times() >= Renewal.MOST_ASKS) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "ANSWER_UNKNOWN",
                    "issuer " + issuer.name() + ": asked " + asked.times()
                            + " times with the same CSR and the answers were lost; "
                            + "look there for certificates for " + run.wish().names()
                            + ", revoke what is not needed, then run \"certwright renew "
                            + run.name() + " --force\"");
        }
        run.tell("issue", "the answer to an earlier request is unknown; asking once more with the same CSR");
        return ask(issuer, request, run, asked.times() + 1);
    }

    private EnrollmentResult ask(Issuer issuer, EnrollmentRequest request, RenewalRun run, int times)
            throws LifecycleException {
        run.record(new Fact.AboutToAsk(times, run.now()));
        try {
            return issuer.request(request);
        } catch (AnswerLostException lost) {
            throw lost;
        } catch (LifecycleException neverAsked) {
            run.record(new Fact.NotAsked(run.now()));
            throw neverAsked;
        }
    }

    /** What the CA is asked, as the record of {@code facts} has it; its key must be ready. */
    EnrollmentRequest requestOf(ManagedCertificate wish, Renewal facts) throws LifecycleException {
        Renewal.KeyReady ready = facts.keyReady().orElseThrow();
        Optional<SealedKey> key = ready.sealedKey().isPresent()
                ? certificates.findKey(ready.sealedKey().get())
                : Optional.empty();
        return new EnrollmentRequest(
                facts.id(),
                wish.name(),
                wish.names(),
                ready.csr(),
                key,
                certificates
                        .findInUse(wish.name())
                        .filter(inUse -> !inUse.isAdopted())
                        .map(Issuing::asPredecessor),
                ready.at());
    }

    private static Predecessor asPredecessor(StoredCertificate inUse) {
        return new Predecessor(inUse.certificate(), inUse.issuer(), inUse.key());
    }

    private static int timesAsked(Renewal facts) {
        return facts.requested().map(Renewal.Requested::times).orElse(0);
    }

    private static String describe(IssuedCertificate certificate, RenewalRun run) {
        return run.facts().issuer() + " issued " + certificate.thumbprint().abbreviated() + "… for "
                + run.wish().names() + ", valid until " + certificate.validity().notAfter();
    }
}
