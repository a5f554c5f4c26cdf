package io.certwright.wsus.logs;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The two forms in which ConfigMgr writes logs: the one of the site server, {@code message  $$<COMPONENT><11-22-2026 10:15:30.123-60><thread=…>},
 * and the one of clients, {@code <![LOG[message]LOG]!><time="10:15:30.123-60" date="11-22-2026" …>}, whose message may have line breaks.
 * The number after the time is the bias: minutes that bring the local time to UTC. Other lines are passed over.
 */
final class LogText {
    private static final String SERVER_MARK = "$$<";
    private static final String CLIENT_BEGIN = "<![LOG[";
    private static final String CLIENT_END = "]LOG]!>";
    private static final int LONGEST_STAMP = 200;

    private static final String DATE = "(?<month>\\d{1,2})-(?<day>\\d{1,2})-(?<year>\\d{4})";
    private static final String TIME =
            "(?<hour>\\d{1,2}):(?<minute>\\d{2}):(?<second>\\d{2})(?:\\.\\d{1,9})?(?<bias>[+-]\\d{1,4})?";
    private static final Pattern SERVER_STAMP = Pattern.compile("[^>]{0,100}><" + DATE + " " + TIME + ">");
    private static final Pattern CLIENT_STAMP = Pattern.compile("<time=\"" + TIME + "\" +date=\"" + DATE + "\"");

    private LogText() {}

    /** The messages in the order of the file. */
    static List<LogLine> read(byte[] content) {
        String text = decode(content);
        return text.contains(CLIENT_BEGIN) ? clientLines(text) : serverLines(text);
    }

    private static List<LogLine> serverLines(String text) {
        List<LogLine> read = new ArrayList<>();
        text.lines().forEach(line -> {
            int mark = line.lastIndexOf(SERVER_MARK);
            if (mark >= 0) {
                line(line.substring(0, mark), SERVER_STAMP, line, mark + SERVER_MARK.length())
                        .ifPresent(read::add);
            }
        });
        return read;
    }

    private static List<LogLine> clientLines(String text) {
        List<LogLine> read = new ArrayList<>();
        int begin = text.indexOf(CLIENT_BEGIN);
        int end = begin < 0 ? -1 : text.indexOf(CLIENT_END, begin);
        while (end >= 0) {
            String message = text.substring(begin + CLIENT_BEGIN.length(), end);
            line(message, CLIENT_STAMP, text, end + CLIENT_END.length()).ifPresent(read::add);
            begin = text.indexOf(CLIENT_BEGIN, end);
            end = begin < 0 ? -1 : text.indexOf(CLIENT_END, begin);
        }
        return read;
    }

    private static Optional<LogLine> line(String message, Pattern form, String text, int stampAt) {
        Matcher stamp = form.matcher(text);
        stamp.region(stampAt, Math.min(text.length(), stampAt + LONGEST_STAMP));
        if (!stamp.lookingAt()) {
            return Optional.empty();
        }
        try {
            LocalDateTime local = LocalDateTime.of(
                    number(stamp, "year"),
                    number(stamp, "month"),
                    number(stamp, "day"),
                    number(stamp, "hour"),
                    number(stamp, "minute"),
                    number(stamp, "second"));
            int bias = stamp.group("bias") == null ? 0 : number(stamp, "bias");
            return Optional.of(new LogLine(local.plusMinutes(bias).toInstant(ZoneOffset.UTC), message.strip()));
        } catch (DateTimeException noSuchMoment) {
            return Optional.empty();
        }
    }

    private static int number(Matcher stamp, String part) {
        return Integer.parseInt(stamp.group(part));
    }

    /** Logs are UTF-8 or in an ANSI code page; one that was saved again by an editor may be UTF-16. What counts in them is ASCII. */
    private static String decode(byte[] content) {
        boolean little = content.length > 1 && (content[0] & 0xff) == 0xff && (content[1] & 0xff) == 0xfe;
        boolean big = content.length > 1 && (content[0] & 0xff) == 0xfe && (content[1] & 0xff) == 0xff;
        Charset charset = little || big ? StandardCharsets.UTF_16 : StandardCharsets.ISO_8859_1;
        return new String(content, charset);
    }
}
