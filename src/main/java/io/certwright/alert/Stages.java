package io.certwright.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which stages before its end a certificate passes, and when. A stage is crossed once its moment lies in the past, however long
 * ago: a run that was missed, or a certificate that came late, loses no mail.
 */
final class Stages {
    static final String EXPIRED = "expired";
    static final String OVERDUE = "overdue";

    private final Thresholds thresholds;
    private final Duration grace;

    /** @param grace how long after the planned switch-over a managed certificate may still serve before anybody is told */
    Stages(Thresholds thresholds, Duration grace) {
        this.thresholds = thresholds;
        this.grace = grace;
    }

    record Stage(String name, Instant at) {}

    /** Least urgent first. */
    List<Stage> listCrossedAt(Watched watched, Instant now) {
        return Stream.concat(warnings(watched).stream(), Stream.of(expiry(watched)))
                .filter(stage -> !stage.at().isAfter(now))
                .sorted(Comparator.comparing(Stage::at).thenComparing(Stage::name))
                .toList();
    }

    private List<Stage> warnings(Watched watched) {
        Optional<Instant> graceEnd = watched.plannedSwitchOver().map(planned -> graceEnd(planned, watched));
        Instant after = graceEnd.orElse(watched.validity().notBefore());
        List<Stage> counting = thresholds.list().stream()
                .map(threshold -> new Stage(threshold.stage(), threshold.crossedAt(watched.validity())))
                .filter(stage -> stage.at().isAfter(after))
                .toList();
        return counting.isEmpty() ? graceEnd.stream().map(Stages::overdue).toList() : counting;
    }

    /** Where no threshold is left between plan and end, its own grace is the threshold: nobody learns of it from the expiry alone. */
    private static Stage overdue(Instant graceEnd) {
        return new Stage(OVERDUE, graceEnd);
    }

    /** A short life has a short grace: at most a third of the time between the plan and the end. */
    private Instant graceEnd(Instant planned, Watched watched) {
        Duration left = Duration.between(planned, watched.validity().notAfter());
        Duration third = left.isNegative() ? Duration.ZERO : left.dividedBy(3);
        return planned.plus(grace.compareTo(third) < 0 ? grace : third);
    }

    private static Stage expiry(Watched watched) {
        return new Stage(EXPIRED, watched.validity().notAfter().plusSeconds(1));
    }
}
