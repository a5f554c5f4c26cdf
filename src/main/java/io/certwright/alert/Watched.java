package io.certwright.alert;

import io.certwright.certificate.Thumbprint;
import io.certwright.certificate.ValidityPeriod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A certificate that is in use and whose end people want to know of in time.
 *
 * @param subject the certificate's name in the settings, {@code host:port} of a watched endpoint, or what the certificate is to us
 * @param plannedSwitchOver when its successor was to be served, as planned when this certificate was bound: a renewal that is stuck
 *     must not push it away. Empty where nothing is planned (not managed, a host in report mode): then every threshold counts
 * @param obstacle why its successor is not served yet, as far as anybody knows
 * @param commands what a person can do about it
 */
public record Watched(
        String subject,
        Thumbprint thumbprint,
        ValidityPeriod validity,
        Optional<Instant> plannedSwitchOver,
        List<Recipient> recipients,
        Nature nature,
        Optional<Obstacle> obstacle,
        List<String> commands) {
    /** What stands in the way of a successor: in a few words for the subject line, empty where it has none, and in whole sentences. */
    public record Obstacle(String news, String sentence) {}

    /** What the certificate is to us, which decides how its end is told. */
    public enum Nature {
        /** Certwright replaces it by itself. */
        MANAGED(AlertKind.EXPIRY),
        /** Somebody else replaces it. */
        WATCHED(AlertKind.EXPIRY),
        /** A CA above certificates in use. */
        ISSUER(AlertKind.ISSUER_ENDING),
        /** Clients know a server by it and have no next one. */
        PIN(AlertKind.PIN_ENDING);

        private final AlertKind kind;

        Nature(AlertKind kind) {
            this.kind = kind;
        }

        AlertKind kind() {
            return kind;
        }
    }

    /** Only such a subject is put into a command to copy: nothing in it means anything to a shell. */
    private static final Pattern SAFE_WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]*");

    public Watched {
        AlertKey.requireWord("watched subject", subject, AlertKey.LONGEST_SUBJECT);
        recipients = recipients.stream().distinct().toList();
        commands = List.copyOf(commands);
    }

    /**
     * A server's certificate, nothing in its way.
     *
     * @param managed whether Certwright replaces it by itself
     */
    public Watched(
            String subject,
            Thumbprint thumbprint,
            ValidityPeriod validity,
            Optional<Instant> plannedSwitchOver,
            List<Recipient> recipients,
            boolean managed) {
        this(
                subject,
                thumbprint,
                validity,
                plannedSwitchOver,
                recipients,
                managed ? Nature.MANAGED : Nature.WATCHED,
                Optional.empty(),
                commands(subject, managed));
    }

    private static List<String> commands(String subject, boolean managed) {
        if (!SAFE_WORD.matcher(subject).matches()) {
            return List.of();
        }
        return managed
                ? List.of("certwright why " + subject, "certwright renew " + subject)
                : List.of("certwright probe " + subject);
    }

    /** Whether Certwright replaces it by itself. */
    public boolean managed() {
        return nature == Nature.MANAGED;
    }

    /** The same, with what is known of its successor. */
    public Watched hinderedBy(Optional<Obstacle> known) {
        return new Watched(subject, thumbprint, validity, plannedSwitchOver, recipients, nature, known, commands);
    }
}
