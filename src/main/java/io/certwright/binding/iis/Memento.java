package io.certwright.binding.iis;

import io.certwright.certificate.Thumbprint;
import io.certwright.iis.Binding;
import io.certwright.iis.BindingInformation;
import io.certwright.iis.HttpSysEntry;
import io.certwright.iis.IisFacts;
import io.certwright.iis.Site;
import io.certwright.iis.SslFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The https bindings of a site on a port as they are now: where, flags, what is served out of which store. As text one line each, with
 * tabs, which no part of a binding can hold.
 */
record Memento(List<Remembered> bindings) {
    private static final String NOTHING = "-";
    private static final Pattern TAB = Pattern.compile("\t");

    /** @param certificate what http.sys serves there; what IIS says where http.sys has no entry; empty for none */
    record Remembered(BindingInformation at, SslFlags flags, Optional<Thumbprint> certificate, String store) {
        Remembered {
            boolean personal = certificate.isEmpty() || store.equalsIgnoreCase(Binding.PERSONAL_STORE);
            store = personal ? Binding.PERSONAL_STORE : store;
        }
    }

    Memento {
        bindings = bindings.stream()
                .sorted((one, other) -> one.at().compareTo(other.at()))
                .toList();
    }

    static Memento of(IisFacts facts, Site site, int port) {
        List<Remembered> bindings = new ArrayList<>();
        for (Binding binding : site.httpsBindingsOn(port)) {
            Optional<HttpSysEntry> entry = facts.table().find(binding.key());
            bindings.add(new Remembered(
                    binding.at(),
                    binding.flags(),
                    entry.isPresent() ? entry.get().certificate() : binding.certificate(),
                    entry.map(HttpSysEntry::store).orElse(binding.store())));
        }
        return new Memento(bindings);
    }

    static Memento parse(String text) {
        List<Remembered> bindings = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] parts = TAB.split(line, -1);
            if (parts.length != 4) {
                throw new IllegalArgumentException("snapshot of IIS bindings: got a line of " + parts.length
                        + " parts, wanted binding, flags, certificate and store");
            }
            bindings.add(new Remembered(
                    BindingInformation.parse(parts[0]),
                    new SslFlags(Integer.parseInt(parts[1])),
                    parts[2].equals(NOTHING) ? Optional.empty() : Optional.of(Thumbprint.parse(parts[2])),
                    parts[3]));
        }
        return new Memento(bindings);
    }

    Optional<Remembered> find(BindingInformation at) {
        return bindings.stream().filter(each -> each.at().equals(at)).findFirst();
    }

    /** What is served on the first binding that serves anything. */
    Optional<Thumbprint> first() {
        return bindings.stream().flatMap(each -> each.certificate().stream()).findFirst();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (Remembered each : bindings) {
            text.append(each.at())
                    .append('\t')
                    .append(each.flags())
                    .append('\t')
                    .append(each.certificate().map(Thumbprint::hex).orElse(NOTHING))
                    .append('\t')
                    .append(each.store())
                    .append('\n');
        }
        return text.toString();
    }

    /** The places where this certificate is served, or all of them where none is named. */
    List<Remembered> serving(Optional<Thumbprint> certificate) {
        return bindings.stream()
                .filter(each -> certificate.isEmpty() || each.certificate().equals(certificate))
                .toList();
    }
}
