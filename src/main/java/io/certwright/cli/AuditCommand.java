package io.certwright.cli;

import io.certwright.audit.AuditChain;
import io.certwright.audit.AuditEntry;
import io.certwright.failure.LifecycleException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code audit list} and {@code audit verify}. */
@Command(
        name = "audit",
        description = "Shows who did what by hand, and holds the record against its hashes.",
        subcommands = {AuditCommand.ListNewest.class, AuditCommand.Verify.class})
final class AuditCommand {
    /** The newest first. */
    @Command(
            name = "list",
            description =
                    "Lists who did what when, the newest first: what people asked for by hand, and settings read anew.")
    static final class ListNewest implements CommandBody {
        @Option(names = "--limit", paramLabel = "N", description = "At most so many; ${DEFAULT-VALUE} if not given.")
        private int limit = 50;

        @Override
        public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
            if (limit < 1) {
                throw new WrongUsage("audit list: --limit: got " + limit + ", wanted 1 or more");
            }
            List<AuditEntry> entries = rooms.audit().listNewest(limit);
            screen.answer(Answer.of(table(entries), json -> json.putObjects("entries", entries, ListNewest::write)));
            return ExitCode.DONE;
        }

        private static List<String> table(List<AuditEntry> entries) {
            if (entries.isEmpty()) {
                return List.of("nothing was done by hand yet");
            }
            LocalTimes times = LocalTimes.here();
            Table table = Table.of("NUMBER", "WHEN", "WHO", "DID", "ON", "AND SO");
            for (AuditEntry entry : entries) {
                table.row(
                        entry.number(),
                        times.moment(entry.at()),
                        entry.actor().person() + " on " + entry.actor().host(),
                        entry.act().words(),
                        entry.subject(),
                        entry.details());
            }
            return table.lines(false);
        }

        private static void write(JsonObject json, AuditEntry entry) {
            json.put("number", entry.number())
                    .put("at", entry.at())
                    .put("person", entry.actor().person())
                    .put("host", entry.actor().host())
                    .put("act", entry.act().words())
                    .put("subject", entry.subject())
                    .put("details", entry.details())
                    .put("hash", entry.hash());
        }
    }

    /** Whether it was changed. */
    @Command(
            name = "verify",
            description = {
                "Says whether any entry was changed or removed since it was written.",
                "Keep the last hash elsewhere: it also shows what is cut off at the end."
            })
    static final class Verify implements CommandBody {
        @Override
        public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
            AuditChain.Verdict verdict = new AuditChain(rooms.audit()).verify();
            String holds = verdict.entries() + (verdict.entries() == 1 ? " entry holds" : " entries hold")
                    + ", the last hash is " + verdict.lastHash();
            screen.answer(Answer.of(
                    verdict.fault()
                            .map(fault -> fault + "\n" + holds)
                            .orElse(holds)
                            .lines()
                            .toList(),
                    json -> json.put("holds", verdict.fault().isEmpty())
                            .put("entries", verdict.entries())
                            .put("lastHash", verdict.lastHash())
                            .putIfPresent("fault", verdict.fault())));
            return verdict.fault().isEmpty() ? ExitCode.DONE : ExitCode.FINDINGS;
        }
    }
}
