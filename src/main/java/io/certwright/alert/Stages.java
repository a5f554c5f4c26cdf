package io.certwright.alert;

import io.certwright.certificate.ValidityPeriod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

    private static final Duration WEEK = Duration.ofDays(7);

    private final Thresholds thresholds;
    private final Duration grace;

    /** @param grace how long after the planned switch-over a managed certificate may still serve before anybody is told */
    Stages(Thresholds thresholds, Duration grace) {
        this.thresholds = thresholds;
        this.grace = grace;
    }

    /** @param family the stage that this one reminds of; itself, where it is no reminder */
    record Stage(String name, Instant at, String family) {
        private Stage(String name, Instant at) {
            this(name, at, name);
        }

        boolean isReminder() {
            return !name.equals(family);
        }
    }

    /** Least urgent first. */
    List<Stage> listCrossedAt(Watched watched, Instant now) {
        List<Stage> all = Stream.concat(warnings(watched).stream(), Stream.of(expiry(watched)))
                .sorted(Comparator.comparing(Stage::at).thenComparing(Stage::name))
                .toList();
        return Stream.concat(all.stream(), reminders(all, watched.validity()).stream())
                .filter(stage -> !stage.at().isAfter(now))
                .sorted(Comparator.comparing(Stage::at).thenComparing(Stage::name))
                .toList();
    }

    /** In the urgent time before the end, each stage is told again every day until the next one. */
    private static List<Stage> reminders(List<Stage> all, ValidityPeriod validity) {
        Instant urgentFrom = validity.notAfter().minus(urgentTime(validity));
        List<Stage> reminders = new ArrayList<>();
        for (int i = 0; i + 1 < all.size(); i++) {
            Stage stage = all.get(i);
            long first = Math.max(1, Duration.between(stage.at(), urgentFrom).toDays());
            for (long days = first; ; days++) {
                Instant at = stage.at().plus(Duration.ofDays(days));
                if (!at.isBefore(all.get(i + 1).at()) || !at.isBefore(validity.notAfter())) {
                    break;
                }
                if (!at.isBefore(urgentFrom)) {
                    String name = stage.name() + " +" + days + (days == 1 ? " day" : " days");
                    reminders.add(new Stage(name, at, stage.name()));
                }
            }
        }
        return reminders;
    }

    /** The last week, or the last tenth of a short life. */
    static Duration urgentTime(ValidityPeriod validity) {
        Duration tenth = validity.lifetime().dividedBy(10);
        return tenth.compareTo(WEEK) < 0 ? tenth : WEEK;
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
