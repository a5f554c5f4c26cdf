package io.certwright.app;

import io.certwright.app.settings.DatabaseChoice;
import java.util.Optional;

/**
 * The record, connected to before anybody asks for it, where its database runs already, and its first page read. What is wrong with it is
 * told to whoever opens it then.
 */
final class RecordAhead implements AutoCloseable {
    private final Ahead<DatabaseChoice, Stored> ahead = new Ahead<>(this::find);
    private volatile Optional<PageAhead.Wish> page = Optional.empty();

    /** Begins to connect; a second choice takes the place of a wrong guess. */
    void begin(DatabaseChoice database) {
        ahead.begin(database);
    }

    /** The page that will be asked for first. Of use until the connection stands. */
    void expect(PageAhead.Wish first) {
        page = Optional.of(first);
    }

    private Optional<Stored> find(DatabaseChoice database) {
        Optional<Stored> found = Stored.find(database);
        found.ifPresent(stored -> page.ifPresent(stored::readAhead));
        return found;
    }

    /** What was begun, waited for; empty where nothing was, or it is not to be had. */
    Optional<Stored> take() {
        return ahead.take();
    }

    @Override
    public void close() {
        ahead.close();
    }
}
