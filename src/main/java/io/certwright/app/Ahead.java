package io.certwright.app;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A part that is made on a thread of its own, before it is known whether it is wanted. Taken at most once; what nobody took is closed.
 * Belongs to one thread.
 *
 * @param <T> the part
 */
final class Ahead<T extends AutoCloseable> implements AutoCloseable {
    private @Nullable FutureTask<Optional<T>> making;

    /** Begins; {@code making} has limits of its own, and is empty where the part is not to be had ahead. */
    void begin(Supplier<Optional<T>> work) {
        FutureTask<Optional<T>> task = new FutureTask<>(work::get);
        making = task;
        Thread thread = new Thread(task, "certwright-ahead");
        thread.setDaemon(true);
        thread.start();
    }

    /** The part, waited for where it is under way; empty where it was not begun, not to be had, or taken before. */
    Optional<T> take() {
        FutureTask<Optional<T>> task = making;
        making = null;
        if (task == null) {
            return Optional.empty();
        }
        try {
            return task.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | CancellationException failed) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        take().ifPresent(Closing::quietly);
    }
}
