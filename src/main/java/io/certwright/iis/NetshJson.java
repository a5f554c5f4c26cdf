package io.certwright.iis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.certwright.certificate.Printable;
import io.certwright.certificate.Thumbprint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The answer of {@code netsh http show sslcert json=enable}. Its exact names differ between sources, so every object with an application
 * GUID in it is an entry, its key is the first value that has the shape of one, and a name is only trusted to contain a word.
 */
final class NetshJson {
    private static final JsonFactory JSON = new JsonFactory();

    private NetshJson() {}

    static List<HttpSysEntry> read(String printed) {
        List<HttpSysEntry> entries = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(printed)) {
            parser.nextToken();
            object(parser, entries);
        } catch (IOException broken) {
            throw new IllegalArgumentException(
                    "http.sys table: got JSON that ends or breaks at " + Printable.quote(tail(printed))
                            + ", wanted the whole answer of netsh",
                    broken);
        }
        return entries;
    }

    private static String tail(String printed) {
        return printed.substring(Math.max(0, printed.length() - 40));
    }

    private static void object(JsonParser parser, List<HttpSysEntry> entries) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (name == null) {
                throw new IOException("no name of a field");
            }
            value(parser, name.toLowerCase(Locale.ROOT), parser.nextToken(), values, entries);
        }
        entry(values).ifPresent(entries::add);
    }

    private static void value(
            JsonParser parser, String name, JsonToken token, Map<String, String> values, List<HttpSysEntry> entries)
            throws IOException {
        if (token == JsonToken.START_OBJECT) {
            object(parser, entries);
        } else if (token == JsonToken.START_ARRAY) {
            array(parser, name, values, entries);
        } else if (token == null) {
            throw new IOException("no value of " + name);
        } else {
            values.put(name, token == JsonToken.VALUE_NULL ? "" : parser.getText());
        }
    }

    /** An array of objects is a list of entries; one of numbers is a hash. */
    private static void array(JsonParser parser, String name, Map<String, String> values, List<HttpSysEntry> entries)
            throws IOException {
        StringBuilder octets = new StringBuilder();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == JsonToken.VALUE_NUMBER_INT) {
                octets.append(HexFormat.of().toHexDigits((byte) parser.getIntValue()));
            } else {
                value(parser, name, token, values, entries);
            }
        }
        if (octets.length() > 0) {
            values.put(name, octets.toString());
        }
    }

    private static Optional<HttpSysEntry> entry(Map<String, String> values) {
        Optional<String> application = values.values().stream()
                .filter(value -> value.length() >= 36 && braced(value).length() == 38 && isGuid(braced(value)))
                .findFirst();
        if (application.isEmpty()) {
            return Optional.empty();
        }
        Optional<Thumbprint> hash = hash(values);
        HttpSysKey key = values.entrySet().stream()
                .filter(each -> each.getKey().contains("port") || each.getKey().contains("name"))
                .flatMap(each -> HttpSysKey.find(each.getValue(), hash.isPresent()).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("http.sys table: got an entry with the fields "
                        + Printable.quote(values.keySet().toString()) + ", wanted one of them to be address:port"));
        String store = values.entrySet().stream()
                .filter(each ->
                        each.getKey().contains("store") && !each.getKey().contains("ctl"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
        return Optional.of(new HttpSysEntry(key, hash, braced(application.get()), store, List.of()));
    }

    private static String braced(String guid) {
        return guid.startsWith("{") ? guid : '{' + guid + '}';
    }

    private static boolean isGuid(String braced) {
        return braced.chars().filter(c -> c == '-').count() == 4
                && braced.substring(1, 37).replace("-", "").length() == 32
                && braced.substring(1, 37).chars().allMatch(c -> c == '-' || Character.digit(c, 16) >= 0);
    }

    private static Optional<Thumbprint> hash(Map<String, String> values) {
        return values.entrySet().stream()
                .filter(each -> each.getKey().contains("hash"))
                .map(each -> each.getValue().replace(" ", "").replace("-", ""))
                .filter(value -> value.length() == 40 && value.chars().allMatch(c -> Character.digit(c, 16) >= 0))
                .map(Thumbprint::parse)
                .findFirst();
    }
}
