package io.certwright.lifecycle.watch;

import io.certwright.alert.Alert;
import io.certwright.alert.AlertKey;
import io.certwright.alert.AlertKind;
import io.certwright.alert.TimeWords;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.Printable;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** What people read about a watched target that changed or cannot be read. */
final class WatchWording {
    /** A certificate is replaced in the last third of its life as a rule; earlier, somebody had a reason that people should know. */
    private static final int LAST_SHARE = 3;

    private final TimeWords times;

    WatchWording(ZoneId zone) {
        this.times = new TimeWords(zone);
    }

    /** Empty where it shows what it showed before, or an ordinary successor of that. */
    Optional<Alert> unexpected(WatchTarget target, Optional<Sighting> before, Sighting seen) {
        if (before.isEmpty()) {
            return Optional.empty();
        }
        IssuedCertificate old = new IssuedCertificate(before.get().chain());
        IssuedCertificate now = new IssuedCertificate(seen.chain());
        if (old.sha256().equals(now.sha256())) {
            return Optional.empty();
        }
        boolean otherIssuer = !old.issuerDn().equals(now.issuerDn());
        boolean early = old.validity()
                        .remainingAt(seen.at())
                        .compareTo(old.validity().lifetime().dividedBy(LAST_SHARE))
                > 0;
        if (!otherIssuer && !early) {
            return Optional.empty();
        }
        String news = otherIssuer
                ? "shows a certificate from another issuer, " + Printable.quote(now.issuerDn())
                : "shows another certificate, though the one before was valid until "
                        + times.day(old.validity().notAfter());
        return Optional.of(Alert.of(
                AlertKey.of(target.subject(), now.thumbprint(), AlertKind.WATCHED_CHANGED, "changed"),
                target.subject() + ": " + news,
                "Before: " + described(old) + ".\nNow: " + described(now) + ".",
                "Certwright only watches it. If nobody of yours changed it, find out who did.",
                target.commands(),
                seen.at()));
    }

    private String described(IssuedCertificate certificate) {
        return certificate.thumbprint() + " from " + Printable.quote(certificate.issuerDn()) + ", valid until "
                + times.moment(certificate.validity().notAfter());
    }

    Alert unreadable(WatchTarget target, Optional<Sighting> before, String why, Instant now) {
        String since = before.map(seen -> "not readable since " + times.moment(seen.at()))
                .orElse("never readable so far");
        String counting = before.map(seen ->
                        "What it showed last still counts: " + described(new IssuedCertificate(seen.chain())) + ".")
                .orElse("Nobody will be told when its certificate ends, because nobody knows it.");
        return Alert.of(
                AlertKey.of(target.subject(), AlertKind.WATCHED_UNREADABLE, stage(before)),
                target.subject() + ": " + since,
                why,
                counting
                        + " It is looked at again by itself; correct its address under watch in the settings if that is wrong.",
                target.commands(),
                now);
    }

    private static String stage(Optional<Sighting> before) {
        return before.map(seen -> "since " + seen.at()).orElse("never");
    }
}
