package io.certwright.cli;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.util.Collection;
import java.util.Comparator;

/**
 * What a command ends with: the numbers that scripts, scheduled tasks and monitoring depend on.
 *
 * <p>Declared from the most urgent to the least, which is the order that decides between several results.
 */
public enum ExitCode {
    /** Ctrl-C; nothing is left half done. */
    INTERRUPTED(130),
    /** The proof failed and the previous certificate could not be put back, or not sensibly: a person must act now. */
    RESTORE_FAILED(8),
    /** The proof failed and the previous certificate is back. */
    RESTORED(7),
    /** Our own checks refuse the certificate. */
    REFUSED_BY_CHECKS(3),
    /** The CA said no. */
    DENIED_BY_CA(4),
    /** Wrong usage or settings. */
    WRONG_USAGE(2),
    /** A CA, host or database is out of reach; it will be tried again. */
    OUT_OF_REACH(5),
    /** It did not work, and trying again alone will not help. */
    FAILED(1),
    /** Drift or findings. */
    FINDINGS(10),
    /** A certificate expires within the time asked about. */
    EXPIRES_WITHIN(9),
    /** Waits for approval, for the clients' trust, for a maintenance window or for report mode to end. */
    WAITING(6),
    /** Done, or nothing to do. */
    DONE(0);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** The number that the process returns to its caller. */
    public int number() {
        return number;
    }

    /** The one of several results that decides; {@link #DONE} when there is none. */
    public static ExitCode mostUrgent(Collection<ExitCode> results) {
        return results.stream().min(Comparator.naturalOrder()).orElse(DONE);
    }

    /** What a command ends with that was stopped by {@code failure}. */
    public static ExitCode of(LifecycleException failure) {
        return of(failure.kind());
    }

    static ExitCode of(FailureKind kind) {
        return kind.isOutOfReach() ? OUT_OF_REACH : FAILED;
    }
}
