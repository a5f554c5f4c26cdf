package io.certwright.cli;

import java.util.List;
import java.util.function.Consumer;

/** What a command found out or did, ready to be shown to a person or to a script. */
public interface Answer {
    /** For a person: lines for stdout. */
    List<String> lines(boolean colours);

    /** For a script: the fields of the one JSON document. */
    void write(JsonObject json);

    /** One line for a person, and the same in fields. */
    static Answer of(String line, Consumer<JsonObject> fields) {
        return of(List.of(line), fields);
    }

    /** Lines for a person, and the same in fields. */
    static Answer of(List<String> lines, Consumer<JsonObject> fields) {
        return new Answer() {
            @Override
            public List<String> lines(boolean colours) {
                return lines;
            }

            @Override
            public void write(JsonObject json) {
                fields.accept(json);
            }
        };
    }

    /** A table for a person, and the same in fields. */
    static Answer of(Table table, Consumer<JsonObject> fields) {
        return new Answer() {
            @Override
            public List<String> lines(boolean colours) {
                return table.lines(colours);
            }

            @Override
            public void write(JsonObject json) {
                fields.accept(json);
            }
        };
    }
}
