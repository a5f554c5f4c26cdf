package io.certwright.cli;

/**
 * The use cases that commands call, as far as the wiring offers them to the command line.
 *
 * <p>Each method opens what its use case needs when it is called and not before, so that {@code --help} opens nothing and
 * {@code list} no more than the database. Closed by the frame after the command, whatever came of it.
 */
public interface Rooms extends AutoCloseable {
    /** What the settings file says, sound or not; starts nothing. */
    SettingsReport settings();

    /** For commands that look at certificates wherever they are. */
    Surroundings surroundings();

    /** Closes what was opened, last opened first; harmless when nothing was, and when called twice. */
    @Override
    void close();
}
