package io.certwright.trust;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the clients of a group were given so far, certificate by certificate: a later publication never delays what an earlier
 * one brought.
 *
 * @param everPinned whether any package of this group ever held a pin. Clients that took one check pins from then on, also while
 *     that package is not yet effective everywhere, and also when it has since been withdrawn
 * @param remarks what the package says of servers whose leaf could not be read when it was made
 */
public record GivenTrust(
        ClientGroup group, List<GivenCertificate> certificates, boolean everPinned, List<String> remarks) {
    public GivenTrust {
        certificates = List.copyOf(certificates);
        remarks = List.copyOf(remarks);
    }

    public static GivenTrust nothing(ClientGroup group) {
        return new GivenTrust(group, List.of(), false, List.of());
    }

    /** What stands in the present package; without its pins where the group has stopped pinning. */
    public TrustBundle bundle() {
        return TrustBundle.ofEntries(
                        group,
                        certificates.stream()
                                .map(GivenCertificate::entry)
                                .filter(entry -> group.pinning() || entry.role() != TrustRole.PIN)
                                .toList())
                .remarking(remarks);
    }

    public Optional<GivenCertificate> find(TrustEntry entry) {
        return certificates.stream()
                .filter(given -> given.entry().isSameToClientsAs(entry))
                .findFirst();
    }

    /** What of {@code needed} no package of the group holds so far. */
    public List<TrustEntry> lackingOf(TrustBundle needed) {
        return needed.entries().stream().filter(entry -> find(entry).isEmpty()).toList();
    }

    /**
     * What clients are given once the package holds exactly {@code next}: what it held before keeps its time, what is new takes
     * the group's wait. Only the first pins of a group that never had one are effective at once: clients without pins compare none.
     */
    public GivenTrust after(TrustBundle next, Instant publishedAt) {
        List<GivenCertificate> certificates = next.entries().stream()
                .map(entry ->
                        find(entry).map(given -> given.labelled(entry)).orElseGet(() -> brought(entry, publishedAt)))
                .toList();
        return new GivenTrust(group, certificates, everPinned || !next.pins().isEmpty(), next.remarks());
    }

    private GivenCertificate brought(TrustEntry entry, Instant publishedAt) {
        if (entry.role() == TrustRole.PIN && !everPinned) {
            return new GivenCertificate(
                    entry, publishedAt, publishedAt, "the first pin of the group, its clients compare none so far");
        }
        Duration wait = group.waitingTime();
        String reason = "clients of " + group.name() + " get " + inWords(wait) + " to take it";
        return new GivenCertificate(entry, publishedAt, publishedAt.plus(wait), reason);
    }

    /** A person vouches that every client has all of it. */
    public GivenTrust confirmed(String person, Instant at) {
        return new GivenTrust(
                group,
                certificates.stream().map(given -> given.confirmed(person, at)).toList(),
                everPinned,
                remarks);
    }

    /**
     * From when on a server may show the certificate that needs {@code needed}. The whole of {@code needed} must have been given.
     *
     * @param at now; nothing is said to be effective later than it is
     */
    public Effectiveness effectivenessOf(TrustBundle needed, Audience audience, Instant at) {
        if (needed.isEmpty()) {
            return new Effectiveness(at, "at once: a public CA, and its clients compare no pin");
        }
        if (audience == Audience.NOBODY_YET) {
            return new Effectiveness(at, "at once: the server shows no certificate so far, so no client depends on it");
        }
        List<GivenCertificate> held =
                needed.entries().stream().map(this::getGiven).toList();
        Instant from = held.stream()
                .map(GivenCertificate::effectiveFrom)
                .max(Comparator.naturalOrder())
                .orElse(at);
        boolean old = held.stream().noneMatch(given -> given.publishedAt().equals(at)) && !from.isAfter(at);
        return new Effectiveness(from, old ? "clients already have all they need" : reasonFor(held, from));
    }

    private GivenCertificate getGiven(TrustEntry entry) {
        return find(entry)
                .orElseThrow(() -> new IllegalArgumentException("trust of client group " + group.name() + ": "
                        + entry.describe() + " was never published, so nobody can say when clients have it"));
    }

    private static String reasonFor(List<GivenCertificate> held, Instant from) {
        List<GivenCertificate> last = held.stream()
                .filter(given -> given.effectiveFrom().equals(from))
                .toList();
        String what = last.stream().map(given -> given.entry().describe()).collect(Collectors.joining(" and "));
        String why = last.stream().map(GivenCertificate::reason).distinct().collect(Collectors.joining("; "));
        return what + ": " + why;
    }

    /** {@code 14d}, {@code 1d 12h}, {@code 90s}: as the settings write it. */
    private static String inWords(Duration wait) {
        if (wait.compareTo(Duration.ofHours(1)) < 0) {
            return wait.toSeconds() + "s";
        }
        String hours = wait.toHoursPart() == 0 ? "" : wait.toHoursPart() + "h";
        String days = wait.toDays() == 0 ? "" : wait.toDays() + "d";
        return (days + " " + hours).strip();
    }
}
