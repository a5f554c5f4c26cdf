package io.certwright.alert;

import io.certwright.alert.Stages.Stage;
import io.certwright.certificate.ValidityPeriod;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** What people read about a certificate that nears its end, is past it, or was replaced in time. */
final class ExpiryWording {
    private final TimeWords times;

    ExpiryWording(ZoneId zone) {
        this.times = new TimeWords(zone);
    }

    Alert expiring(Watched watched, Stage stage, Instant now) {
        return new Alert(
                AlertKey.of(
                        watched.subject(),
                        watched.thumbprint(),
                        watched.nature().kind(),
                        stage.name()),
                severity(watched.validity(), now),
                sentence(watched, now),
                whatHappened(watched, stage),
                whatNext(watched, now),
                watched.commands(),
                now);
    }

    Alert recovered(Watched successor, Alert earlier, Instant now) {
        return Alert.of(
                AlertKey.of(
                        successor.subject(),
                        successor.thumbprint(),
                        AlertKind.RECOVERED,
                        earlier.key().thumbprint()),
                successor.subject() + ": has a new certificate, valid until "
                        + times.day(successor.validity().notAfter()),
                "Earlier we told you: " + earlier.sentence() + ".\nThis is over. The certificate in use now is "
                        + successor.thumbprint() + ", valid until "
                        + times.moment(successor.validity().notAfter()) + ".",
                "You hear of it again only when it needs you.",
                List.of(),
                now);
    }

    private static AlertSeverity severity(ValidityPeriod validity, Instant now) {
        if (validity.isExpiredAt(now)) {
            return AlertSeverity.CRITICAL;
        }
        return validity.remainingAt(now).compareTo(Stages.urgentTime(validity)) <= 0
                ? AlertSeverity.URGENT
                : AlertSeverity.WARNING;
    }

    private String sentence(Watched watched, Instant now) {
        Instant end = watched.validity().notAfter();
        if (watched.validity().isExpiredAt(now)) {
            return watched.subject() + ": " + what(watched) + " expired on " + times.moment(end);
        }
        String left = TimeWords.span(watched.validity().remainingAt(now));
        return watched.obstacle()
                .filter(obstacle -> !obstacle.news().isEmpty())
                .map(obstacle -> watched.subject() + ": " + obstacle.news() + ", " + left + " left")
                .orElseGet(() ->
                        watched.subject() + ": " + what(watched) + " expires in " + left + ", on " + times.moment(end));
    }

    private static String what(Watched watched) {
        return switch (watched.nature()) {
            case MANAGED, WATCHED -> "certificate";
            case ISSUER -> "the CA";
            case PIN -> "the pinned certificate";
        };
    }

    private String whatHappened(Watched watched, Stage stage) {
        String certificate = "The certificate " + watched.thumbprint() + " is valid until "
                + times.moment(watched.validity().notAfter()) + ".";
        String plan = watched.plannedSwitchOver()
                .map(planned -> "\nIts successor was planned to be served from " + times.moment(planned)
                        + ", which has not happened.")
                .orElse("");
        String obstacle = watched.obstacle()
                .map(known -> "\nIts renewal: " + known.sentence())
                .orElse("");
        return certificate + plan + obstacle + "\n" + reason(stage);
    }

    private static String reason(Stage stage) {
        String because = switch (stage.family()) {
            case Stages.EXPIRED -> "You get this mail because it has expired and is still in use.";
            case Stages.OVERDUE -> "You get this mail because it should have been replaced by now.";
            default -> "You get this mail because less than " + stage.family() + " of its time is left.";
        };
        return stage.isReminder()
                ? because + " It comes every day from here on, until somebody acknowledges it."
                : because;
    }

    private static String whatNext(Watched watched, Instant now) {
        String clients = watched.validity().isExpiredAt(now)
                ? "Clients refuse to connect until it is replaced."
                : "From then on clients refuse to connect.";
        return switch (watched.nature()) {
            case MANAGED ->
                clients
                        + " Certwright goes on with its renewal by itself; the first command below says what it waits for.";
            case WATCHED -> clients + " Certwright only watches this certificate: somebody has to replace it.";
            case ISSUER ->
                "From its end on clients refuse everything below it, and what it issues before is cut short. Its owner must"
                        + " renew it, and clients need the new one before servers show certificates of it.";
            case PIN ->
                "Its server will show another certificate by then, and clients that pin lose it unless they have that one"
                        + " first. Certwright adds it to their package by itself once the server shows it; better have its"
                        + " owner say which one it will be before that.";
        };
    }
}
