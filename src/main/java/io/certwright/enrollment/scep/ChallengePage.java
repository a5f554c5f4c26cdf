package io.certwright.enrollment.scep;

import io.certwright.certificate.Printable;
import io.certwright.config.SecretText;
import io.certwright.http.Markup;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What NDES shows to those who may enrol: the CA's thumbprint in groups, and a password for one request in one piece, each alone
 * between two tags. Read by that, for the words around them are those of the server's language.
 */
final class ChallengePage {
    private static final Pattern BETWEEN_TAGS = Pattern.compile(">([^<>]{8,200})<");
    private static final Pattern PASSWORD = Pattern.compile("(?:[0-9A-Fa-f]{2}){4,64}");
    private static final Pattern PASSWORD_WITHIN = Pattern.compile("[0-9A-Fa-f]{8}");
    private static final Pattern FULL = Pattern.compile("(?i)password cache is full");
    private static final List<Integer> LENGTHS_OF_HASHES = List.of(32, 40, 64);
    private static final int LONGEST_WORDS = 200;

    private final String text;

    private ChallengePage(String text) {
        this.text = text;
    }

    /** NDES sends UTF-16 without a word about it. */
    static ChallengePage of(byte[] body) {
        return new ChallengePage(new String(body, charsetOf(body)));
    }

    private static Charset charsetOf(byte[] body) {
        if (body.length < 2) {
            return StandardCharsets.UTF_8;
        }
        boolean marked = (body[0] & 0xFF) == 0xFF && (body[1] & 0xFF) == 0xFE;
        return marked || (body[0] != 0 && body[1] == 0) ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
    }

    /** Empty where there is none, or where one cannot tell which of several it is. */
    Optional<SecretText> password() {
        List<String> candidates = BETWEEN_TAGS
                .matcher(text)
                .results()
                .map(found -> found.group(1).strip())
                .filter(word -> PASSWORD.matcher(word).matches())
                .distinct()
                .toList();
        if (candidates.size() > 1) {
            candidates = candidates.stream()
                    .filter(word -> !LENGTHS_OF_HASHES.contains(word.length()))
                    .toList();
        }
        return candidates.size() == 1 ? Optional.of(SecretText.of(candidates.get(0))) : Optional.empty();
    }

    /** All passwords that it keeps at a time are given away, and none was used or has expired yet. */
    boolean saysThatItHasNone() {
        return FULL.matcher(words()).find();
    }

    /** For people; whatever has a digit in it, or as many hexadecimal letters as a password, could be a secret. */
    String wordsForPeople() {
        String masked = Arrays.stream(words().split(" ", -1))
                .map(word -> couldBeSecret(word) ? "…" : word)
                .collect(Collectors.joining(" "));
        return Printable.escape(masked, LONGEST_WORDS);
    }

    private static boolean couldBeSecret(String word) {
        return word.chars().anyMatch(Character::isDigit)
                || PASSWORD_WITHIN.matcher(word).find();
    }

    private String words() {
        return Markup.removedFrom(text).replaceAll("\\s+", " ").strip();
    }

    /** Never shows the password. */
    @Override
    public String toString() {
        return "challenge page of " + text.length() + " characters";
    }
}
