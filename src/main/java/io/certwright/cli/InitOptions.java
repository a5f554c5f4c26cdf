package io.certwright.cli;

import io.certwright.setup.Answers;
import io.certwright.setup.FirstSettings;
import io.certwright.setup.Kind;
import io.certwright.setup.NewSettings;
import io.certwright.setup.Part;
import io.certwright.setup.Questions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The answers that {@code init} is given with its words. */
final class InitOptions {
    @Option(
            names = "--host",
            paramLabel = "NAME",
            description =
                    "A Windows server to look after, as the settings are to call it; only this machine if not given.")
    private Optional<String> host = Optional.empty();

    @Option(
            names = "--transport",
            paramLabel = "WAY",
            completionCandidates = Ways.class,
            description = "How it is reached: ${COMPLETION-CANDIDATES}.")
    private Optional<String> transport = Optional.empty();

    @Option(names = "--address", paramLabel = "ADDRESS", description = "Where it is reached.")
    private Optional<String> address = Optional.empty();

    @Option(names = "--port", paramLabel = "PORT", description = "The port of SSH, or of a simulated server.")
    private Optional<String> port = Optional.empty();

    @Option(names = "--user", paramLabel = "ACCOUNT", description = "The account there, for SSH.")
    private Optional<String> user = Optional.empty();

    @Option(names = "--key", paramLabel = "FILE", description = "The private key for SSH, as ssh-keygen writes it.")
    private Optional<String> key = Optional.empty();

    @Option(names = "--known-hosts", paramLabel = "FILE", description = "Where the host's own key stands, for SSH.")
    private Optional<String> knownHosts = Optional.empty();

    @Option(
            names = "--host-set",
            paramLabel = "KEY=VALUE",
            description = "Any other key of the host, such as password=$${env:NAME} or mode=manage. Repeatable.")
    private List<String> hostSet = List.of();

    @Option(
            names = "--ca",
            paramLabel = "TYPE",
            completionCandidates = Types.class,
            description = "The type of the CA; with it nobody is asked: ${COMPLETION-CANDIDATES}.")
    private Optional<String> ca = Optional.empty();

    @Option(
            names = "--ca-name",
            paramLabel = "NAME",
            description = "How the settings are to call it; lab for builtin, else its type if not given.")
    private Optional<String> caName = Optional.empty();

    @Option(
            names = "--ca-set",
            paramLabel = "KEY=VALUE",
            description = {
                "A key of the CA as the settings write it, nested ones joined by dots: http-01.listen=0.0.0.0:80. Repeatable; a key"
                        + " given several times is a list.",
                "Of a secret only where it is kept: $${env:NAME} or $${file:PATH}."
            })
    private List<String> caSet = List.of();

    @Option(names = "--smtp", paramLabel = "URL", description = "The mail server: smtp://HOST:587 or smtps://HOST:465.")
    private Optional<String> smtp = Optional.empty();

    @Option(names = "--from", paramLabel = "ADDRESS", description = "The sender's mail address.")
    private Optional<String> from = Optional.empty();

    @Option(names = "--mail-user", paramLabel = "ACCOUNT", description = "The account at the mail server.")
    private Optional<String> mailUser = Optional.empty();

    @Option(
            names = "--mail-set",
            paramLabel = "KEY=VALUE",
            description = "Any other key of the mail server, such as password=$${env:NAME}. Repeatable.")
    private List<String> mailSet = List.of();

    @Option(names = "--to", paramLabel = "ADDRESS", description = "Who is told by mail. Repeatable.")
    private List<String> to = List.of();

    @Option(names = "--client-group", paramLabel = "NAME", description = "The clients that share trust.")
    private Optional<String> clientGroup = Optional.empty();

    @Option(
            names = "--client-set",
            paramLabel = "KEY=VALUE",
            description =
                    "A key of the client group, such as pin=true or update-server=https://wsus.contoso.com:8531. Repeatable.")
    private List<String> clientSet = List.of();

    /** The ways to a host. */
    static final class Ways implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Questions.TRANSPORTS.stream().map(Kind::word).iterator();
        }
    }

    /** The types of CA. */
    static final class Types implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Questions.AUTHORITIES.stream().map(Kind::word).iterator();
        }
    }

    /** Whether they say enough for nobody to be asked. */
    boolean areEnough() {
        return ca.isPresent();
    }

    FirstSettings settings(NewSettings file) {
        requireOwner("--host", host, hostAnswers(file));
        requireOwner(
                "--ca",
                ca,
                added("--ca-set", Answers.NONE.with("name", caName.stream().toList()), caSet));
        requireOwner("--smtp", smtp, mailAnswers().with("to", to));
        requireOwner("--client-group", clientGroup, added("--client-set", Answers.NONE, clientSet));
        return FirstSettings.EMPTY
                .withHost(host.map(name -> new Part(name, hostAnswers(file))))
                .withIssuer(ca.map(this::issuer))
                .withMail(smtp.map(url -> mailAnswers()), to)
                .withClients(clientGroup.map(name -> new Part(name, added("--client-set", Answers.NONE, clientSet))));
    }

    /** The usual name of a CA of a type. */
    static String usualName(String type) {
        return type.equals("builtin") ? "lab" : type;
    }

    private Part issuer(String type) {
        Answers answers = Answers.NONE.with("type", List.of(type));
        return new Part(caName.orElse(usualName(type)), added("--ca-set", answers, caSet));
    }

    private Answers hostAnswers(NewSettings file) {
        Answers answers = Answers.NONE
                .with("transport", transport.or(this::wayToHere).stream().toList())
                .with("address", address.stream().toList())
                .with("port", port.stream().toList())
                .with("user", user.stream().toList())
                .with(
                        "key",
                        key.map(text -> secretFile("--key", text, file)).stream()
                                .toList())
                .with(
                        "known-hosts",
                        knownHosts.map(text -> file.pathOf(path("--known-hosts", text))).stream()
                                .toList());
        return added("--host-set", answers, hostSet);
    }

    private Optional<String> wayToHere() {
        return host.filter("local"::equals);
    }

    private Answers mailAnswers() {
        Answers answers = Answers.NONE
                .with("smtp", smtp.stream().toList())
                .with("from", from.stream().toList())
                .with("user", mailUser.stream().toList());
        return added("--mail-set", answers, mailSet);
    }

    private static String secretFile(String option, String text, NewSettings file) {
        return text.contains("${") ? text : file.placeholderOf(path(option, text));
    }

    private static Path path(String option, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException wrong) {
            throw new WrongUsage(option + ": got what can be no file name here: " + wrong.getReason() + ".");
        }
    }

    private static Answers added(String option, Answers answers, List<String> words) {
        Answers all = answers;
        try {
            for (String word : words) {
                all = all.with(word);
            }
            return all;
        } catch (IllegalArgumentException wrong) {
            throw new WrongUsage(option + ": " + wrong.getMessage() + ".");
        }
    }

    /** What is said about nothing is a slip. */
    private static void requireOwner(String option, Optional<String> owner, Answers answers) {
        if (owner.isEmpty() && !answers.values().isEmpty()) {
            throw new WrongUsage("init: got "
                    + String.join(", ", answers.values().keySet()) + " without " + option + ", wanted that, too.");
        }
    }
}
