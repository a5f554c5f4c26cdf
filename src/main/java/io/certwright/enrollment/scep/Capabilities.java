package io.certwright.enrollment.scep;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a server says that it can (RFC 8894, 3.5.2). What it does not say it cannot, and an answer that is none means nothing at all.
 *
 * @param words in lower case
 */
record Capabilities(Set<String> words) {
    private static final int MOST = 50;

    static Capabilities parse(String text) {
        return new Capabilities(text.lines()
                .limit(MOST)
                .map(line -> line.strip().toLowerCase(Locale.ROOT))
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toUnmodifiableSet()));
    }

    boolean takesPost() {
        return has("postpkioperation");
    }

    boolean takesAes() {
        return has("aes");
    }

    /** Not part of {@code SCEPStandard}. */
    boolean takesRenewals() {
        return words.contains("renewal");
    }

    boolean takesSha256() {
        return has("sha-256");
    }

    /** {@code SCEPStandard} stands for those that every server of today has. */
    private boolean has(String word) {
        return words.contains(word) || words.contains("scepstandard");
    }
}
