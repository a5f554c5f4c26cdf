package io.certwright.cli;

import io.certwright.setup.Answers;
import io.certwright.setup.FirstSettings;
import io.certwright.setup.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The words by which {@code init} writes the same settings without asking. */
final class InitWords {
    private static final Map<String, String> OF_HOST =
            Map.of("transport", "--transport", "address", "--address", "port", "--port", "user", "--user");
    private static final Map<String, String> OF_MAIL =
            Map.of("smtp", "--smtp", "from", "--from", "user", "--mail-user");

    private final List<String> words = new ArrayList<>();

    private InitWords() {}

    static List<String> of(Path config, FirstSettings settings, boolean untested) {
        InitWords all = new InitWords();
        all.words.add("certwright");
        if (!isStandard(config)) {
            all.add("--config", config.toString());
        }
        all.words.add("init");
        settings.host().ifPresent(host -> {
            all.add("--host", host.name());
            all.answers(host.answers(), OF_HOST, "--host-set");
        });
        settings.issuer().ifPresent(all::issuer);
        settings.mail().ifPresent(mail -> all.answers(mail, OF_MAIL, "--mail-set"));
        settings.to().forEach(to -> all.add("--to", to));
        settings.clients().ifPresent(clients -> {
            all.add("--client-group", clients.name());
            all.answers(clients.answers(), Map.of(), "--client-set");
        });
        if (untested) {
            all.words.add("--untested");
        }
        return all.words;
    }

    /** What every command for these settings begins with. */
    static String start(Path config) {
        return isStandard(config) ? "certwright" : "certwright --config " + config;
    }

    private static boolean isStandard(Path config) {
        return config.equals(Path.of(RootCommand.STANDARD_SETTINGS));
    }

    private void issuer(Part issuer) {
        answers(issuer.answers(), Map.of("type", "--ca"), "--ca-set");
        String type = issuer.answers().get("type").stream().findFirst().orElse("");
        if (!issuer.name().equals(InitOptions.usualName(type))) {
            add("--ca-name", issuer.name());
        }
    }

    private void answers(Answers answers, Map<String, String> options, String otherwise) {
        answers.values().forEach((key, texts) -> {
            Optional<String> option = Optional.ofNullable(options.get(key)).filter(known -> texts.size() == 1);
            texts.forEach(text -> add(option.orElse(otherwise), option.isPresent() ? text : key + "=" + text));
        });
    }

    /** A value that looks like an option must not be taken for one. */
    private void add(String option, String value) {
        if (value.startsWith("-")) {
            words.add(option + "=" + value);
        } else {
            words.addAll(List.of(option, value));
        }
    }
}
