package io.certwright.trust;

import java.util.ArrayList;
import java.util.List;

/** Rows and cells of CSV (RFC 4180), more forgiving: any of three separators, any line end, quotes that never close. */
final class CsvTable {
    private static final char[] SEPARATORS = {',', ';', '\t'};

    private final String text;
    private final char separator;
    private int at;

    private CsvTable(String text) {
        this.text = text;
        this.separator = separatorOf(text);
    }

    /** Without rows that are empty. */
    static List<List<String>> rows(String text) {
        CsvTable table = new CsvTable(text);
        List<List<String>> rows = new ArrayList<>();
        while (table.at < text.length()) {
            List<String> row = table.row();
            if (row.stream().anyMatch(cell -> !cell.isBlank())) {
                rows.add(row);
            }
        }
        return rows;
    }

    /** The one that the first line, a header, has most of outside quotes. */
    private static char separatorOf(String text) {
        String header = text.lines().findFirst().orElse("").replaceAll("\"[^\"]*\"", "");
        char best = SEPARATORS[0];
        long most = 0;
        for (char candidate : SEPARATORS) {
            long count = header.chars().filter(c -> c == candidate).count();
            if (count > most) {
                most = count;
                best = candidate;
            }
        }
        return best;
    }

    private List<String> row() {
        List<String> cells = new ArrayList<>();
        while (true) {
            cells.add(cell());
            if (at >= text.length()) {
                return cells;
            }
            char end = text.charAt(at++);
            if (end == '\r' && at < text.length() && text.charAt(at) == '\n') {
                at++;
            }
            if (end != separator) {
                return cells;
            }
        }
    }

    /** Ends at a separator, a line end or the end, and leaves that to be read. */
    private String cell() {
        StringBuilder cell = new StringBuilder();
        boolean quoted = at < text.length() && text.charAt(at) == '"';
        if (quoted) {
            at++;
        }
        while (at < text.length()) {
            char c = text.charAt(at);
            if (quoted && c == '"') {
                at++;
                boolean doubled = at < text.length() && text.charAt(at) == '"';
                if (!doubled) {
                    quoted = false;
                    continue;
                }
            } else if (!quoted && (c == separator || c == '\r' || c == '\n')) {
                return cell.toString();
            }
            cell.append(c);
            at++;
        }
        return cell.toString();
    }
}
