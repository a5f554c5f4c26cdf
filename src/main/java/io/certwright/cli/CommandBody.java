package io.certwright.cli;

import io.certwright.failure.LifecycleException;

/**
 * What a command does once its words are understood: calls use cases of {@link Rooms}, shows the answer, names the exit code.
 *
 * <p>Implemented by picocli's command classes, whose fields are the options. A body holds no rules, catches nothing and ends
 * soon after its thread is interrupted.
 */
public interface CommandBody {
    /**
     * Runs once, on the thread of the process.
     *
     * @throws WrongUsage when the words do not fit together or name nothing that exists (exit code 2)
     * @throws LifecycleException when a step could not be done (exit code 5 or 1, by its kind)
     * @throws InterruptedException when a person stops it (exit code 130)
     */
    ExitCode run(Screen screen, Rooms rooms) throws LifecycleException, InterruptedException;
}
