package io.certwright.iis;

import io.certwright.certificate.Printable;
import io.certwright.certificate.Thumbprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of {@code netsh http show sslcert}. Its labels are in the language of the server, so none is read: an entry is a block of
 * lines, a value is what stands after the first colon between spaces, and the values are told apart by their place and shape.
 */
final class NetshText {
    /** Some languages set the colon in full width. */
    private static final Pattern LINE =
            Pattern.compile("^(.*?\\S)\\s*[\\s\\u00a0][:\\uff1a][\\s\\u00a0]+(\\S.*?)\\s*$");

    private static final Pattern HASH = Pattern.compile("[0-9A-Fa-f]{40}");
    private static final Pattern APPLICATION =
            Pattern.compile("\\{[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}\\}");

    private NetshText() {}

    static List<HttpSysEntry> read(String printed) {
        List<HttpSysEntry> entries = new ArrayList<>();
        List<String> block = new ArrayList<>();
        for (String line : printed.lines().toList()) {
            if (line.isBlank()) {
                take(block, entries);
            } else {
                block.add(line);
            }
        }
        take(block, entries);
        return entries;
    }

    private static void take(List<String> block, List<HttpSysEntry> entries) {
        List<String> values = new ArrayList<>();
        for (String line : block) {
            Matcher parts = LINE.matcher(line);
            if (parts.matches()) {
                values.add(parts.group(2));
            }
        }
        block.clear();
        if (!values.isEmpty()) {
            entry(values).ifPresent(entries::add);
        }
    }

    /** A block without a GUID is a heading or a remark: every entry has one. */
    private static Optional<HttpSysEntry> entry(List<String> values) {
        int application = indexOf(APPLICATION, values);
        if (application < 0) {
            requireNoHash(values);
            return Optional.empty();
        }
        int hash = indexOf(HASH, values.subList(0, application));
        HttpSysKey key = HttpSysKey.find(values.get(0), hash >= 0)
                .orElseThrow(() -> new IllegalArgumentException("http.sys table: got an entry for "
                        + Printable.quote(values.get(0)) + ", wanted address:port, name:port or a port"));
        int store = application + 1;
        return Optional.of(new HttpSysEntry(
                key,
                hash < 0 ? Optional.empty() : Optional.of(Thumbprint.parse(values.get(hash))),
                values.get(application),
                store < values.size() ? values.get(store) : "",
                store < values.size() ? values.subList(store + 1, values.size()) : List.of()));
    }

    private static int indexOf(Pattern shape, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            if (shape.matcher(values.get(i)).matches()) {
                return i;
            }
        }
        return -1;
    }

    private static void requireNoHash(List<String> values) {
        if (indexOf(HASH, values) >= 0) {
            throw new IllegalArgumentException("http.sys table: got an entry for " + Printable.quote(values.get(0))
                    + " without an application ID, wanted a block of key, hash, application ID and store");
        }
    }
}
