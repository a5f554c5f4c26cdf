package io.certwright.config;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tree as the places of its words in the text that it was read from. Beside that text it gives the tree again without a parser; by
 * itself it holds no word of it, and so no secret.
 *
 * <p>Numbers in the order of the tree: of a word, how it is quoted, where it begins and ends in the text, and line and column of both
 * ends of its node; of a list or mapping, what it is, how many it has, and line and column of both ends, then its parts.
 */
final class TreePlaces {
    private static final int PLAIN = 0;
    private static final int QUOTED = 1;
    private static final int LIST = 2;
    private static final int MAPPING = 3;

    private final int[] numbers;
    private int at;

    private TreePlaces(int[] numbers) {
        this.numbers = numbers;
    }

    /** Empty where a word is not in the text as it is meant: with escapes, or over several lines. */
    static Optional<TreePlaces> of(Node tree, String text) {
        Noting noting = new Noting(text);
        return noting.note(tree) ? Optional.of(new TreePlaces(noting.noted())) : Optional.empty();
    }

    /** Throws {@link RuntimeException} of some kind where these are no places of a tree. */
    static TreePlaces of(ByteBuffer bytes) {
        int[] numbers = new int[bytes.remaining() / Integer.BYTES];
        bytes.asIntBuffer().get(numbers);
        return new TreePlaces(numbers);
    }

    ByteBuffer bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Integer.BYTES);
        bytes.asIntBuffer().put(numbers);
        return bytes;
    }

    /** The tree in {@code text}, which is the very text that it was read from; {@code file} is how faults name it. */
    Node in(String text, String file) {
        at = 0;
        return node(text, file);
    }

    private Node node(String text, String file) {
        int kind = numbers[at++];
        if (kind == LIST) {
            return items(text, file);
        }
        return kind == MAPPING ? entries(text, file) : scalar(kind == PLAIN, text, file);
    }

    private Node.Scalar scalar(boolean plain, String text, String file) {
        String word = text.substring(numbers[at++], numbers[at++]);
        return new Node.Scalar(word, plain, position(file), position(file));
    }

    private Node items(String text, String file) {
        int count = numbers[at++];
        Position start = position(file);
        Position end = position(file);
        List<Node> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(node(text, file));
        }
        return new Node.Items(List.copyOf(items), start, end);
    }

    private Node entries(String text, String file) {
        int count = numbers[at++];
        Position start = position(file);
        Position end = position(file);
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            Node.Scalar key = scalar(true, text, file);
            entries.put(key.text(), new Node.Entry(key.start(), node(text, file)));
        }
        return new Node.Entries(entries, start, end);
    }

    private Position position(String file) {
        return new Position(file, numbers[at++], numbers[at++]);
    }

    /** Finds each word of a tree in its text. */
    private static final class Noting {
        private final String text;
        private final int[] lines;
        private int[] numbers = new int[1024];
        private int size;

        Noting(String text) {
            this.text = text;
            this.lines = startsOfLines(text);
        }

        private static int[] startsOfLines(String text) {
            List<Integer> starts = new ArrayList<>(List.of(0));
            for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
                starts.add(end + 1);
            }
            return starts.stream().mapToInt(Integer::intValue).toArray();
        }

        int[] noted() {
            return Arrays.copyOf(numbers, size);
        }

        boolean note(Node node) {
            if (node instanceof Node.Scalar scalar) {
                add(scalar.plain() ? PLAIN : QUOTED);
                return note(scalar.text(), scalar.plain(), scalar.start(), scalar.end());
            }
            if (node instanceof Node.Items list) {
                add(LIST, list.items().size());
                add(list.start());
                add(list.end());
                return list.items().stream().allMatch(this::note);
            }
            return node instanceof Node.Entries mapping && note(mapping);
        }

        private boolean note(Node.Entries mapping) {
            add(MAPPING, mapping.entries().size());
            add(mapping.start());
            add(mapping.end());
            return mapping.entries().entrySet().stream()
                    .allMatch(each -> noteKey(each.getKey(), each.getValue().key())
                            && note(each.getValue().value()));
        }

        /** Where a key ends in the file is asked by nobody. */
        private boolean noteKey(String key, Position start) {
            int offset = offset(start);
            boolean plain = text.startsWith(key, offset);
            return note(key, plain, start, start);
        }

        private boolean note(String word, boolean plain, Position start, Position end) {
            int begin = offset(start) + (plain ? 0 : 1);
            if (begin < 0 || !text.startsWith(word, begin)) {
                return false;
            }
            add(begin, begin + word.length());
            add(start);
            add(end);
            return true;
        }

        private int offset(Position position) {
            int line = position.line() - 1;
            return line < 0 || line >= lines.length ? -2 : lines[line] + position.column() - 1;
        }

        private void add(Position position) {
            add(position.line(), position.column());
        }

        private void add(int... more) {
            if (size + more.length > numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * numbers.length);
            }
            for (int number : more) {
                numbers[size++] = number;
            }
        }
    }
}
