package io.certwright.trust;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table of reports as Intune, ConfigMgr or people made it: CSV with commas, semicolons or tabs, with or without quotes, in
 * UTF-8, UTF-16 or an ANSI code page, several such tables one after another. A row counts by the line of our detection script in
 * one of its cells; a row without one says nothing that could be relied on, whatever its other columns claim.
 *
 * @param reports the latest of each machine
 * @param duplicates rows that an other row of the same machine outdates
 * @param fromTheFuture rows of machines whose clock is wrong, not counted
 * @param silent rows without our line, not counted; a header is among them
 */
public record ReportFile(List<ClientReport> reports, int duplicates, int fromTheFuture, int silent) {
    /** Clocks differ; by more than this they are wrong. */
    private static final long TOLERANCE_SECONDS = 24 * 60 * 60;

    public ReportFile {
        reports = List.copyOf(reports);
    }

    public static ReportFile parse(byte[] content, Instant now) {
        Map<ClientHost, ClientReport> latest = new HashMap<>();
        int duplicates = 0;
        int future = 0;
        int silent = 0;
        for (List<String> row : CsvTable.rows(text(content))) {
            Optional<ClientReport> found = reportIn(row);
            if (found.isEmpty()) {
                silent++;
            } else if (found.get().at().isAfter(now.plusSeconds(TOLERANCE_SECONDS))) {
                future++;
            } else {
                duplicates += latest.containsKey(found.get().host()) ? 1 : 0;
                latest.merge(found.get().host(), found.get(), ReportFile::later);
            }
        }
        List<ClientReport> reports = new ArrayList<>(latest.values());
        reports.sort((one, other) -> one.host().compareTo(other.host()));
        return new ReportFile(reports, duplicates, future, silent);
    }

    private static ClientReport later(ClientReport one, ClientReport other) {
        return other.at().isAfter(one.at()) ? other : one;
    }

    /** After a remediation a row holds what the machine said before and after it. */
    private static Optional<ClientReport> reportIn(List<String> row) {
        return row.stream().flatMap(cell -> ClientReport.find(cell).stream()).reduce(ReportFile::later);
    }

    private static String text(byte[] content) {
        if (startsWith(content, 0xFF, 0xFE)) {
            return new String(content, 2, content.length - 2, StandardCharsets.UTF_16LE);
        }
        if (startsWith(content, 0xFE, 0xFF)) {
            return new String(content, 2, content.length - 2, StandardCharsets.UTF_16BE);
        }
        int start = startsWith(content, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        Charset charset = isUtf8(content) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        return new String(content, start, content.length - start, charset);
    }

    private static boolean startsWith(byte[] content, int... start) {
        if (content.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if ((content[i] & 0xFF) != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUtf8(byte[] content) {
        try {
            var unused = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
            return true;
        } catch (CharacterCodingException ansi) {
            return false;
        }
    }
}
