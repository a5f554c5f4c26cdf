package io.certwright.lifecycle.watch;

import io.certwright.alert.Alert;
import io.certwright.alert.AlertKind;
import io.certwright.alert.AlertOutbox;
import io.certwright.alert.AlertSettings;
import io.certwright.alert.ConditionWatch;
import io.certwright.alert.ExpiryWatch;
import io.certwright.alert.Recipient;
import io.certwright.alert.Watched;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.Transactions;
import io.certwright.probe.TlsProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks at what is watched but not managed here and tells people when it nears its end, changes as nobody could expect, or cannot be
 * read for long. What cannot be read now counts as it was last seen: a certificate does not stop ending because a network is down.
 */
public final class OtherCertificates {
    /** A shorter silence is a restart or a network at work, and heals by itself. */
    private static final Duration LONG_SILENCE = Duration.ofDays(1);

    private final Looking looking;
    private final SightingRepository sightings;
    private final AlertOutbox outbox;
    private final Transactions transactions;

    public OtherCertificates(
            TlsProbe probe, SightingRepository sightings, AlertOutbox outbox, Transactions transactions) {
        this.looking = new Looking(probe);
        this.sightings = sightings;
        this.outbox = outbox;
        this.transactions = transactions;
    }

    /** One look at all {@code targets}; answers how many alerts are new in the outbox. */
    public int pass(List<WatchTarget> targets, AlertSettings rules, Instant now) throws LifecycleException {
        WatchWording wording = new WatchWording(rules.zone());
        List<Watched> watched = new ArrayList<>();
        List<Alert> unreadable = new ArrayList<>();
        int told = 0;
        for (Looking.Found found : looking.at(targets)) {
            Optional<Sighting> before = sightings.find(found.target().subject());
            Optional<Sighting> counting = before;
            if (found.chain().isPresent()) {
                Sighting seen =
                        new Sighting(found.target().subject(), found.chain().get(), now);
                told += remember(wording.unexpected(found.target(), before, seen), seen, rules.to());
                counting = Optional.of(seen);
            } else if (isSilentForLong(before, now)) {
                unreadable.add(wording.unreadable(found.target(), before, found.why(), now));
            }
            counting.ifPresent(seen -> watched.add(watched(seen, rules.to())));
        }
        told += tellUnreadable(targets, unreadable, rules, now);
        return told + new ExpiryWatch(() -> watched, outbox, rules.thresholds(), rules.grace(), rules.zone()).pass(now);
    }

    /** What was taken out of the settings is not well for that. */
    private int tellUnreadable(List<WatchTarget> targets, List<Alert> unreadable, AlertSettings rules, Instant now)
            throws LifecycleException {
        Set<String> subjects = targets.stream().map(WatchTarget::subject).collect(Collectors.toSet());
        Set<AlertKind> kinds = Set.of(AlertKind.WATCHED_UNREADABLE);
        ConditionWatch conditions = new ConditionWatch(outbox);
        int told = conditions.end(
                kinds, alert -> !subjects.contains(alert.key().subject()), "is not watched any more", now);
        return told + conditions.pass(kinds, unreadable, rules.to(), now);
    }

    /** What was seen and what is told of it, together: a crash between them would swallow the alert. */
    private int remember(Optional<Alert> unexpected, Sighting seen, List<Recipient> to) throws LifecycleException {
        return transactions.inOne(() -> {
            int told = 0;
            if (unexpected.isPresent()) {
                for (Recipient recipient : to) {
                    told += outbox.offer(unexpected.get(), recipient) ? 1 : 0;
                }
            }
            sightings.record(seen);
            return told;
        });
    }

    /** One that was never seen is told of at once: its address is probably wrong. */
    private static boolean isSilentForLong(Optional<Sighting> before, Instant now) {
        return before.filter(seen -> seen.at().isAfter(now.minus(LONG_SILENCE))).isEmpty();
    }

    private static Watched watched(Sighting seen, List<Recipient> to) {
        IssuedCertificate shown = new IssuedCertificate(seen.chain());
        return new Watched(seen.subject(), shown.thumbprint(), shown.validity(), Optional.empty(), to, false);
    }
}
