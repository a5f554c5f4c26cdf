package io.certwright.app;

import io.certwright.crypto.SecretBytes;
import java.io.Console;
import java.io.IOError;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who sits at the terminal of this process, if anybody does. */
final class Person {
    /** Java has a console as soon as standard input and output are a terminal. */
    boolean isThere() {
        return console().isPresent();
    }

    Optional<String> ask(String question) throws InterruptedException {
        return answer(console -> Optional.ofNullable(console.readLine("%s", question)));
    }

    Optional<SecretBytes> askSecret(String question) throws InterruptedException {
        return answer(console -> secret(console.readPassword("%s", question)));
    }

    private static Optional<SecretBytes> secret(char @Nullable [] typed) {
        if (typed == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(SecretBytes.ofText(CharBuffer.wrap(typed)));
        } finally {
            Arrays.fill(typed, '\0');
        }
    }

    /** Nothing interrupts who reads from a terminal: another thread does that, and is left behind when a person ends the command. */
    private static <T> Optional<T> answer(Function<Console, Optional<T>> reading) throws InterruptedException {
        Optional<Console> console = console();
        if (console.isEmpty()) {
            return Optional.empty();
        }
        FutureTask<Optional<T>> task = new FutureTask<>(() -> reading.apply(console.get()));
        Thread thread = new Thread(task, "certwright-person");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOError) {
                return Optional.empty();
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    // Since Java 22 there is always a console object, and only a method that 17 lacks says whether it is a terminal.
    @SuppressWarnings("SystemConsoleNull")
    private static Optional<Console> console() {
        Console console = System.console();
        if (console == null || Runtime.version().feature() < 22) {
            return Optional.ofNullable(console);
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console))
                    ? Optional.of(console)
                    : Optional.empty();
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }
}
