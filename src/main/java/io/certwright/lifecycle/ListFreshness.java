package io.certwright.lifecycle;

import io.certwright.alert.AlertKind;
import io.certwright.alert.Condition;
import io.certwright.alert.TimeWords;
import io.certwright.certificate.Printable;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.lookup.Observation;
import io.certwright.lookup.Observation.NotRevoked;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Notices a CA that publishes no fresh revocation list. Lists of different CAs live for hours or for months, so what counts is the
 * share that is left: in the last twentieth of the time since this process first saw a list there should be the next one. A CA whose
 * answers nobody ever got is left alone. Not for several threads.
 */
final class ListFreshness {
    private static final int LAST_SHARE = 20;

    private record Seen(X509Certificate authority, Instant freshUntil, Instant firstSeen) {
        boolean isLate(Instant now) {
            Duration left = Duration.between(now, freshUntil);
            return left.compareTo(Duration.between(firstSeen, freshUntil).dividedBy(LAST_SHARE)) < 0;
        }
    }

    private final Map<Sha256Fingerprint, Seen> lists = new LinkedHashMap<>();

    /** What is wrong after this look. One certificate of a CA with a fresh answer is enough: the CA lives. */
    List<Condition> look(Collection<List<X509Certificate>> paths, Collection<Observation> seen, Instant now) {
        Map<Sha256Fingerprint, Instant> freshUntil = new HashMap<>();
        for (Observation each : seen) {
            if (each instanceof NotRevoked fresh) {
                freshUntil.put(fresh.certificate(), fresh.freshUntil());
            }
        }
        Map<Sha256Fingerprint, Instant> byAuthority = new LinkedHashMap<>();
        Map<Sha256Fingerprint, X509Certificate> authorities = new LinkedHashMap<>();
        for (List<X509Certificate> path : paths) {
            for (int i = 0; i + 1 < path.size(); i++) {
                Sha256Fingerprint authority = Sha256Fingerprint.of(path.get(i + 1));
                authorities.put(authority, path.get(i + 1));
                Instant until = freshUntil.get(Sha256Fingerprint.of(path.get(i)));
                if (until != null) {
                    byAuthority.merge(authority, until, (one, other) -> one.isAfter(other) ? one : other);
                }
            }
        }
        authorities.forEach((key, authority) -> {
            Instant until = byAuthority.get(key);
            if (until != null) {
                remember(key, authority, until, now);
            }
        });
        lists.keySet().retainAll(authorities.keySet());
        return late(now);
    }

    private void remember(Sha256Fingerprint key, X509Certificate authority, Instant until, Instant now) {
        Seen before = lists.get(key);
        if (before == null || !before.freshUntil().equals(until)) {
            lists.put(key, new Seen(authority, until, now));
        }
    }

    private List<Condition> late(Instant now) {
        List<Condition> late = new ArrayList<>();
        for (Seen seen : lists.values()) {
            if (seen.isLate(now)) {
                late.add(condition(seen, now));
            }
        }
        return late;
    }

    private static Condition condition(Seen seen, Instant now) {
        String name =
                Printable.escape(seen.authority().getSubjectX500Principal().getName(), 120);
        boolean over = seen.freshUntil().isBefore(now);
        String left = TimeWords.span(Duration.between(now, seen.freshUntil()));
        return new Condition(
                "revocation list of " + name,
                AlertKind.REVOCATION_ENDING,
                "until " + seen.freshUntil(),
                "revocation list of " + name + (over ? ": ended" : ": ends in " + left) + ", and no fresh one is there",
                "What the CA last said of revoked certificates is good until " + seen.freshUntil()
                        + ", and it should have published the next list by now.",
                "Clients that check revocation, Windows Update among them, refuse certificates of this CA from then on. The owner of"
                        + " the CA must publish a list (AD CS: certutil -crl) to where the certificates say.",
                List.of("certwright doctor"));
    }
}
