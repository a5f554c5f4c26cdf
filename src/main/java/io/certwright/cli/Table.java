package io.certwright.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
        rows.add(Stream.of(values).map(Cell::of).toList());
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
        int columns = all.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = IntStream.range(0, columns).map(i -> widest(all, i)).toArray();
        boolean[] numbers = new boolean[columns];
        for (int i = 0; i < columns; i++) {
            numbers[i] = !headings.isEmpty() && isNumbers(i);
        }
        return all.stream().map(row -> line(row, widths, numbers, colours)).toList();
    }

    private static int widest(List<List<Cell>> rows, int column) {
        return rows.stream()
                .filter(row -> column < row.size())
                .mapToInt(row -> DisplayWidth.of(row.get(column).text()))
                .max()
                .orElse(0);
    }

    private boolean isNumbers(int column) {
        return !rows.isEmpty()
                && rows.stream().allMatch(row -> row.get(column).text().matches("-?[0-9.,]*"));
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
