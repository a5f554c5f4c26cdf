package io.certwright.config;

import io.certwright.certificate.Printable;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The words of the settings: keys and choices, and which of them was meant. */
public final class Words {
    private static final int LONGEST_GUESSED = 60;

    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException a sentence with the words there are */
    static <E extends Enum<E>> E constant(Class<E> type, String text) {
        E[] constants = type.getEnumConstants();
        for (E constant : constants) {
            if (constant.name().length() == text.length() && of(constant).equals(text)) {
                return constant;
            }
        }
        List<String> words = Stream.of(constants).map(Words::of).toList();
        throw new IllegalArgumentException("got " + Printable.quote(text) + wanted(text, words));
    }

    /** {@code , wanted "a"} where one is close, else {@code , wanted one of a, b, c}. */
    static String wanted(String got, Collection<String> words) {
        return closest(got, words)
                .map(close -> ", did you mean " + Printable.quote(close) + "?")
                .orElse(
                        words.isEmpty()
                                ? ", but there is none to choose from"
                                : ", wanted one of " + String.join(", ", words));
    }

    /** The word that fewest typing slips turn into {@code got}, if they are at most a third of its letters. */
    public static Optional<String> closest(String got, Collection<String> words) {
        if (got.length() > LONGEST_GUESSED) {
            return Optional.empty();
        }
        String lowered = got.toLowerCase(Locale.ROOT).replace('_', '-');
        return words.stream()
                .filter(word -> slips(lowered, word) <= Math.max(1, word.length() / 3))
                .min(Comparator.comparingInt(word -> slips(lowered, word)));
    }

    /** Letters to add, drop, change or swap with their neighbour (optimal string alignment distance). */
    static int slips(String from, String to) {
        int[][] least = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                least[i][j] = i == 0 || j == 0 ? i + j : oneMore(least, from, to, i, j);
            }
        }
        return least[from.length()][to.length()];
    }

    private static int oneMore(int[][] least, String from, String to, int i, int j) {
        int changed = least[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int fewest = Math.min(changed, Math.min(least[i - 1][j], least[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(fewest, least[i - 2][j - 2] + 1) : fewest;
    }

    static String sentenceOf(RuntimeException wrong) {
        return Stream.ofNullable(wrong.getMessage())
                .filter(message -> !message.isBlank())
                .findFirst()
                .orElse("got a value that cannot be used here");
    }
}
