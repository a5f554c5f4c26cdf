package io.certwright.config;

/**
 * A place in a settings file. Line and column count from 1; both are 0 where the file as a whole is meant (it is absent, empty,
 * unreadable).
 */
public record Position(String file, int line, int column) implements Comparable<Position> {
    public Position {
        if (line < 0 || column < 0 || (line == 0) != (column == 0)) {
            throw new IllegalArgumentException("position: got line " + line + " and column " + column
                    + ", wanted both from 1, or both 0 for the whole file");
        }
    }

    /** The file as a whole. */
    public static Position ofWhole(String file) {
        return new Position(file, 0, 0);
    }

    @Override
    public int compareTo(Position other) {
        int byFile = file.compareTo(other.file);
        int byLine = byFile == 0 ? Integer.compare(line, other.line) : byFile;
        return byLine == 0 ? Integer.compare(column, other.column) : byLine;
    }

    /** {@code file:line:column}, as editors understand it; the file alone where the whole file is meant. */
    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
