package io.certwright.app;

import io.certwright.certificate.CertificateName;
import io.certwright.lifecycle.OutcomeWitness;
import io.certwright.lifecycle.record.HoldKind;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.windows.eventlog.EventLog;
import io.certwright.windows.eventlog.HostEvent;
import java.util.Map;
import java.util.Optional;

/** Outcomes of the story as events of the Windows Event Log. */
record OutcomeEvents(EventLog log) implements OutcomeWitness {
    private static final Map<Class<? extends RenewalOutcome>, HostEvent> EVENTS = Map.of(
            RenewalOutcome.Renewed.class, HostEvent.RENEWED,
            RenewalOutcome.Superseded.class, HostEvent.SUPERSEDED,
            RenewalOutcome.Waiting.class, HostEvent.WAITING,
            RenewalOutcome.Failed.class, HostEvent.FAILED,
            RenewalOutcome.Rejected.class, HostEvent.REJECTED,
            RenewalOutcome.DeniedByCa.class, HostEvent.DENIED,
            RenewalOutcome.RolledBack.class, HostEvent.ROLLED_BACK,
            RenewalOutcome.RestoreFailed.class, HostEvent.RESTORE_FAILED);

    @Override
    public void saw(CertificateName name, RenewalOutcome outcome) {
        find(outcome).ifPresent(event -> log.write("certificate " + name, event, outcome.sentence()));
    }

    /** A host that is busy for a minute is no event. */
    static Optional<HostEvent> find(RenewalOutcome outcome) {
        boolean isShort = outcome instanceof RenewalOutcome.Waiting waiting
                && waiting.hold().kind() == HoldKind.BUSY_HOST;
        return isShort ? Optional.empty() : Optional.ofNullable(EVENTS.get(outcome.getClass()));
    }
}
