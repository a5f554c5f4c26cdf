package io.certwright.setup;

import io.certwright.config.YamlText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings to begin with.
 *
 * @param host a server to look after, none where there is only this machine
 * @param issuer the CA; absent only while people are still asked
 * @param mail the mail server
 * @param to who is told
 * @param clients the clients that share trust
 */
public record FirstSettings(
        Optional<Part> host, Optional<Part> issuer, Optional<Answers> mail, List<String> to, Optional<Part> clients) {
    /** Nothing was said yet. */
    public static final FirstSettings EMPTY =
            new FirstSettings(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());

    private static final String HEAD = """
            # The settings of Certwright, begun by "certwright init". config/certwright.example.yml explains every key there is, and
            # "certwright config check" names every fault. A running service reads this file again when it changes.
            """;

    public FirstSettings {
        to = List.copyOf(to);
    }

    public FirstSettings withHost(Optional<Part> other) {
        return new FirstSettings(other, issuer, mail, to, clients);
    }

    public FirstSettings withIssuer(Optional<Part> other) {
        return new FirstSettings(host, other, mail, to, clients);
    }

    public FirstSettings withMail(Optional<Answers> other, List<String> recipients) {
        return new FirstSettings(host, issuer, other, recipients, clients);
    }

    public FirstSettings withClients(Optional<Part> other) {
        return new FirstSettings(host, issuer, mail, to, other);
    }

    /**
     * As a settings file has them.
     *
     * @throws IllegalArgumentException where two answers exclude each other
     */
    public String text() {
        StringBuilder text = new StringBuilder(HEAD);
        section(text, "Where certificates come from.", "issuers", named(issuer, Map.of()));
        host.ifPresent(some -> section(
                text,
                "Servers that are looked after. In mode report nothing is changed there; mode: manage lets Certwright bind.",
                "hosts",
                named(host, Map.of("mode", "report"))));
        clients.ifPresent(some -> section(
                text,
                "Clients that share trust: they get what they need before a server changes.",
                "client-groups",
                named(clients, Map.of("publish-to", "./data/trust/" + some.name()))));
        section(
                text,
                "The promise: at any time a good certificate for these names, bound there. \"certwright adopt HOST\" adds one.",
                "certificates",
                Map.of());
        if (mail.isPresent() || !to.isEmpty()) {
            section(text, "Who is told, and how.", "alerts", alerts());
        } else {
            text.append("\n# Nobody is told while there is no alerts: section, with mail: { smtp, from } and to:.\n");
        }
        return text.toString();
    }

    private Map<String, Object> alerts() {
        Map<String, Object> alerts = new LinkedHashMap<>();
        mail.ifPresent(answers -> alerts.put("mail", answers.tree()));
        if (!to.isEmpty()) {
            alerts.put("to", to);
        }
        return alerts;
    }

    private static Map<String, Object> named(Optional<Part> part, Map<String, Object> usual) {
        Map<String, Object> section = new LinkedHashMap<>();
        part.ifPresent(some -> {
            Map<String, Object> entry = new LinkedHashMap<>(usual);
            entry.putAll(some.answers().tree());
            section.put(some.name(), entry);
        });
        return section;
    }

    private static void section(StringBuilder text, String comment, String name, Map<String, Object> content) {
        Map<String, Object> section = new LinkedHashMap<>();
        section.put(name, content);
        text.append("\n# ").append(comment).append('\n').append(YamlText.of(section));
    }
}
