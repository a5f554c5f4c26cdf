package io.certwright.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Rows under headings, each column as wide as its widest cell; columns of numbers stand to the right. */
public final class Table {
    private static final String GAP = "  ";
    private static final Pattern NUMBER = Pattern.compile("-?[0-9.,]*");

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
        int[] widths = widths(all);
        boolean[] numbers = new boolean[widths.length];
        for (int i = 0; i < widths.length; i++) {
            numbers[i] = !headings.isEmpty() && isNumbers(i);
        }
        List<String> lines = new ArrayList<>(all.size());
        for (List<Cell> row : all) {
            lines.add(line(row, widths, numbers, colours));
        }
        return lines;
    }

    private static int[] widths(List<List<Cell>> rows) {
        int[] widths = new int[rows.stream().mapToInt(List::size).max().orElse(0)];
        for (List<Cell> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], DisplayWidth.of(row.get(i).text()));
            }
        }
        return widths;
    }

    private boolean isNumbers(int column) {
        return !rows.isEmpty()
                && rows.stream()
                        .allMatch(row -> NUMBER.matcher(row.get(column).text()).matches());
    }

    private static String line(List<Cell> row, int[] widths, boolean[] numbers, boolean colours) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            Cell cell = row.get(i);
            boolean last = i == row.size() - 1;
            int spaces = widths[i] - DisplayWidth.of(cell.text());
            String painted =
                    cell.tone().paint(cell.text(), colours && !cell.text().isEmpty());
            String padding = " ".repeat(spaces);
            line.append(numbers[i] ? padding + painted : last ? painted : painted + padding)
                    .append(last ? "" : GAP);
        }
        return line.toString().stripTrailing();
    }
}
