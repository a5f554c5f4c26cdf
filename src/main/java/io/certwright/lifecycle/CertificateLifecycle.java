package io.certwright.lifecycle;

import io.certwright.certificate.CertificateName;
import io.certwright.enrollment.Denied;
import io.certwright.enrollment.EnrollmentResult;
import io.certwright.enrollment.Issued;
import io.certwright.enrollment.Pending;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.Hold;
import io.certwright.lifecycle.record.HoldKind;
import io.certwright.lifecycle.record.InOtherHandsException;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.policy.Verdict;
import io.certwright.policy.ViolationCode;
import io.certwright.trust.PublishedTrust;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The story of a certificate, from top to bottom: issue, check, store, publish trust, hold, switch over, tell. First issue and renewal
 * are the same story, with or without a predecessor. Every step says "ensure", so after a crash the same story simply runs again and
 * goes on where it was. Safe for use by many threads, one certificate each.
 */
public final class CertificateLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateLifecycle.class);

    private final Wishes wishes;
    private final RunFactory runs;
    private final Steps steps;
    private final OutcomeRecord outcomes;
    private final NextLook nextLook;

    /** The steps, in the order in which the story takes them. */
    record Steps(
            Issuing issuing,
            Checking checking,
            Storing storing,
            Publishing publishing,
            Holding holding,
            SwitchOver switchOver) {}

    CertificateLifecycle(Wishes wishes, RunFactory runs, Steps steps, OutcomeRecord outcomes, NextLook nextLook) {
        this.wishes = wishes;
        this.runs = runs;
        this.steps = steps;
        this.outcomes = outcomes;
        this.nextLook = nextLook;
    }

    /** Runs the story of one managed certificate, unattended. */
    public RenewalOutcome renew(CertificateName name) {
        return renew(name, Urge.NONE, Narration.SILENT);
    }

    /** Runs the story of one managed certificate as hard as {@code urge} says, telling each step. Never throws. */
    public RenewalOutcome renew(CertificateName name, Urge urge, Narration narration) {
        Optional<ManagedCertificate> wish = wishes.find(name);
        return wish.isPresent()
                ? run(wish.get(), urge, narration)
                : new RenewalOutcome.Failed(new LifecycleException(
                        FailureKind.REFUSED,
                        "UNKNOWN_CERTIFICATE",
                        "certificate " + name + ": not in the settings; \"certwright list\" shows those that are"));
    }

    /** The same for a wish that is not in the settings: issued by hand. */
    public RenewalOutcome run(ManagedCertificate wish, Urge urge, Narration narration) {
        try {
            RunFactory.Started started = runs.start(wish, urge, narration);
            if (started.run().isEmpty()) {
                nextLook.replan(wish, runs.now());
                return started.notDue();
            }
            RenewalRun run = started.run().get();
            RenewalOutcome outcome = attemptOrExplain(run);
            if (outcome instanceof RenewalOutcome.Failed failed
                    && Thread.currentThread().isInterrupted()) {
                return interrupted(run, failed);
            }
            outcomes.record(run, outcome);
            log(run, outcome, narration);
            return outcome;
        } catch (InOtherHandsException busy) {
            return new RenewalOutcome.Waiting(
                    Hold.until(HoldKind.BUSY_HOST, runs.now().plus(Duration.ofMinutes(1)), busy.getMessage()));
        } catch (LifecycleException unrecorded) {
            error(narration)
                    .setMessage(unrecorded.getMessage())
                    .addKeyValue("certificate", wish.name())
                    .log();
            return new RenewalOutcome.Failed(unrecorded);
        } catch (RuntimeException bug) {
            error(narration)
                    .setMessage("unexpected")
                    .addKeyValue("certificate", wish.name())
                    .setCause(bug)
                    .log();
            return new RenewalOutcome.Failed(unexpected(wish.name(), bug));
        }
    }

    /** A person stopped it: no failure of the renewal, so it is neither counted nor mailed. The next run goes on where this one was. */
    private static RenewalOutcome interrupted(RenewalRun run, RenewalOutcome.Failed failed) {
        LOG.atInfo()
                .setMessage("interrupted: " + failed.sentence())
                .addKeyValue("certificate", run.name())
                .addKeyValue("stage", run.facts().stage())
                .log();
        return failed;
    }

    private static LifecycleException unexpected(CertificateName name, RuntimeException bug) {
        return new LifecycleException(
                FailureKind.INTERNAL, "UNEXPECTED", "certificate " + name + ": unexpected " + bug, bug);
    }

    private RenewalOutcome attemptOrExplain(RenewalRun run) throws InOtherHandsException {
        try {
            return attempt(run);
        } catch (InOtherHandsException busy) {
            throw busy;
        } catch (LifecycleException failed) {
            return new RenewalOutcome.Failed(failed);
        } catch (RuntimeException bug) {
            LOG.atDebug().setMessage("unexpected").setCause(bug).log();
            return new RenewalOutcome.Failed(unexpected(run.name(), bug));
        }
    }

    private RenewalOutcome attempt(RenewalRun run) throws LifecycleException {
        Optional<Hold> forbidden = steps.holding().beforeIssuing(run.wish());
        if (forbidden.isPresent()) {
            return new RenewalOutcome.Waiting(forbidden.get());
        }
        EnrollmentResult answer = steps.issuing().ensureIssued(run);
        if (!(answer instanceof Issued issued)) {
            return stoppedBy(answer, run);
        }
        Verdict verdict = steps.checking().inspect(issued.certificate(), run);
        if (verdict.refuses()) {
            return refused(verdict, issued);
        }
        StoredCertificate stored = steps.storing().ensureStored(run, issued.certificate());
        Optional<PublishedTrust> trust = steps.publishing().ensurePublished(run, stored);
        if (run.urge().stopWhenStored() && !run.wish().bindings().isEmpty()) {
            return new RenewalOutcome.Waiting(byHand(run));
        }
        Readiness readiness = steps.holding().readinessFor(run, stored, trust);
        if (!(readiness instanceof Readiness.Ready ready)) {
            return new RenewalOutcome.Waiting(((Readiness.Held) readiness).hold());
        }
        if (ready.basis().leavesClientsBehind() && trust.isPresent()) {
            run.hurried(ready.sentence());
        }
        return steps.switchOver().perform(run, stored, ready);
    }

    private static RenewalOutcome stoppedBy(EnrollmentResult answer, RenewalRun run) {
        if (answer instanceof Denied denied) {
            return new RenewalOutcome.DeniedByCa(denied.sentence());
        }
        Pending pending = (Pending) answer;
        return new RenewalOutcome.Waiting(
                Hold.until(HoldKind.APPROVAL, run.now().plus(pending.askAgainIn()), pending.sentence()));
    }

    /** A certificate whose only fault is that it begins in the future, by our clock, heals by waiting. */
    private static RenewalOutcome refused(Verdict verdict, Issued issued) {
        boolean onlyEarly =
                verdict.errors().stream().allMatch(violation -> violation.code() == ViolationCode.NOT_YET_VALID);
        return onlyEarly
                ? new RenewalOutcome.Waiting(Hold.until(
                        HoldKind.VALIDITY,
                        issued.certificate().validity().notBefore(),
                        verdict.errors().get(0).message() + "; check this machine's clock"))
                : new RenewalOutcome.Rejected(verdict.errors());
    }

    private Hold byHand(RenewalRun run) throws LifecycleException {
        return Hold.until(
                HoldKind.BY_HAND,
                runs.dueAt(run.wish()),
                "issued and stored by hand, not bound; \"certwright bind " + run.name() + "\" goes on");
    }

    private static LoggingEventBuilder error(Narration narration) {
        LoggingEventBuilder event = LOG.atError();
        return narration == Narration.SILENT ? event : event.addMarker(Narration.TOLD);
    }

    private static void log(RenewalRun run, RenewalOutcome outcome, Narration narration) {
        var event = outcome instanceof RenewalOutcome.Renewed || outcome instanceof RenewalOutcome.Waiting
                ? LOG.atInfo()
                : error(narration);
        event.setMessage(outcome.sentence())
                .addKeyValue("certificate", run.name())
                .addKeyValue("issuer", run.facts().issuer())
                .addKeyValue("stage", run.facts().stage())
                .log();
    }
}
