package io.certwright.cli;

import java.nio.file.Path;

/** The wiring as the command line sees it: what stands behind the doors. */
public interface House extends AutoCloseable {
    /**
     * A command is about to be understood: what it will need may be made ready meanwhile. Nothing that is wrong with that is told yet, and
     * nothing is changed.
     */
    default void expect(Expected expected) {}

    /**
     * What can be told of a command by its first words.
     *
     * @param config the settings that it goes by
     * @param readsRecord whether it will read the record, and little else
     */
    record Expected(Path config, boolean readsRecord) {}

    /** Takes note of the options and sets up logging. Opens no file, database or network: {@link Rooms} do, when asked. */
    Rooms enter(GlobalOptions options);

    /** The version of this build: {@code 0.1.0}. */
    String version();

    /** Closes what was made ready for a command that was not run; harmless otherwise. */
    @Override
    default void close() {}
}
