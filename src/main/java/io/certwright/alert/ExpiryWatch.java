package io.certwright.alert;

import io.certwright.alert.Stages.Stage;
import io.certwright.failure.LifecycleException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Looks over all certificates in use and tells people whose end comes near, whether or not anything else works. Run it as often as
 * you like: who was told a stage is not told it again, and of several stages crossed since the last run only the most urgent is
 * told.
 */
public final class ExpiryWatch {
    private final WatchList watchList;
    private final AlertOutbox outbox;
    private final Stages stages;
    private final ExpiryWording wording;

    /**
     * @param grace how long after the planned switch-over a managed certificate may still serve before anybody is told; a healthy
     *     one never mails
     * @param zone of the times that people read
     */
    public ExpiryWatch(WatchList watchList, AlertOutbox outbox, Thresholds thresholds, Duration grace, ZoneId zone) {
        this.watchList = watchList;
        this.outbox = outbox;
        this.stages = new Stages(thresholds, grace);
        this.wording = new ExpiryWording(zone);
    }

    /** One look over the watch list; answers how many alerts are new in the outbox. */
    public int pass(Instant now) throws LifecycleException {
        List<Watched> watched = watchList.listWatched();
        int told = 0;
        for (Watched each : watched) {
            told += tell(each, stages.listCrossedAt(each, now), now);
        }
        return told + closeWhatIsOver(watched, now);
    }

    private int tell(Watched watched, List<Stage> crossed, Instant now) throws LifecycleException {
        if (crossed.isEmpty()) {
            return 0;
        }
        Stage last = crossed.get(crossed.size() - 1);
        if (last.isReminder() && isAcknowledged(watched, last, crossed)) {
            return 0;
        }
        Alert alert = wording.expiring(watched, last, now);
        List<String> lessUrgent =
                crossed.stream().limit(crossed.size() - 1).map(Stage::name).toList();
        int told = 0;
        for (Recipient recipient : watched.recipients()) {
            told += outbox.offer(alert, recipient, lessUrgent) ? 1 : 0;
        }
        return told;
    }

    /** Whoever took note of a stage, or of a reminder of it, is left in peace until the next stage. */
    private boolean isAcknowledged(Watched watched, Stage last, List<Stage> crossed) throws LifecycleException {
        for (Stage stage : crossed) {
            if (stage.family().equals(last.family())
                    && outbox.isAcknowledged(AlertKey.of(
                            watched.subject(),
                            watched.thumbprint(),
                            watched.nature().kind(),
                            stage.name()))) {
                return true;
            }
        }
        return false;
    }

    /** A subject that now shows another certificate: who was told of the old one's end hears that it is over. */
    private int closeWhatIsOver(List<Watched> watched, Instant now) throws LifecycleException {
        Map<String, List<Watched>> bySubject = watched.stream().collect(Collectors.groupingBy(Watched::subject));
        int told = 0;
        for (OutboxEntry open : outbox.listOpen()) {
            List<Watched> shown = bySubject.getOrDefault(open.alert().key().subject(), List.of());
            if (isReplaced(open, shown)) {
                told += tellRecovery(open, shown.get(0), now);
                outbox.over(List.of(open.id()), now);
            }
        }
        return told;
    }

    private static boolean isReplaced(OutboxEntry open, List<Watched> shown) {
        String old = open.alert().key().thumbprint();
        return shown.stream()
                        .anyMatch(each ->
                                each.nature().kind() == open.alert().key().kind())
                && shown.stream().noneMatch(each -> each.thumbprint().hex().equals(old));
    }

    /** Nobody hears of the end of something he was never told, nor that all is well while the successor is in need itself. */
    private int tellRecovery(OutboxEntry open, Watched successor, Instant now) throws LifecycleException {
        boolean worthTelling = open.deliveredAt().isPresent()
                && stages.listCrossedAt(successor, now).isEmpty();
        return worthTelling && outbox.offer(wording.recovered(successor, open.alert(), now), open.to()) ? 1 : 0;
    }
}
