package io.certwright.cli;

/** The wiring as the command line sees it: what stands behind the doors. */
public interface House {
    /** Takes note of the options and sets up logging. Opens no file, database or network: {@link Rooms} do, when asked. */
    Rooms enter(GlobalOptions options);

    /** The version of this build: {@code 0.1.0}. */
    String version();
}
