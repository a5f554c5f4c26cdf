package io.certwright.alert;

import io.certwright.certificate.Thumbprint;
import io.certwright.certificate.ValidityPeriod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Certificates that are replaced in time, late, after their end or never, as seen over a year; the same for the same seed. */
final class YearOfCertificates implements WatchList {
    static final Instant START = Instant.parse("2027-01-01T00:00:00Z");
    static final Instant END = START.plus(Duration.ofDays(365));

    /** One certificate of a subject, served until the next one is. */
    record Generation(
            String subject,
            Thumbprint thumbprint,
            ValidityPeriod validity,
            Instant servedFrom,
            Optional<Instant> planned) {}

    private static final int[] LIFETIMES = {6, 30, 90, 200, 365};

    private final Map<String, List<Generation>> generations = new LinkedHashMap<>();
    private final Random random;
    private final int teams;
    private final Clock clock;
    private int issued;

    /** Told to Anna, some to Ben, too. */
    YearOfCertificates(long seed, int subjects, Clock clock) {
        this(seed, subjects, 0, clock);
    }

    /** @param teams among whom the subjects are divided, each of three people of whom one or two are told; none: Anna, and Ben for some */
    YearOfCertificates(long seed, int subjects, int teams, Clock clock) {
        this.teams = teams;
        this.random = new Random(seed);
        this.clock = clock;
        for (int i = 0; i < subjects; i++) {
            generations.put("subject" + i, life("subject" + i, i % 2 == 0));
        }
    }

    private List<Generation> life(String subject, boolean managed) {
        Duration lifetime = Duration.ofDays(LIFETIMES[random.nextInt(LIFETIMES.length)]);
        Instant servedFrom = START.minus(lifetime.dividedBy(100).multipliedBy(random.nextInt(60)));
        List<Generation> life = new ArrayList<>();
        while (servedFrom.isBefore(END)) {
            Instant notAfter = servedFrom.plus(lifetime).minusSeconds(1);
            Instant planned = notAfter.minus(lifetime.dividedBy(3));
            life.add(new Generation(
                    subject,
                    Alerts.thumbprint(++issued),
                    new ValidityPeriod(servedFrom, notAfter),
                    servedFrom,
                    managed ? Optional.of(planned) : Optional.empty()));
            servedFrom = successorFrom(planned, notAfter, lifetime);
        }
        return life;
    }

    /** Half of them as planned, a quarter late, a quarter after the end. */
    private Instant successorFrom(Instant planned, Instant notAfter, Duration lifetime) {
        Duration somewhat = lifetime.dividedBy(400).multipliedBy(1L + random.nextInt(100));
        return switch (random.nextInt(4)) {
            case 0, 1 -> planned;
            case 2 -> notAfter.minus(somewhat);
            default -> notAfter.plus(somewhat);
        };
    }

    /** What is served at that moment, one for each subject. */
    List<Generation> servedAt(Instant now) {
        return generations.values().stream()
                .map(life -> life.stream()
                        .filter(each -> !each.servedFrom().isAfter(now))
                        .reduce((earlier, later) -> later)
                        .orElseThrow())
                .toList();
    }

    List<Recipient> recipients(String subject) {
        if (teams > 0) {
            int hash = Math.floorMod(subject.hashCode(), 3 * teams);
            List<String> people = List.of("anna", "ben", "cleo");
            int team = hash / 3;
            return Stream.of(people.get(hash % 3), people.get(subject.endsWith("5") ? (hash + 1) % 3 : hash % 3))
                    .distinct()
                    .map(person -> new Recipient(person + team + "@contoso.com"))
                    .toList();
        }
        return subject.endsWith("3") ? List.of(Alerts.ANNA, Alerts.BEN) : List.of(Alerts.ANNA);
    }

    int issued() {
        return issued;
    }

    @Override
    public List<Watched> listWatched() {
        return servedAt(clock.instant()).stream()
                .map(each -> new Watched(
                        each.subject(),
                        each.thumbprint(),
                        each.validity(),
                        each.planned(),
                        recipients(each.subject()),
                        each.planned().isPresent()))
                .toList();
    }
}
