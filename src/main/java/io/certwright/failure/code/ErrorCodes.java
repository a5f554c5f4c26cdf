package io.certwright.failure.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of error codes that came along, and the forms in which people meet them. */
public final class ErrorCodes {
    private static final String TABLE = "codes.txt";
    private static final Pattern HEAD = Pattern.compile("(0x[0-9A-F]{8}|[0-9]{3}\\.[0-9]+) ([A-Z0-9_]+)(?: ([0-9]+))?");
    private static final Pattern HEX = Pattern.compile("0[xX]([0-9A-Fa-f]{1,8})|([0-9A-Fa-f]{8})");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,10}");

    /** An HRESULT that only wraps a code of Win32 or WinHTTP begins so. */
    private static final int WIN32 = 0x80070000;

    private final List<ErrorCode> all;

    private ErrorCodes(List<ErrorCode> all) {
        this.all = List.copyOf(all);
    }

    public static ErrorCodes standard() {
        try (InputStream table = ErrorCodes.class.getResourceAsStream(TABLE)) {
            if (table == null) {
                throw new IllegalStateException("this build lacks its table of error codes, " + TABLE);
            }
            return parse(new String(table.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static ErrorCodes parse(String table) {
        List<ErrorCode> codes = new ArrayList<>();
        List<String> lines = table.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        for (int i = 0; i < lines.size(); i += 4) {
            Matcher head = HEAD.matcher(lines.get(i));
            if (!head.matches() || i + 3 >= lines.size()) {
                throw new IllegalArgumentException("table of error codes: got \"" + lines.get(i)
                        + "\", wanted a code and its name, then means, cause and fix");
            }
            String number = head.group(3);
            codes.add(new ErrorCode(
                    head.group(1),
                    head.group(2),
                    number == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(number)),
                    said(lines.get(i + 1), "means: "),
                    said(lines.get(i + 2), "cause: "),
                    said(lines.get(i + 3), "fix: ")));
        }
        return new ErrorCodes(codes);
    }

    private static String said(String line, String label) {
        if (!line.startsWith(label)) {
            throw new IllegalArgumentException("table of error codes: got \"" + line + "\", wanted \"" + label + "…\"");
        }
        return line.substring(label.length());
    }

    public List<ErrorCode> all() {
        return all;
    }

    /**
     * The code that {@code asked} stands for: {@code 0x80072F8F} in any case and with or without the {@code 0x}, the same as a signed or
     * an unsigned decimal, the number of WinHTTP or Win32 in it, its name, or the status of IIS.
     */
    public Optional<ErrorCode> find(String asked) {
        String text = asked.strip();
        Optional<ErrorCode> named =
                all.stream().filter(code -> code.isCalled(text)).findFirst();
        if (named.isPresent()) {
            return named;
        }
        Optional<ErrorCode> decimal =
                DECIMAL.matcher(text).matches() ? findNumber(Long.parseLong(text)) : Optional.empty();
        Matcher hex = HEX.matcher(text);
        if (decimal.isPresent() || !hex.matches()) {
            return decimal;
        }
        String digits = hex.group(1) == null ? hex.group(2) : hex.group(1);
        return findNumber(Long.parseLong(digits, 16));
    }

    private Optional<ErrorCode> findNumber(long number) {
        boolean fits = number >= Integer.MIN_VALUE && number <= 0xFFFFFFFFL;
        if (!fits) {
            return Optional.empty();
        }
        int value = (int) number;
        int wrapped = number > 0 && number <= 0xFFFF ? WIN32 | value : value;
        return all.stream()
                .filter(code -> code.is(value)
                        || code.is(wrapped)
                        || (code.shortCode().isPresent() && code.shortCode().getAsInt() == value))
                .findFirst();
    }

    /** Whether {@code asked} has the form of a number at all, known or not. */
    public static boolean isNumber(String asked) {
        return DECIMAL.matcher(asked.strip()).matches()
                || HEX.matcher(asked.strip()).matches();
    }
}
