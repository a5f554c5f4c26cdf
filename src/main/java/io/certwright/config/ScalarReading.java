package io.certwright.config;

import io.certwright.certificate.Printable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Single values as types. Numbers and flags are those of YAML 1.2's core schema and stand without quotes: {@code yes} is a text,
 * {@code 0x10} is 16. What does not fit becomes a fault at the value and an empty answer.
 */
final class ScalarReading {
    private static final Pattern DECIMAL = Pattern.compile("[-+]?[0-9]+");

    private final Faults faults;
    private final Placeholders placeholders;
    private final Path root;

    ScalarReading(Faults faults, Placeholders placeholders, Path root) {
        this.faults = faults;
        this.placeholders = placeholders;
        this.root = root;
    }

    Faults faults() {
        return faults;
    }

    Path root() {
        return root;
    }

    /** An unquoted number is taken as it is written, an unquoted flag is refused. */
    Optional<String> text(KeyPath what, Node.Scalar scalar) {
        if (scalar.isFlag()) {
            return fault(
                    what, scalar, "got the flag " + scalar.text() + ", wanted a text; put it in quotes if it is one");
        }
        return guarded(what, scalar, () -> placeholders.fillText(scalar.text()));
    }

    <T> Optional<T> value(KeyPath what, Node.Scalar scalar, Function<String, T> parse) {
        return text(what, scalar).flatMap(text -> guarded(what, scalar, () -> parse.apply(text)));
    }

    Optional<Integer> integer(KeyPath what, Node.Scalar scalar, int min, int max) {
        if (!scalar.plain() && !Placeholders.isIn(scalar.text())) {
            return fault(
                    what,
                    scalar,
                    "got the text " + Printable.quote(scalar.text()) + ", " + wanted(min, max) + " without quotes");
        }
        return value(what, scalar, text -> {
            Optional<Long> number = number(text);
            if (number.isEmpty() || number.get() < min || number.get() > max) {
                throw new IllegalArgumentException("got " + Printable.quote(text) + ", " + wanted(min, max));
            }
            return number.get().intValue();
        });
    }

    private static String wanted(int min, int max) {
        return "wanted a whole number from " + min + " to " + max;
    }

    private static Optional<Long> number(String text) {
        try {
            if (text.startsWith("0x") || text.startsWith("0o")) {
                return Optional.of(Long.parseUnsignedLong(text.substring(2), text.startsWith("0x") ? 16 : 8))
                        .filter(number -> number >= 0);
            }
            return DECIMAL.matcher(text).matches() ? Optional.of(Long.parseLong(text)) : Optional.empty();
        } catch (NumberFormatException notOne) {
            return Optional.empty();
        }
    }

    Optional<Boolean> flag(KeyPath what, Node.Scalar scalar) {
        if (scalar.isFlag()) {
            return Optional.of(scalar.text().equalsIgnoreCase("true"));
        }
        String hint = !scalar.plain() && !Placeholders.isIn(scalar.text()) ? " without quotes" : "";
        return value(what, scalar, text -> {
            if (hint.isEmpty() && (text.equals("true") || text.equals("false"))) {
                return text.equals("true");
            }
            throw new IllegalArgumentException("got " + Printable.quote(text) + ", wanted true or false" + hint);
        });
    }

    /** Constants are written in lower case with hyphens: {@code SINGLE_LABEL} is {@code single-label}. */
    <E extends Enum<E>> Optional<E> choice(KeyPath what, Node.Scalar scalar, Class<E> type) {
        return value(what, scalar, text -> Words.constant(type, text));
    }

    Optional<SecretText> secret(KeyPath what, Node.Scalar scalar) {
        return guarded(what, scalar, () -> SecretText.of(placeholders.fillSecret(scalar.text())));
    }

    Optional<Path> path(KeyPath what, Node.Scalar scalar) {
        return value(what, scalar, text -> {
            if (text.isBlank() || text.equals("~") || text.startsWith("~/") || text.startsWith("~\\")) {
                throw new IllegalArgumentException("got " + Printable.quote(text)
                        + ", wanted a path from the root or from " + root + "; the shell's ~ means nothing here");
            }
            try {
                return root.resolve(text).normalize();
            } catch (InvalidPathException invalid) {
                throw new IllegalArgumentException(
                        "got " + Printable.quote(text) + ", wanted a path: "
                                + invalid.getReason().toLowerCase(Locale.ROOT),
                        invalid);
            }
        });
    }

    private <T> Optional<T> guarded(KeyPath what, Node.Scalar scalar, java.util.function.Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (IllegalArgumentException | DateTimeException wrong) {
            return fault(what, scalar, Words.sentenceOf(wrong));
        }
    }

    private <T> Optional<T> fault(KeyPath what, Node.Scalar scalar, String sentence) {
        faults.add(scalar.start(), what + ": " + sentence);
        return Optional.empty();
    }
}
