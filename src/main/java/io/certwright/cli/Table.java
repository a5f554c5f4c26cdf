package io.certwright.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows under headings, each column as wide as its widest cell; columns of numbers stand to the right. */
public final class Table {
    private static final String GAP = "  ";

    private final List<String> headings;
    private final List<List<Cell>> rows = new ArrayList<>();

    private Table(List<String> headings) {
        this.headings = headings;
    }

    public static Table of(String... headings) {
        return new Table(List.of(headings));
    }

    /** Without headings: a name and a value in each row. */
    public static Table ofFacts() {
        return new Table(List.of());
    }

    /** Adds a row of {@link Cell}s or of values that are shown by their {@code toString}. */
    public Table row(Object... values) {
        if (!headings.isEmpty() && values.length != headings.size()) {
            throw new IllegalArgumentException("A row of " + values.length + " cells does not fit under "
                    + headings.size() + " headings: " + String.join(", ", headings) + ".");
        }
        List<Cell> cells = new ArrayList<>(values.length);
        for (Object value : values) {
            cells.add(Cell.of(value));
        }
        rows.add(cells);
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The lines of the table, without trailing spaces. */
    public List<String> lines(boolean colours) {
        List<List<Cell>> all = new ArrayList<>();
        if (!headings.isEmpty()) {
            all.add(headings.stream().map(h -> new Cell(h, Tone.FAINT)).toList());
        }
        all.addAll(rows);
        int[][] cells = all.stream().map(Table::widthsOf).toArray(int[][]::new);
        int[] widths = widest(cells);
        boolean[] numbers = new boolean[widths.length];
        for (int i = 0; i < widths.length; i++) {
            numbers[i] = !headings.isEmpty() && isNumbers(i);
        }
        List<String> lines = new ArrayList<>(all.size());
        for (int row = 0; row < cells.length; row++) {
            lines.add(line(all.get(row), cells[row], widths, numbers, colours));
        }
        return lines;
    }

    private static int[] widthsOf(List<Cell> row) {
        int[] widths = new int[row.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = DisplayWidth.of(row.get(i).text());
        }
        return widths;
    }

    private static int[] widest(int[][] rows) {
        int[] widest = new int[0];
        for (int[] row : rows) {
            widest = row.length > widest.length ? Arrays.copyOf(widest, row.length) : widest;
            for (int i = 0; i < row.length; i++) {
                widest[i] = Math.max(widest[i], row[i]);
            }
        }
        return widest;
    }

    private boolean isNumbers(int column) {
        for (List<Cell> row : rows) {
            if (!isNumber(row.get(column).text())) {
                return false;
            }
        }
        return !rows.isEmpty();
    }

    /** Nothing counts as one, too. */
    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean sign = i == 0 && c == '-';
            if (!sign && (c < '0' || c > '9') && c != '.' && c != ',') {
                return false;
            }
        }
        return true;
    }

    private static String line(List<Cell> row, int[] own, int[] widths, boolean[] numbers, boolean colours) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            Cell cell = row.get(i);
            int spaces = widths[i] - own[i];
            line.append(i == 0 ? "" : GAP).append(numbers[i] ? " ".repeat(spaces) : "");
            line.append(cell.tone().paint(cell.text(), colours && !cell.text().isEmpty()));
            line.append(numbers[i] ? "" : " ".repeat(spaces));
        }
        return line.toString().stripTrailing();
    }
}
