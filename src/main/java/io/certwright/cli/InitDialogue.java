package io.certwright.cli;

import io.certwright.binding.HostName;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.LifecycleException;
import io.certwright.setup.Answers;
import io.certwright.setup.Draft;
import io.certwright.setup.FirstSettings;
import io.certwright.setup.Kind;
import io.certwright.setup.NewSettings;
import io.certwright.setup.Part;
import io.certwright.setup.Question;
import io.certwright.setup.Questions;
import io.certwright.trust.ClientGroupName;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Asks a person for settings, section by section; each is tried before the next one. Writes nothing. */
final class InitDialogue {
    private static final int MOST_ROUNDS = 10;
    private static final List<String> WHAT_NOW = List.of("again", "change", "keep", "stop");

    private final Screen screen;
    private final NewSettings file;
    private final InitTrials trials;
    private final boolean untested;
    private final InitQuestions questions;

    InitDialogue(Screen screen, Surroundings person, NewSettings file, InitTrials trials, boolean untested) {
        this.screen = screen;
        this.file = file;
        this.trials = trials;
        this.untested = untested;
        this.questions = new InitQuestions(screen, person, file);
    }

    /** One section: the settings with its answers. */
    private interface Section {
        FirstSettings ask(FirstSettings before) throws InterruptedException;
    }

    /** @param given what is known already, offered as the usual answers */
    FirstSettings ask(FirstSettings given) throws LifecycleException, InterruptedException {
        screen.say(
                "These answers become " + file.file()
                        + ". Enter takes what stands in brackets, - leaves out what may be absent, Ctrl-C ends with nothing written.");
        FirstSettings settings = section("The server", this::askHost, Optional.of(TriedPart.HOST), given);
        settings = section("The CA", this::askIssuer, Optional.of(TriedPart.ISSUER), settings);
        settings = section("Who is told", this::askMail, Optional.of(TriedPart.MAIL), settings);
        return section("The clients", this::askClients, Optional.empty(), settings);
    }

    /** As it would be written now. */
    Draft draft(FirstSettings settings) {
        return questions.draft(settings);
    }

    private FirstSettings section(String title, Section section, Optional<TriedPart> part, FirstSettings before)
            throws LifecycleException, InterruptedException {
        screen.say("");
        screen.say(title);
        FirstSettings settings = before;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            settings = section.ask(settings);
            List<String> faults = file.faults(draft(settings));
            faults.forEach(screen::say);
            if (faults.isEmpty() && (part.isEmpty() || untested || isSettled(part.get(), settings))) {
                return settings;
            }
        }
        throw new WrongUsage(
                "init: " + MOST_ROUNDS + " rounds of questions brought no sound answers; nothing was written.");
    }

    /** Whether it goes on from here; false where the person wants to answer again. */
    private boolean isSettled(TriedPart part, FirstSettings settings) throws LifecycleException, InterruptedException {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            if (trials.isPassed(part, file.trial(draft(settings)))) {
                return true;
            }
            switch (questions.choice("What now: again, change, keep it as it is, stop", WHAT_NOW, "change")) {
                case "change" -> {
                    return false;
                }
                case "keep" -> {
                    return true;
                }
                case "stop" -> trials.requirePassed();
                default -> screen.say("once more");
            }
        }
        throw new WrongUsage("init: " + part.words() + " was tried " + MOST_ROUNDS
                + " times and did not work; nothing was written.");
    }

    private FirstSettings askHost(FirstSettings before) throws InterruptedException {
        String usual = before.host().map(Part::name).orElse(InitQuestions.NOTHING);
        Optional<String> name =
                questions.name("A Windows server, as the settings are to call it", usual, HostName::new);
        if (name.isEmpty()) {
            return before.withHost(Optional.empty());
        }
        Answers old = before.host().map(Part::answers).orElse(Answers.NONE);
        String way = old.get("transport").stream().findFirst().orElse(name.get().equals("local") ? "local" : "ssh");
        Kind kind = kind("How it is reached", Questions.TRANSPORTS, way);
        Answers first = old.get("transport").equals(List.of(kind.word()))
                ? old
                : Answers.NONE.with("transport", List.of(kind.word()));
        List<Question> all = kind.questions().stream()
                .map(each -> each.key().equals("address") && each.usual().isEmpty() ? each.usually(name.get()) : each)
                .toList();
        Function<Answers, FirstSettings> making =
                answers -> before.withHost(Optional.of(new Part(name.get(), answers)));
        return making.apply(
                questions.askEach(all, first, new InitQuestions.Place("hosts." + name.get(), name.get(), making)));
    }

    private FirstSettings askIssuer(FirstSettings before) throws InterruptedException {
        Answers old = before.issuer().map(Part::answers).orElse(Answers.NONE);
        Kind kind = kind(
                "Its type",
                Questions.AUTHORITIES,
                old.get("type").stream().findFirst().orElse("builtin"));
        boolean same = old.get("type").equals(List.of(kind.word()));
        String usual = same ? before.issuer().orElseThrow().name() : InitOptions.usualName(kind.word());
        String name = questions.neededName("Its name in the settings", usual, IssuerName::new);
        Optional<String> host = before.host().map(Part::name);
        List<Question> all = kind.questions().stream()
                .map(each -> each.key().equals("host") && host.isPresent() ? each.usually(host.get()) : each)
                .toList();
        Answers first = same ? old : Answers.NONE.with("type", List.of(kind.word()));
        Function<Answers, FirstSettings> making = answers -> before.withIssuer(Optional.of(new Part(name, answers)));
        return making.apply(questions.askEach(all, first, new InitQuestions.Place("issuers." + name, name, making)));
    }

    private FirstSettings askMail(FirstSettings before) throws InterruptedException {
        Answers old = before.mail().orElse(Answers.NONE);
        Function<Answers, FirstSettings> making = answers -> before.withMail(Optional.of(answers), before.to());
        InitQuestions.Place place = new InitQuestions.Place("alerts.mail", "mail", making);
        Answers server = questions.askEach(List.of(Questions.MAIL_SERVER), old, place);
        if (!server.has("smtp")) {
            return before.withMail(Optional.empty(), List.of());
        }
        Answers mail = questions.askEach(Questions.MAIL, server, place);
        Answers to = questions.askEach(
                List.of(Questions.RECIPIENTS),
                Answers.NONE.with("to", before.to()),
                new InitQuestions.Place(
                        "alerts", "alerts", answers -> before.withMail(Optional.of(mail), answers.get("to"))));
        return before.withMail(Optional.of(mail), to.get("to"));
    }

    private FirstSettings askClients(FirstSettings before) throws InterruptedException {
        String usual = before.clients().map(Part::name).orElse(InitQuestions.NOTHING);
        Optional<String> name = questions.name(
                "A name for the clients that share trust, such as wsus-clients", usual, ClientGroupName::of);
        if (name.isEmpty()) {
            return before.withClients(Optional.empty());
        }
        Function<Answers, FirstSettings> making =
                answers -> before.withClients(Optional.of(new Part(name.get(), answers)));
        return making.apply(questions.askEach(
                Questions.CLIENTS,
                before.clients().map(Part::answers).orElse(Answers.NONE),
                new InitQuestions.Place("client-groups." + name.get(), name.get(), making)));
    }

    private Kind kind(String question, List<Kind> kinds, String usual) throws InterruptedException {
        int widest = kinds.stream().mapToInt(each -> each.word().length()).max().orElse(0);
        kinds.forEach(each ->
                screen.say("  " + each.word() + " ".repeat(widest - each.word().length() + 2) + each.line()));
        String word = questions.choice(question, kinds.stream().map(Kind::word).toList(), usual);
        return kinds.stream()
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow();
    }
}
