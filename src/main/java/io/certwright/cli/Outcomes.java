package io.certwright.cli;

import io.certwright.failure.FailureKind;
import io.certwright.lifecycle.record.HoldKind;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalOutcome;

/** The exit code of each outcome of the story. */
final class Outcomes {
    private Outcomes() {}

    /** Of a run that is on record. */
    static ExitCode exitOf(Renewal.Standing standing) {
        return switch (standing.outcome()) {
            case "Waiting" -> ExitCode.WAITING;
            case "Rejected" -> ExitCode.REFUSED_BY_CHECKS;
            case "DeniedByCa" -> ExitCode.DENIED_BY_CA;
            case "RolledBack" -> ExitCode.RESTORED;
            case "RestoreFailed" -> ExitCode.RESTORE_FAILED;
            case "Failed" ->
                FailureKind.valueOf(standing.failureKind()).isOutOfReach() ? ExitCode.OUT_OF_REACH : ExitCode.FAILED;
            default -> ExitCode.DONE;
        };
    }

    static ExitCode exitOf(RenewalOutcome outcome) {
        if (outcome instanceof RenewalOutcome.Failed failed) {
            return ExitCode.of(failed.cause());
        }
        if (outcome instanceof RenewalOutcome.Waiting waiting) {
            return waiting.hold().kind() == HoldKind.BY_HAND ? ExitCode.DONE : ExitCode.WAITING;
        }
        if (outcome instanceof RenewalOutcome.Rejected) {
            return ExitCode.REFUSED_BY_CHECKS;
        }
        if (outcome instanceof RenewalOutcome.DeniedByCa) {
            return ExitCode.DENIED_BY_CA;
        }
        if (outcome instanceof RenewalOutcome.RolledBack) {
            return ExitCode.RESTORED;
        }
        return outcome instanceof RenewalOutcome.RestoreFailed ? ExitCode.RESTORE_FAILED : ExitCode.DONE;
    }
}
