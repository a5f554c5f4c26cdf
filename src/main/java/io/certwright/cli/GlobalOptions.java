package io.certwright.cli;

import java.nio.file.Path;

/**
 * What may stand before or behind any command.
 *
 * @param config the settings file; relative to the folder the process runs in
 * @param json one JSON document on stdout instead of text for people
 * @param verbose logs everything that may help to find a fault
 * @param quiet neither notes nor progress, and only errors in the log
 */
public record GlobalOptions(Path config, boolean json, boolean verbose, boolean quiet) {
    public GlobalOptions {
        if (verbose && quiet) {
            throw new WrongUsage("-v and -q exclude each other: give one of them, or neither.");
        }
    }
}
