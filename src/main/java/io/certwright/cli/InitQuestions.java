package io.certwright.cli;

import io.certwright.certificate.Printable;
import io.certwright.config.OpenSecrets;
import io.certwright.config.SecretText;
import io.certwright.config.Words;
import io.certwright.crypto.SecretBytes;
import io.certwright.setup.Answers;
import io.certwright.setup.Draft;
import io.certwright.setup.FirstSettings;
import io.certwright.setup.NewSettings;
import io.certwright.setup.Question;
import java.nio.CharBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Single questions to a person. A bad answer gets one sentence and is asked for again, a few times. */
final class InitQuestions {
    /** The answer that leaves something out. */
    static final String NOTHING = "-";

    private static final int MOST_TRIES = 5;
    private static final String NOT_ASKED_YET = "secrets/.not-asked-yet";

    private final Screen screen;
    private final Surroundings person;
    private final NewSettings file;
    private final Map<String, SecretText> typed = new LinkedHashMap<>();

    InitQuestions(Screen screen, Surroundings person, NewSettings file) {
        this.screen = screen;
        this.person = person;
        this.file = file;
    }

    /**
     * Where answers stand in the settings.
     *
     * @param path keys from the top, joined by dots
     * @param name begins the names of files for secrets
     * @param making the settings with these answers
     */
    record Place(String path, String name, Function<Answers, FirstSettings> making) {}

    /** With those of the typed secrets that are still meant. */
    Draft draft(FirstSettings settings) {
        String text = settings.text();
        return new Draft(
                text,
                typed.entrySet().stream()
                        .filter(each -> text.contains(placeholder(each.getKey())))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** One of the words, or the beginning of one. */
    String choice(String question, List<String> words, String usual) throws InterruptedException {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            String said = line(question, usual);
            List<String> meant = words.contains(said)
                    ? List.of(said)
                    : words.stream().filter(word -> word.startsWith(said)).toList();
            if (meant.size() == 1) {
                return meant.get(0);
            }
            screen.say("got " + Printable.quote(said)
                    + Words.closest(said, words)
                            .map(close -> ", did you mean " + Printable.quote(close) + "?")
                            .orElse(", wanted one of " + String.join(", ", words)));
        }
        throw tooManyTries(question);
    }

    /** A name that {@code check} takes; empty where it is left out. */
    Optional<String> name(String question, String usual, Consumer<String> check) throws InterruptedException {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            String said = line(question, usual);
            if (said.equals(NOTHING)) {
                return Optional.empty();
            }
            try {
                check.accept(said);
                return Optional.of(said);
            } catch (IllegalArgumentException wrong) {
                screen.say(String.valueOf(wrong.getMessage()));
            }
        }
        throw tooManyTries(question);
    }

    String neededName(String question, String usual, Consumer<String> check) throws InterruptedException {
        return name(question, usual, check).orElse(usual);
    }

    /** Each question that applies, earlier answers offered again. */
    Answers askEach(List<Question> questions, Answers before, Place place) throws InterruptedException {
        Answers given = before;
        for (Question question : questions) {
            given = question.isAskedAfter(given)
                    ? askOne(question, given, place, questions)
                    : given.with(question.key(), List.of());
        }
        return given;
    }

    private Answers askOne(Question question, Answers before, Place place, List<Question> all)
            throws InterruptedException {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            try {
                Answers next = before.with(question.key(), answer(question, before.get(question.key()), place));
                Optional<String> fault = faultOf(question, next, place, all);
                if (fault.isEmpty()) {
                    return next;
                }
                screen.say(fault.get());
            } catch (IllegalArgumentException wrong) {
                screen.say(String.valueOf(wrong.getMessage()));
            }
        }
        throw tooManyTries(question.text());
    }

    /** Other answers may still be missing: only what is said of this one counts. */
    private Optional<String> faultOf(Question question, Answers answers, Place place, List<Question> all) {
        if (!answers.has(question.key())) {
            return question.isNeeded() ? Optional.of("an answer is needed") : Optional.empty();
        }
        String key = place.path() + "." + question.key();
        Draft draft = draft(place.making().apply(withSecretOf(question, answers, all)));
        Map<String, SecretText> secrets = new LinkedHashMap<>(draft.typed());
        secrets.put(NOT_ASKED_YET, SecretText.of("not asked yet"));
        return file.faults(new Draft(draft.text(), secrets)).stream()
                .filter(fault -> fault.startsWith(key + ":") || fault.startsWith(key + "["))
                .findFirst();
    }

    /** An account without its password is refused, but that is asked for next. */
    private static Answers withSecretOf(Question question, Answers answers, List<Question> all) {
        Answers whole = answers;
        for (Question each : all) {
            if (each.onlyWith().equals(question.key())
                    && each.nature() == Question.Nature.SECRET
                    && !answers.has(each.key())) {
                whole = whole.with(each.key(), List.of(placeholder(NOT_ASKED_YET)));
            }
        }
        return whole;
    }

    private List<String> answer(Question question, List<String> before, Place place) throws InterruptedException {
        if (question.nature() == Question.Nature.SECRET) {
            return secret(question, before, place);
        }
        String usual = before.isEmpty() ? question.usual() : shown(question, before);
        String said = line(asked(question), usual.isEmpty() && !question.isNeeded() ? NOTHING : usual);
        if (said.isEmpty() || said.equals(NOTHING)) {
            return List.of();
        }
        if (said.equals(usual)) {
            return before.isEmpty() ? meant(question, said, false) : before;
        }
        return meant(question, said, true);
    }

    private static String asked(Question question) {
        return question.text()
                + switch (question.nature()) {
                    case LIST -> ", commas between several";
                    case FLAG -> ", yes or no";
                    case TEXT, SECRET, SECRET_FILE, FILE -> "";
                };
    }

    private static String shown(Question question, List<String> before) {
        return question.nature() == Question.Nature.FLAG
                ? before.get(0).equals("true") ? "yes" : "no"
                : String.join(", ", before);
    }

    private List<String> meant(Question question, String said, boolean isTyped) {
        return switch (question.nature()) {
            case LIST ->
                Stream.of(said.split(",", -1))
                        .map(String::strip)
                        .filter(each -> !each.isEmpty())
                        .toList();
            case FLAG -> List.of(flag(said));
            case SECRET_FILE -> List.of(said.contains("${") ? said : file.placeholderOf(path(said)));
            case FILE -> List.of(isTyped ? file.pathOf(path(said)) : said);
            case TEXT, SECRET -> List.of(said);
        };
    }

    private static String flag(String said) {
        if (List.of("y", "yes", "true").contains(said)) {
            return "true";
        }
        if (List.of("n", "no", "false").contains(said)) {
            return "false";
        }
        throw new IllegalArgumentException("got " + Printable.quote(said) + ", wanted yes or no");
    }

    /** No shell has put the home folder in. */
    private static Path path(String said) {
        try {
            return said.startsWith("~/")
                    ? Path.of(System.getProperty("user.home", ""), said.substring(2))
                    : Path.of(said);
        } catch (InvalidPathException wrong) {
            throw new IllegalArgumentException("got what can be no file name here: " + wrong.getReason(), wrong);
        }
    }

    /** Typed unseen, or where it is kept. */
    private List<String> secret(Question question, List<String> before, Place place) throws InterruptedException {
        String usual = before.isEmpty() ? NOTHING : "as before";
        SecretBytes said = person.askSecret(
                        question.text() + " (not shown; or ${env:NAME}, ${file:PATH}) [" + usual + "]: ")
                .orElseThrow(InitQuestions::noMoreAnswers);
        char[] text = said.toChars();
        said.close();
        try {
            if (text.length == 0) {
                return before;
            }
            return text.length == 1 && text[0] == '-' ? List.of() : List.of(kept(text, question, place));
        } finally {
            Arrays.fill(text, '\0');
        }
    }

    private String kept(char[] text, Question question, Place place) {
        if (text[0] == '$' && OpenSecrets.isPlaceholder(String.valueOf(text))) {
            return String.valueOf(text);
        }
        String wished = place.name() + "-" + question.key().replace('.', '-');
        String name = typed.containsKey("secrets/" + wished) ? "secrets/" + wished : file.freeSecretFile(wished);
        typed.put(name, SecretText.of(CharBuffer.wrap(text)));
        return placeholder(name);
    }

    private static String placeholder(String name) {
        return "${file:" + name + "}";
    }

    /** Without the blanks around it; the usual answer where there is none. */
    private String line(String question, String usual) throws InterruptedException {
        String said = person.ask(question + (usual.isEmpty() ? ": " : " [" + usual + "]: "))
                .orElseThrow(InitQuestions::noMoreAnswers)
                .strip();
        return said.isEmpty() ? usual : said;
    }

    private static WrongUsage noMoreAnswers() {
        return new WrongUsage("init: the answers ended before the last question; nothing was written.");
    }

    private static WrongUsage tooManyTries(String question) {
        return new WrongUsage(
                "init: " + MOST_TRIES + " answers to \"" + question + "\" were no good; nothing was written.");
    }
}
