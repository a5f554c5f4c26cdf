package io.certwright.cli;

import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.Narration;
import io.certwright.lifecycle.Story;
import io.certwright.lifecycle.Urge;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.wish.ManagedCertificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code renew [NAME…] [--all-due] [--force] [--accept-untrusting-clients] [--dry-run]}. */
@Command(
        name = "renew",
        description = {
            "Runs the story now: issue, check, store, publish trust, bind, prove. What is not due stays as it is.",
            "Several run side by side; one that fails stops no other."
        })
final class RenewCommand implements CommandBody {
    private static final int MANY = 2;

    /** Of many, a person reads how each ended and not its steps. */
    private static final Narration SUMMARY = (name, step, sentence) -> {};

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Certificates of the settings.")
    private List<String> names = List.of();

    @Option(
            names = "--all-due",
            description =
                    "All of the settings that are due; those that wait or are to be tried again later are left alone.")
    private boolean allDue;

    @Option(names = "--force", description = "Though not due.")
    private boolean force;

    @Option(
            names = "--accept-untrusting-clients",
            description =
                    "Bind before the clients have the trust they need: they will refuse the server until they do.")
    private boolean acceptUntrustingClients;

    @Option(names = "--dry-run", description = "Show what would be done and change nothing.")
    private boolean dryRun;

    @Override
    public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException, InterruptedException {
        List<ManagedCertificate> wishes = wanted(rooms);
        if (dryRun) {
            return preview(screen, rooms.story(), wishes);
        }
        return wishes.size() < MANY ? one(screen, rooms, wishes) : many(screen, rooms, wishes);
    }

    private List<ManagedCertificate> wanted(Rooms rooms) throws LifecycleException {
        if (allDue == !names.isEmpty()) {
            throw new WrongUsage(
                    allDue
                            ? "renew: --all-due is for all certificates; leave the names out, or leave --all-due out"
                            : "renew: nothing to renew is named; give names of certificates or --all-due");
        }
        if (allDue && force) {
            throw new WrongUsage("renew: --force is for named certificates; leave --all-due out and name them");
        }
        if (allDue) {
            return rooms.wishes().list();
        }
        List<ManagedCertificate> wishes = new ArrayList<>();
        for (String name : names) {
            ManagedCertificate wish = Wanted.inSettings(rooms, name);
            if (!wishes.contains(wish)) {
                wishes.add(wish);
            }
        }
        return wishes;
    }

    private ExitCode one(Screen screen, Rooms rooms, List<ManagedCertificate> wishes) throws LifecycleException {
        Clock clock = rooms.clock();
        List<Told> told = new ArrayList<>();
        for (ManagedCertificate wish : wishes) {
            told.add(renew(rooms.story(), wish, new StoryTeller(screen, clock), clock));
        }
        told.forEach(each -> each.lines().forEach(screen::say));
        return end(screen, told, clock.instant());
    }

    private ExitCode many(Screen screen, Rooms rooms, List<ManagedCertificate> wishes)
            throws LifecycleException, InterruptedException {
        rooms.stay();
        Story story = rooms.story();
        AtomicInteger ended = new AtomicInteger();
        List<Told> told = new StoriesAtOnce(wish -> renew(story, wish, SUMMARY, rooms.clock()), each -> {
                    if (!isNotDue(each)) {
                        each.lines().forEach(screen::say);
                    }
                    screen.progress(ended.incrementAndGet() + " of " + wishes.size() + ": "
                            + each.wish().name());
                })
                .run(wishes);
        screen.say(summary(told));
        return end(screen, told, rooms.clock().instant());
    }

    private Told renew(Story story, ManagedCertificate wish, Narration narration, Clock clock) {
        try {
            Optional<Renewal.Standing> resting =
                    allDue ? story.nextLook().findResting(wish, clock.instant()) : Optional.empty();
            return resting.isPresent()
                    ? Told.resting(wish, resting.get())
                    : Told.of(wish, story.lifecycle().renew(wish.name(), urge(), narration));
        } catch (LifecycleException failed) {
            return Told.of(wish, new RenewalOutcome.Failed(failed));
        }
    }

    private Urge urge() {
        Urge urge = force ? Urge.FORCE : Urge.NONE;
        return acceptUntrustingClients ? urge.andAcceptUntrustingClients() : urge;
    }

    private ExitCode end(Screen screen, List<Told> told, Instant now) {
        if (screen.isJson()) {
            screen.answer(Answer.of("", json -> {
                json.putObjects("certificates", told, (each, one) -> one.write(each, now));
                json.putTree("summary", counts(told));
            }));
        }
        return ExitCode.mostUrgent(told.stream().map(this::exitOf).toList());
    }

    /** For who renews all, waiting is nothing to be alarmed at. */
    private ExitCode exitOf(Told told) {
        return allDue && told.exit() == ExitCode.WAITING ? ExitCode.DONE : told.exit();
    }

    private static boolean isNotDue(Told told) {
        return told.word().equals("NotDue");
    }

    private static String summary(List<Told> told) {
        Map<String, Integer> counts = counts(told);
        return counts.get("renewed") + " renewed, " + counts.get("waiting") + " waiting, " + counts.get("failed")
                + " failed, " + counts.get("notDue") + " not due";
    }

    private static Map<String, Integer> counts(List<Told> told) {
        Map<String, Integer> counts = new TreeMap<>(Map.of("renewed", 0, "waiting", 0, "failed", 0, "notDue", 0));
        for (Told each : told) {
            counts.merge(
                    switch (each.word()) {
                        case "Renewed", "Superseded" -> "renewed";
                        case "NotDue" -> "notDue";
                        case "Waiting" -> "waiting";
                        default -> "failed";
                    },
                    1,
                    Integer::sum);
        }
        return counts;
    }

    private static ExitCode preview(Screen screen, Story story, List<ManagedCertificate> wishes) {
        List<Preview> previews =
                wishes.stream().map(wish -> Preview.of(story, wish)).toList();
        screen.answer(Answer.of(
                previews.stream()
                        .flatMap(preview -> preview.forPeople().stream())
                        .toList(),
                json -> json.putObjects(
                        "certificates",
                        previews,
                        (each, preview) ->
                                each.put("name", preview.wish().name().value()).putTexts("plan", preview.lines()))));
        return ExitCode.mostUrgent(previews.stream().map(Preview::exit).toList());
    }

    /** What would be done for one certificate, or why that cannot be said. */
    private record Preview(ManagedCertificate wish, List<String> lines, ExitCode exit) {
        static Preview of(Story story, ManagedCertificate wish) {
            try {
                return new Preview(wish, story.preview().of(wish), ExitCode.DONE);
            } catch (LifecycleException failed) {
                return new Preview(wish, List.of(failed.getMessage()), ExitCode.of(failed));
            }
        }

        List<String> forPeople() {
            List<String> all = new ArrayList<>();
            all.add(wish.name().value());
            lines.forEach(line -> all.add("  " + line));
            return all;
        }
    }
}
