package io.certwright.lifecycle;

import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.record.RenewalRepository;
import io.certwright.lifecycle.wish.ManagedCertificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Takes a renewal in hand: the open one, a new one, or none when nothing is due. */
final class RunFactory {
    private final Opening opening;
    private final RenewalRepository renewals;
    private final Clock clock;

    RunFactory(Opening opening, RenewalRepository renewals, Clock clock) {
        this.opening = opening;
        this.renewals = renewals;
        this.clock = clock;
    }

    /** Either a run, or why there is nothing to run. */
    record Started(Optional<RenewalRun> run, RenewalOutcome.NotDue notDue) {}

    Started start(ManagedCertificate wish, Urge urge, Narration narration) throws LifecycleException {
        Opening.Opened opened = opening.resumeOrOpen(wish, urge, now());
        RenewalOutcome.NotDue notDue = new RenewalOutcome.NotDue(
                notDueSentence(opened.due()), opened.due().at());
        return new Started(opened.renewal().map(renewal -> run(renewal, wish, urge, narration)), notDue);
    }

    RenewalRun run(Renewal renewal, ManagedCertificate wish, Urge urge, Narration narration) {
        return new RenewalRun(renewal, wish, urge, renewals, clock, narration);
    }

    Instant now() {
        return clock.instant();
    }

    Instant dueAt(ManagedCertificate wish) throws LifecycleException {
        return opening.dueAt(wish, now());
    }

    private String notDueSentence(Due due) {
        String expires = due.ends()
                .map(ends -> "expires in " + words(Duration.between(now(), ends)) + ", ")
                .orElse("");
        return "not renewed: " + expires + "due " + due.at().toString().substring(0, 10) + " (" + due.sentence() + ")";
    }

    private static String words(Duration left) {
        if (left.toDays() > 0) {
            return left.toDays() + "d " + left.toHoursPart() + "h";
        }
        return left.toHours() > 0 ? left.toHours() + "h " + left.toMinutesPart() + "m" : left.toMinutes() + "m";
    }
}
