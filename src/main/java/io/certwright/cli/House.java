package io.certwright.cli;

import java.nio.file.Path;

/** The wiring as the command line sees it: what stands behind the doors. */
public interface House {
    /**
     * A command by these settings is about to be understood: reading them may begin meanwhile. Nothing else does, and nothing that is
     * wrong with them is told yet.
     */
    default void expect(Path config) {}

    /** Takes note of the options and sets up logging. Opens no file, database or network: {@link Rooms} do, when asked. */
    Rooms enter(GlobalOptions options);

    /** The version of this build: {@code 0.1.0}. */
    String version();
}
