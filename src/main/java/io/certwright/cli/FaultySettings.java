package io.certwright.cli;

import io.certwright.config.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The settings are wrong, so that nothing starts: every fault with its place. Ends with exit code 2. */
public final class FaultySettings extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FaultySettings(Path file, List<Fault> faults) {
        super("nothing was started, because the settings in " + file + " are wrong:"
                + faults.stream().map(fault -> "\n  " + fault).collect(Collectors.joining()));
    }
}
