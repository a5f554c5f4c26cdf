package io.certwright.lifecycle;

import io.certwright.alert.Alert;
import io.certwright.alert.AlertKind;
import io.certwright.alert.AlertOutbox;
import io.certwright.alert.OutboxEntry;
import io.certwright.alert.Recipient;
import io.certwright.alert.Recoveries;
import io.certwright.audit.AuditAct;
import io.certwright.audit.AuditTrail;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.lifecycle.record.Fact;
import io.certwright.lifecycle.record.Hold;
import io.certwright.lifecycle.record.HoldKind;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.record.StoredCertificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes down how a run ended, when it goes on, and what people are told of it: one transaction, mails leave later. */
final class OutcomeRecord {
    /** How often a renewal that was rolled back looks whether the facts of its host have changed. */
    private static final Duration LOOK_AGAIN = Duration.ofHours(1);

    /** What a successful renewal puts an end to. */
    private static final Set<AlertKind> TROUBLES = Set.of(
            AlertKind.RENEWAL_FAILED,
            AlertKind.FALLBACK_ISSUER,
            AlertKind.REJECTED,
            AlertKind.DENIED,
            AlertKind.WAITING_LONG,
            AlertKind.ROLLED_BACK,
            AlertKind.RESTORE_FAILED,
            AlertKind.CHAIN_NOT_SENT,
            AlertKind.REVOKED);

    private final Transactions transactions;
    private final CertificateRepository certificates;
    private final DueDates dueDates;
    private final NextLook nextLook;
    private final Failover failover;
    private final OutcomeAlerts alerts;
    private final AlertOutbox outbox;
    private final AuditTrail audit;
    private final OutcomeWitness witness;

    OutcomeRecord(
            Transactions transactions,
            CertificateRepository certificates,
            DueDates dueDates,
            NextLook nextLook,
            Failover failover,
            OutcomeAlerts alerts,
            AlertOutbox outbox,
            AuditTrail audit,
            OutcomeWitness witness) {
        this.transactions = transactions;
        this.certificates = certificates;
        this.dueDates = dueDates;
        this.nextLook = nextLook;
        this.failover = failover;
        this.alerts = alerts;
        this.outbox = outbox;
        this.audit = audit;
        this.witness = witness;
    }

    void record(RenewalRun run, RenewalOutcome outcome) throws LifecycleException {
        record(run, outcome, run.urge().act());
    }

    /** With {@code act}, where a person asked for it, among the audited in the same transaction. */
    void record(RenewalRun run, RenewalOutcome outcome, Optional<AuditAct> act) throws LifecycleException {
        transactions.inOne(() -> {
            Optional<StoredCertificate> predecessor = certificates.findInUse(run.name());
            if (outcome instanceof RenewalOutcome.Renewed renewed) {
                StoredCertificate inUse = complete(run, renewed);
                tellRecovery(run, renewed);
                nextLook.replanRenewed(run.wish(), inUse, run.now());
            } else {
                run.record(new Fact.Stands(hastened(run, standing(run, outcome, predecessor))));
                nextLook.replan(run.wish(), run.now());
            }
            for (Alert alert : alerts.of(run, outcome, predecessor)) {
                for (Recipient recipient : run.wish().recipients()) {
                    outbox.offer(alert, recipient);
                }
            }
            if (act.isPresent()) {
                audit.record(act.get(), "certificate " + run.name(), asked(run) + outcome.sentence());
            }
            return outcome;
        });
        witness.saw(run.name(), outcome);
    }

    /** Looked at again when another issuer's turn comes, if that is before its own next attempt. */
    private Renewal.Standing hastened(RenewalRun run, Renewal.Standing standing) throws LifecycleException {
        Optional<Instant> turn = failover.lookAt(run.facts(), run.wish(), standing);
        return turn.isPresent()
                        && standing.nextAttemptAt()
                                .filter(next -> !next.isAfter(turn.get()))
                                .isEmpty()
                ? standing.goingOnAt(turn.get())
                : standing;
    }

    private static String asked(RenewalRun run) {
        return run.urge().acceptUntrustingClients() ? "--accept-untrusting-clients; " : "";
    }

    private StoredCertificate complete(RenewalRun run, RenewalOutcome.Renewed renewed) throws LifecycleException {
        StoredCertificate now = certificates.get(renewed.certificate().sha256());
        Instant planned = dueDates.plannedSwitchOver(run.wish(), now, run.now());
        run.record(new Fact.Completed(renewed.sentence(), planned, run.now()));
        return now;
    }

    private void tellRecovery(RenewalRun run, RenewalOutcome.Renewed renewed) throws LifecycleException {
        List<OutboxEntry> over = outbox.listOpenAbout(run.name().value()).stream()
                .filter(entry -> TROUBLES.contains(entry.alert().key().kind()))
                .toList();
        String news = "renewed, valid until " + renewed.certificate().validity().notAfter();
        new Recoveries(outbox).tell(over, news, run.now());
    }

    private static Renewal.Standing standing(
            RenewalRun run, RenewalOutcome outcome, Optional<StoredCertificate> predecessor) {
        Instant now = run.now();
        if (outcome instanceof RenewalOutcome.Failed failed) {
            return failure(run, failed, predecessor);
        }
        if (outcome instanceof RenewalOutcome.Waiting waiting) {
            return waiting(run, waiting);
        }
        if (outcome instanceof RenewalOutcome.RolledBack back) {
            return standing(outcome, now, Optional.of(now.plus(LOOK_AGAIN)), back.plan());
        }
        if (outcome instanceof RenewalOutcome.RestoreFailed lost) {
            return standing(outcome, now, Optional.of(now.plus(LOOK_AGAIN)), lost.plan());
        }
        return standing(outcome, now, Optional.empty(), "");
    }

    /** What was rolled back once is not bound again by itself, whatever else befalls the renewal in the meantime. */
    private static String planOf(RenewalRun run) {
        return run.facts().standing().map(Renewal.Standing::plan).orElse("");
    }

    private static Renewal.Standing failure(
            RenewalRun run, RenewalOutcome.Failed failed, Optional<StoredCertificate> predecessor) {
        LifecycleException cause = failed.cause();
        int before = run.facts()
                .standing()
                .filter(standing -> standing.failureKind().equals(cause.kind().name()))
                .map(Renewal.Standing::failures)
                .orElse(0);
        Instant next = RetryTable.nextAttempt(
                cause.kind(),
                before + 1,
                cause.retryAfter(),
                predecessor.map(old -> old.certificate().validity().notAfter()),
                run.now());
        return new Renewal.Standing(
                failed.word(),
                failed.sentence(),
                cause.kind().name(),
                before + 1,
                run.now(),
                Optional.of(next),
                planOf(run));
    }

    /** A renewal that was rolled back keeps that standing, with its plan, until something changes. */
    private static Renewal.Standing waiting(RenewalRun run, RenewalOutcome.Waiting waiting) {
        Hold hold = waiting.hold();
        Optional<Renewal.Standing> before = run.facts().standing();
        if (hold.kind() == HoldKind.PERSON && before.isPresent()) {
            Renewal.Standing kept = before.get();
            return new Renewal.Standing(
                    kept.outcome(),
                    kept.sentence(),
                    kept.failureKind(),
                    kept.failures(),
                    kept.at(),
                    Optional.of(run.now().plus(LOOK_AGAIN)),
                    kept.plan());
        }
        Instant since = before.filter(OutcomeRecord::wasShortWait)
                .map(Renewal.Standing::at)
                .orElse(run.now());
        return standing(waiting, since, hold.until(), planOf(run));
    }

    /** Short waits in a row, such as for a host that is always busy, are one long wait, and people are told of it. */
    private static boolean wasShortWait(Renewal.Standing standing) {
        return standing.outcome().equals(RenewalOutcome.Waiting.WORD)
                && standing.nextAttemptAt()
                        .filter(next -> next.isBefore(standing.at().plus(OutcomeAlerts.LONG_WAIT)))
                        .isPresent();
    }

    private static Renewal.Standing standing(
            RenewalOutcome outcome, Instant at, Optional<Instant> nextAttempt, String plan) {
        return new Renewal.Standing(outcome.word(), outcome.sentence(), "", 0, at, nextAttempt, plan);
    }
}
