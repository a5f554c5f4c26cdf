package io.certwright.cli;

import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.InventoryLine;
import io.certwright.lifecycle.wish.ManagedCertificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code list}: every certificate in one line, from one query. */
final class ListCommand implements CommandBody {
    private final OptionSpec limits = OptionSpec.builder("--limit")
            .type(int.class)
            .paramLabel("N")
            .initialValue(10_000)
            .description("At most so many; 10000 if not given.")
            .build();
    private final OptionSpec afters = OptionSpec.builder("--after")
            .type(String.class)
            .paramLabel("NAME")
            .initialValue("")
            .description("Those whose names come after this one, in the order of letters.")
            .build();

    /** Spelled out as {@link RootCommand} is. */
    CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this)
                .name("list")
                .addOption(limits)
                .addOption(afters);
        spec.usageMessage().description("Lists the certificates: those of the settings and those issued by hand.");
        return spec;
    }

    @Override
    public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
        int limit = limits.getValue();
        String after = afters.getValue();
        if (limit < 1) {
            throw new WrongUsage("list: --limit: got " + limit + ", wanted 1 or more");
        }
        rooms.expectPage(after, limit);
        Instant now = rooms.clock().instant();
        List<ManagedCertificate> wishes = rooms.wishes().list();
        Page page = merge(rooms.inventory().page(after, limit), wishes, after, limit);
        int givenUp = rooms.outbox().countGivenUp();
        screen.answer(Answer.of(
                table(page.lines(), now),
                json -> json.putObjects("certificates", page.lines(), (each, line) -> line.write(each, now))
                        .putIfPresent("next", page.next())
                        .put("alertsGivenUp", givenUp)));
        if (givenUp > 0) {
            screen.note((givenUp == 1 ? "An alert was" : givenUp + " alerts were")
                    + " given up, because nobody took the mail: certwright alerts list");
        }
        page.next()
                .ifPresent(
                        next -> screen.note("There are more: certwright list --after " + next + " --limit " + limit));
        return ExitCode.DONE;
    }

    /** @param next the name after which the next page begins, if there may be one */
    private record Page(List<ListedCertificate> lines, Optional<String> next) {}

    /**
     * Wishes that have neither certificate nor renewal yet are listed, too, as far as the page of the record reaches. Both come in the order
     * of their names.
     */
    private static Page merge(List<InventoryLine> recorded, List<ManagedCertificate> wishes, String after, int limit) {
        List<ListedCertificate> all = new ArrayList<>(recorded.size());
        int next = 0;
        while (next < wishes.size() && wishes.get(next).name().value().compareTo(after) <= 0) {
            next++;
        }
        for (InventoryLine line : recorded) {
            while (next < wishes.size() && wishes.get(next).name().compareTo(line.name()) < 0) {
                all.add(unrecorded(wishes.get(next++)));
            }
            boolean isWished = next < wishes.size() && wishes.get(next).name().equals(line.name());
            Optional<ManagedCertificate> wish = isWished ? Optional.of(wishes.get(next++)) : Optional.empty();
            all.add(new ListedCertificate(line.name(), wish, Optional.of(line)));
        }
        while (recorded.size() < limit && next < wishes.size()) {
            all.add(unrecorded(wishes.get(next++)));
        }
        List<ListedCertificate> lines = all.subList(0, Math.min(limit, all.size()));
        boolean more = recorded.size() == limit || all.size() > limit;
        return new Page(
                lines, more ? Optional.of(lines.get(lines.size() - 1).name().value()) : Optional.empty());
    }

    private static ListedCertificate unrecorded(ManagedCertificate wish) {
        return new ListedCertificate(wish.name(), Optional.of(wish), Optional.empty());
    }

    private static Table table(List<ListedCertificate> lines, Instant now) {
        Table table = Table.of("NAME", "NAMES", "ISSUER", "EXPIRES", "DUE", "STATE", "WAITING FOR");
        LocalTimes times = LocalTimes.here();
        for (ListedCertificate line : lines) {
            table.row(
                    line.name(),
                    line.namesInShort(),
                    line.issuer(),
                    line.expires(now),
                    line.due(now, times),
                    line.state(now),
                    line.waitingInShort());
        }
        return table;
    }
}
