package io.certwright.iis;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole table of certificates in http.sys, in its own order. */
public final class HttpSysTable {
    private final List<HttpSysEntry> entries;
    private final Map<HttpSysKey, HttpSysEntry> byKey = new HashMap<>();

    public HttpSysTable(Collection<HttpSysEntry> entries) {
        this.entries = List.copyOf(entries);
        this.entries.forEach(entry -> byKey.put(entry.key(), entry));
    }

    /**
     * Reads what {@code netsh http show sslcert} printed, as text in any language or as JSON.
     *
     * @throws IllegalArgumentException with a sentence, where it is neither
     */
    public static HttpSysTable parse(String printed) {
        return new HttpSysTable(
                printed.stripLeading().startsWith("{") ? NetshJson.read(printed) : NetshText.read(printed));
    }

    public List<HttpSysEntry> entries() {
        return entries;
    }

    public Optional<HttpSysEntry> find(HttpSysKey key) {
        return Optional.ofNullable(byKey.get(key));
    }

    @Override
    public String toString() {
        return "http.sys table of " + entries.size() + " entries";
    }
}
