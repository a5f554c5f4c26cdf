package io.certwright.store.postgres.embedded;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the embedded server is kept.
 *
 * @param folder holds everything of it: binaries, data, password, log
 * @param startLimit how long a start may take, unpacking and crash recovery included
 * @param stopLimit how long a stop may take before it is made harder
 * @param keepRunning leave the server running when the last process is done, so that the next one finds it warm
 */
public record EmbeddedSettings(Path folder, Duration startLimit, Duration stopLimit, boolean keepRunning) {
    public EmbeddedSettings {
        folder = folder.toAbsolutePath().normalize();
    }

    public static EmbeddedSettings in(Path folder) {
        return new EmbeddedSettings(folder, Duration.ofSeconds(90), Duration.ofSeconds(30), false);
    }
}
