package io.certwright.cli;

import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.PublishedTrust;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code show NAME}: one certificate whole. */
@Command(
        name = "show",
        description =
                "Shows one certificate whole: the wish, what is in use, the renewal, the history, bindings and trust as they are.")
final class ShowCommand implements CommandBody {
    private static final int HISTORY = 20;

    @Parameters(paramLabel = "NAME", description = "A certificate of the settings, or one issued by hand.")
    private String name = "";

    @Override
    public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
        rooms.expectDatabase();
        ManagedCertificate wish = Wanted.anywhere(rooms, name);
        Shown shown = new Shown(
                Outlook.of(rooms, wish),
                rooms.renewals().listLatest(wish.name(), HISTORY),
                rooms.certificates().listOf(wish.name()),
                BoundNow.listOf(rooms, wish),
                trust(rooms, wish));
        screen.answer(Answer.of(
                shown.lines(),
                json -> json.putObjects("certificates", List.of(shown), (each, one) -> one.write(each))));
        return ExitCode.DONE;
    }

    private static Optional<Trust> trust(Rooms rooms, ManagedCertificate wish) throws LifecycleException {
        if (wish.clients().isEmpty()) {
            return Optional.empty();
        }
        ClientGroup group = rooms.wishes().group(wish.clients().get());
        return Optional.of(new Trust(group, rooms.trust().findPresent(group.name())));
    }

    /** What the clients of its group were given. */
    private record Trust(ClientGroup group, Optional<PublishedTrust> published) {}

    private record Shown(
            Outlook outlook,
            List<Renewal> renewals,
            List<StoredCertificate> certificates,
            List<BoundNow> bindings,
            Optional<Trust> trust) {

        List<String> lines() {
            List<String> lines = new ArrayList<>(outlook.lines());
            ManagedCertificate wish = outlook.wish();
            lines.add("wish");
            lines.addAll(Table.ofFacts()
                    .row("  names", wish.names())
                    .row(
                            "  issuer",
                            wish.issuer()
                                    + wish.fallback()
                                            .map(second -> ", in need " + second)
                                            .orElse(""))
                    .row("  key", wish.key() + ", origin " + wish.origin())
                    .row("  allowed", wish.allowed().isEmpty() ? "no special names" : wish.allowed())
                    .lines(false));
            lines.add("bindings");
            bindings.forEach(bound -> lines.add("  " + bound.binding() + "  " + bound.sentence()));
            if (bindings.isEmpty()) {
                lines.add("  none");
            }
            trust.ifPresent(given -> lines.addAll(trustLines(given)));
            outlook.open().ifPresent(open -> lines.addAll(factLines(open)));
            lines.add("history");
            lines.addAll(history().lines(false));
            return lines;
        }

        private static List<String> trustLines(Trust trust) {
            LocalTimes times = LocalTimes.here();
            String published = trust.published()
                    .map(fact -> "published " + times.moment(fact.publishedAt()) + " in " + fact.location()
                            + ", effective " + times.moment(fact.effectiveFrom()) + ", " + fact.reason())
                    .orElse("nothing published yet");
            return List.of("trust", "  " + trust.group().name() + "  " + published);
        }

        private static List<String> factLines(Renewal open) {
            List<String> lines = new ArrayList<>(List.of("renewal under way"));
            Table facts = Table.ofFacts();
            RenewalFacts.of(open)
                    .forEach(fact ->
                            facts.row("  " + fact.word(), LocalTimes.here().moment(fact.at())));
            lines.addAll(facts.lines(false));
            return lines;
        }

        private Table history() {
            LocalTimes times = LocalTimes.here();
            Table table = Table.of("  OPENED", "BECAUSE", "STAGE", "OUTCOME");
            renewals.forEach(renewal -> table.row(
                    "  " + times.moment(renewal.openedAt()),
                    renewal.reason(),
                    renewal.stage(),
                    renewal.standing()
                            .map(standing -> standing.outcome() + ": " + standing.sentence())
                            .orElse("under way")));
            return table;
        }

        void write(JsonObject json) {
            outlook.write(json);
            json.putObjects("bindings", bindings, (each, bound) -> bound.write(each));
            trust.ifPresent(given -> json.putObject("trust", each -> {
                each.put("clients", given.group().name().value());
                given.published()
                        .ifPresent(fact -> each.put("publishedAt", fact.publishedAt())
                                .put("effectiveFrom", fact.effectiveFrom())
                                .put("reason", fact.reason())
                                .put("location", fact.location()));
            }));
            json.putObjects("renewals", renewals, RenewalFacts::write)
                    .putObjects("inventory", certificates, (each, stored) -> {
                        CertificateFields.certificate(each, stored.certificate(), outlook.now());
                        each.put("receivedAt", stored.receivedAt())
                                .putIfPresent("acceptedAt", stored.acceptedAt())
                                .putIfPresent("inUseSince", stored.inUseSince())
                                .putIfPresent("retiredAt", stored.retiredAt())
                                .putIfPresent("revokedAt", stored.revokedAt());
                    });
        }
    }
}
