package io.certwright.cli;

import io.certwright.certificate.CertificateName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.TrustConfirming.Confirmed;
import io.certwright.lifecycle.TrustReporting.Reported;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientHost;
import io.certwright.trust.Coverage;
import io.certwright.trust.GivenTrust;
import io.certwright.trust.PublishedPackage;
import io.certwright.trust.PublishedTrust;
import io.certwright.trust.TrustBundle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trust status|export|confirm|import|emergency}: what the clients of a group are given, and since when they have it. */
@Command(
        name = "trust",
        description = "Shows, exports and confirms what clients must have before a server changes, and who has it.",
        subcommands = {
            TrustCommand.Status.class,
            TrustCommand.Export.class,
            TrustCommand.Confirm.class,
            TrustImport.class,
            TrustEmergency.class
        })
final class TrustCommand {
    static LifecycleException nothingPublished(ClientGroup group) {
        return new LifecycleException(
                FailureKind.REFUSED,
                "NOTHING_PUBLISHED",
                "client group " + group.name()
                        + ": nothing was published for it yet; the first renewal of one of its certificates does");
    }

    /** Changes nothing. */
    @Command(
            name = "status",
            description = "Shows what is published for client groups, since when it is effective and who waits for it.")
    static final class Status implements CommandBody {
        @Parameters(arity = "0..1", paramLabel = "GROUP", description = "This group alone.")
        private Optional<String> group = Optional.empty();

        @Override
        public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
            List<ClientGroup> groups =
                    group.isPresent() ? List.of(Named.group(rooms, group.get())) : Named.groups(rooms);
            List<TrustAnswer.Row> rows = new ArrayList<>();
            for (ClientGroup each : groups) {
                Optional<PublishedTrust> present = rooms.trust().findPresent(each.name());
                rows.add(new TrustAnswer.Row(
                        each,
                        present,
                        rooms.trust().getGiven(each).certificates(),
                        waitingFor(each, rooms),
                        present.isPresent() ? Optional.of(coverageOf(each, present.get(), rooms)) : Optional.empty()));
            }
            TrustAnswer answer = new TrustAnswer(rows, rooms.clock().instant(), LocalTimes.here());
            screen.answer(answer);
            return answer.isAllEffective() ? ExitCode.DONE : ExitCode.FINDINGS;
        }

        private static Coverage coverageOf(ClientGroup group, PublishedTrust present, Rooms rooms)
                throws LifecycleException {
            return Coverage.of(group, present, rooms.trust().reports().list(group.name()));
        }

        private static List<CertificateName> waitingFor(ClientGroup group, Rooms rooms) throws LifecycleException {
            List<CertificateName> waiting = new ArrayList<>();
            for (ManagedCertificate wish : rooms.wishes().list()) {
                boolean concerned = wish.clients().filter(group.name()::equals).isPresent();
                if (concerned
                        && rooms.renewals()
                                .findOpen(wish.name())
                                .filter(Renewal::waitsToBind)
                                .isPresent()) {
                    waiting.add(wish.name());
                }
            }
            return waiting;
        }
    }

    /** The same package once more, elsewhere. */
    @Command(name = "export", description = "Writes the present package of a client group to another folder.")
    static final class Export implements CommandBody {
        @Parameters(paramLabel = "GROUP", description = "The client group, as the settings name it.")
        private String group = "";

        @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder; made if need be.")
        private Path folder = Path.of("");

        @Override
        public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
            ClientGroup known = Named.group(rooms, group);
            if (rooms.trust().findPresent(known.name()).isEmpty()) {
                throw nothingPublished(known);
            }
            GivenTrust given = rooms.trust().getGiven(known);
            PublishedPackage written = rooms.publisherTo(folder).publish(inFolder(given.bundle()));
            screen.answer(Answer.of(
                    "package for " + known.name() + " written to " + written.location(),
                    json -> json.put("group", known.name().value())
                            .put("location", written.location())
                            .put("manifestSha256", written.manifestSha256())));
            return ExitCode.DONE;
        }

        /** The publisher is made for the folder, so the package belongs right there. */
        private static TrustBundle inFolder(TrustBundle bundle) {
            return bundle.of(bundle.group().publishingTo("."));
        }
    }

    /** Recorded with the name of who runs it. */
    @Command(
            name = "confirm",
            description = "Records that all clients of a group have its present package; what waits for them goes on.")
    static final class Confirm implements CommandBody {
        @Parameters(paramLabel = "GROUP", description = "The client group, as the settings name it.")
        private String group = "";

        @Option(names = "--host", paramLabel = "H", description = "These machines alone; may be given again.")
        private List<String> hosts = List.of();

        @Override
        public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
            ClientGroup known = Named.group(rooms, group);
            String person = rooms.person();
            if (!hosts.isEmpty()) {
                return confirmHosts(known, person, screen, rooms);
            }
            Confirmed confirmed =
                    rooms.story().confirming().confirm(known, person).orElseThrow(() -> nothingPublished(known));
            screen.answer(Answer.of(
                    "client group " + known.name() + ": confirmed by " + person + "; " + goesOn(confirmed.goingOn()),
                    json -> json.put("group", known.name().value())
                            .put("person", person)
                            .put("effectiveFrom", confirmed.trust().effectiveFrom())
                            .putTexts("goingOn", confirmed.goingOn())));
            return ExitCode.DONE;
        }

        private ExitCode confirmHosts(ClientGroup known, String person, Screen screen, Rooms rooms)
                throws LifecycleException {
            Reported reported = rooms.story()
                    .reporting()
                    .vouchFor(known, named(), person)
                    .orElseThrow(() -> nothingPublished(known));
            List<String> lines = new ArrayList<>(List.of("client group " + known.name() + ": recorded for "
                    + hosts.size() + (hosts.size() == 1 ? " host" : " hosts") + " by " + person));
            lines.addAll(TrustImport.linesOf(reported));
            screen.answer(Answer.of(lines, json -> {
                json.put("group", known.name().value()).put("person", person);
                TrustImport.write(json, reported);
            }));
            return ExitCode.DONE;
        }

        private List<ClientHost> named() {
            try {
                return hosts.stream().map(ClientHost::new).toList();
            } catch (IllegalArgumentException wrong) {
                throw new WrongUsage("--host: " + wrong.getMessage());
            }
        }

        static String goesOn(List<CertificateName> names) {
            String words = names.stream().map(CertificateName::value).collect(Collectors.joining(" "));
            return names.isEmpty()
                    ? "no renewal was waiting for it"
                    : "the service goes on with " + words + " within a minute, or now: certwright renew " + words;
        }
    }
}
