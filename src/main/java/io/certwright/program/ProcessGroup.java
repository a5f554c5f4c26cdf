package io.certwright.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process and all that it started. */
final class ProcessGroup {
    private static final Path KILL = Path.of("/bin/kill");
    private static final Duration DYING = Duration.ofSeconds(5);

    private ProcessGroup() {}

    /**
     * The tree first, as far as it is one, then the group, which also has those whose parent is gone.
     *
     * @param leads whether the process leads a group of its own
     */
    static void end(Process process, boolean leads) {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        if (leads) {
            killGroup(process);
        }
        all.addAll(process.descendants().toList());
        all.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitEnd(process);
    }

    private static void killGroup(Process process) {
        if (!Files.isExecutable(KILL)) {
            return;
        }
        try {
            Process kill = new ProcessBuilder(KILL.toString(), "-KILL", "--", "-" + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            awaitEnd(kill);
        } catch (IOException noGroup) {
            process.destroyForcibly();
        }
    }

    private static void awaitEnd(Process process) {
        try {
            process.waitFor(DYING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
