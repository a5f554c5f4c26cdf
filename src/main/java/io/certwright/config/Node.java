package io.certwright.config;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A piece of a settings file, with where it starts and where the next one may start. */
sealed interface Node {
    Position start();

    Position end();

    /** For messages: what was got. */
    String kind();

    /** One value as it is written, quotes and escapes undone; {@code plain} if it had no quotes. */
    record Scalar(String text, boolean plain, Position start, Position end) implements Node {
        private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");
        private static final Set<String> FLAGS = Set.of("true", "True", "TRUE", "false", "False", "FALSE");

        /** Nothing, or one of the words YAML 1.2 (core schema, section 10.3.2) has for nothing. */
        boolean isNull() {
            return plain && NOTHING.contains(text);
        }

        boolean isFlag() {
            return plain && FLAGS.contains(text);
        }

        @Override
        public String kind() {
            return isNull() ? "nothing" : "a single value";
        }
    }

    /** A list. */
    record Items(List<Node> items, Position start, Position end) implements Node {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Keys and values in the order of the file. */
    record Entries(Map<String, Entry> entries, Position start, Position end) implements Node {
        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /** A value and where its key stands. */
    record Entry(Position key, Node value) {}

    /** Something that was reported as a fault already: readers treat it as absent and say nothing more. */
    record Unusable(Position start, Position end) implements Node {
        @Override
        public String kind() {
            return "something unusable";
        }
    }
}
