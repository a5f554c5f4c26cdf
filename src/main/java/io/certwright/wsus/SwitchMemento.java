package io.certwright.wsus;

import io.certwright.windows.AccessCall.ClearSslFlags;
import io.certwright.windows.AccessCall.SetSslFlags;
import io.certwright.windows.AccessCall.SslFlagsAt;
import io.certwright.windows.WindowsCall;
import io.certwright.windows.WsusCall.RemoveWsusSetupValue;
import io.certwright.windows.WsusCall.SetWsusSetupValue;
import io.certwright.windows.WsusCall.SetupValue;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the switch to TLS changes, as it was before: whether each of the five directories required it, by location, and what WSUS recorded
 * of its name. As text one line each, every part percent-encoded.
 */
record SwitchMemento(Map<String, SslFlagsAt> flags, List<SetupValue> values) {
    /** What configuressl is known to write. */
    static final List<String> RECORDED = List.of("UsingSSL", "ServerCertificateName", "PortNumber", "HostHeader");

    private static final Pattern SPACE = Pattern.compile(" ");

    SwitchMemento {
        flags = new LinkedHashMap<>(flags);
        values = List.copyOf(values);
    }

    static SwitchMemento of(WsusState state) {
        Map<String, SslFlagsAt> flags = new LinkedHashMap<>();
        for (String directory : VirtualDirectories.WITH_TLS) {
            state.flagsOf(directory).ifPresent(each -> flags.put(state.location(directory), each));
        }
        List<SetupValue> values = state.setup().values().stream()
                .filter(value -> RECORDED.stream().anyMatch(value.name()::equalsIgnoreCase))
                .toList();
        return new SwitchMemento(flags, values);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        flags.forEach((location, at) -> line(text, "flags", location, at.value(), String.valueOf(at.inherited())));
        values.forEach(value -> line(text, "value", value.name(), value.kind(), value.text()));
        return text.toString();
    }

    private static void line(StringBuilder text, String... parts) {
        for (int i = 0; i < parts.length; i++) {
            text.append(i == 0 ? "" : " ").append(URLEncoder.encode(parts[i], StandardCharsets.UTF_8));
        }
        text.append('\n');
    }

    static SwitchMemento parse(String text) {
        Map<String, SslFlagsAt> flags = new LinkedHashMap<>();
        List<SetupValue> values = new ArrayList<>();
        for (String line : text.lines().toList()) {
            List<String> parts = SPACE.splitAsStream(line + " .")
                    .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
                    .toList();
            if (parts.size() != 5) {
                throw new IllegalArgumentException(
                        "snapshot of a WSUS server: got a line of " + (parts.size() - 1) + " parts, wanted 4");
            }
            if (parts.get(0).equals("flags")) {
                flags.put(parts.get(1), new SslFlagsAt(parts.get(2), Boolean.parseBoolean(parts.get(3))));
            } else {
                values.add(new SetupValue(parts.get(1), parts.get(2), parts.get(3)));
            }
        }
        return new SwitchMemento(flags, values);
    }

    /** The calls that lead from {@code now} back to this. */
    List<WindowsCall<?>> backFrom(SwitchMemento now) {
        List<WindowsCall<?>> calls = new ArrayList<>();
        flags.forEach((location, wanted) -> {
            SslFlagsAt present = now.flags().get(location);
            if (present != null && !present.equals(wanted)) {
                calls.add(wanted.inherited() ? new ClearSslFlags(location) : new SetSslFlags(location, wanted.value()));
            }
        });
        for (SetupValue wanted : values) {
            if (now.find(wanted.name())
                    .filter(present -> present.text().equals(wanted.text()))
                    .isEmpty()) {
                calls.add(new SetWsusSetupValue(wanted.name(), wanted.kind(), wanted.text()));
            }
        }
        for (SetupValue present : now.values()) {
            if (find(present.name()).isEmpty()) {
                calls.add(new RemoveWsusSetupValue(present.name()));
            }
        }
        return calls;
    }

    private Optional<SetupValue> find(String name) {
        return values.stream()
                .filter(value -> value.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** Whether the two say the same, whatever the case of names. */
    boolean isSameAs(SwitchMemento other) {
        return backFrom(other).isEmpty() && other.backFrom(this).isEmpty();
    }

    /** For people. */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        flags.forEach((location, at) ->
                sentences.add(location + ": sslFlags " + at.value() + (at.inherited() ? ", inherited" : "")));
        values.forEach(value ->
                sentences.add(value.name() + " (" + value.kind().toLowerCase(Locale.ROOT) + "): " + value.text()));
        return sentences;
    }
}
