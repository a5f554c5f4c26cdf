package io.certwright.cli;

import io.certwright.certificate.CertificateName;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.Coverage;
import io.certwright.trust.GivenCertificate;
import io.certwright.trust.PublishedTrust;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the clients of groups are given, group by group. */
record TrustAnswer(List<Row> rows, Instant at, LocalTimes times) implements Answer {
    /**
     * One group.
     *
     * @param present empty when nothing was published yet
     * @param waiting the certificates whose renewal waits until the group's clients have it
     * @param coverage who reported that they have it; empty when nothing was published yet
     */
    record Row(
            ClientGroup group,
            Optional<PublishedTrust> present,
            List<GivenCertificate> given,
            List<CertificateName> waiting,
            Optional<Coverage> coverage) {
        boolean isEffectiveAt(Instant instant) {
            return present.map(published -> published.isEffectiveAt(instant)).orElse(true);
        }
    }

    /** A group without a package has no clients that wait for anything. */
    boolean isAllEffective() {
        return rows.stream().allMatch(row -> row.isEffectiveAt(at));
    }

    @Override
    public List<String> lines(boolean colours) {
        if (rows.isEmpty()) {
            return List.of("no certificate names a client group");
        }
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> lines.addAll(linesOf(row, colours)));
        return lines;
    }

    private List<String> linesOf(Row row, boolean colours) {
        String name = "client group " + row.group().name() + ": ";
        if (row.present().isEmpty()) {
            return List.of(name + "nothing published yet");
        }
        PublishedTrust published = row.present().get();
        List<String> lines = new ArrayList<>();
        Tone tone = row.isEffectiveAt(at) ? Tone.GOOD : Tone.WARNING;
        String state = row.isEffectiveAt(at) ? "effective since " : "effective only from ";
        lines.add(name + tone.paint(state + times.moment(published.effectiveFrom()), colours) + " ("
                + published.reason() + ")");
        lines.add("  published " + times.moment(published.publishedAt()) + " to " + published.location());
        Table table = Table.of("  GIVEN", "THUMBPRINT", "OF", "EFFECTIVE FROM");
        for (GivenCertificate each : row.given()) {
            table.row(
                    "  " + each.entry().role().words(),
                    each.entry().thumbprint(),
                    each.entry().label(),
                    times.moment(each.effectiveFrom()));
        }
        lines.addAll(table.lines(colours));
        if (!row.isEffectiveAt(at) && row.waiting().isEmpty()) {
            lines.add(
                    "  no certificate waits for it: what is bound now was bound when its server had no clients yet, in an"
                            + " emergency, or by a person's word");
        }
        row.coverage()
                .filter(TrustAnswer::isKnown)
                .ifPresent(coverage -> TrustImport.linesOf(coverage).forEach(line -> lines.add("  " + line)));
        if (!row.waiting().isEmpty()) {
            lines.add("  waiting for these clients: " + names(row.waiting()) + "; \"certwright trust confirm "
                    + row.group().name() + "\" ends the wait");
        }
        return lines;
    }

    /** Where nobody reports and nobody is expected there is nothing to say. */
    private static boolean isKnown(Coverage coverage) {
        return coverage.expected().isPresent()
                || !coverage.having().isEmpty()
                || !coverage.lacking().isEmpty();
    }

    private static String names(List<CertificateName> names) {
        return names.stream().map(CertificateName::value).collect(Collectors.joining(", "));
    }

    @Override
    public void write(JsonObject json) {
        json.putObjects("groups", rows, this::write);
    }

    private void write(JsonObject json, Row row) {
        json.put("name", row.group().name().value())
                .put("pinning", row.group().pinning())
                .put("published", row.present().isPresent());
        row.present()
                .ifPresent(published -> json.put("publishedAt", published.publishedAt())
                        .put("effectiveFrom", published.effectiveFrom())
                        .put("effective", published.isEffectiveAt(at))
                        .put("reason", published.reason())
                        .put("location", published.location())
                        .put("bundleSha256", published.bundleDigest())
                        .put("manifestSha256", published.manifestSha256()));
        row.coverage()
                .filter(TrustAnswer::isKnown)
                .ifPresent(coverage -> json.putObject("hosts", hosts -> TrustImport.write(hosts, coverage)));
        json.putObjects("certificates", row.given(), TrustAnswer::write).putTexts("waiting", row.waiting());
    }

    private static void write(JsonObject json, GivenCertificate given) {
        json.put("role", given.entry().role())
                .put("thumbprint", given.entry().thumbprint().hex())
                .put("label", given.entry().label())
                .put("publishedAt", given.publishedAt())
                .put("effectiveFrom", given.effectiveFrom())
                .put("reason", given.reason());
    }
}
