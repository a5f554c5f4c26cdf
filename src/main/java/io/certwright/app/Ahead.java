package io.certwright.app;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part that is made on a thread of its own, before it is known whether it is wanted. Taken at most once; what nobody took is closed.
 * Belongs to one thread.
 *
 * @param <C> what the part is made by, at first perhaps a guess
 * @param <T> the part
 */
final class Ahead<C, T extends AutoCloseable> implements AutoCloseable {
    private final Function<C, Optional<T>> work;
    private CompletableFuture<Optional<T>> making = nothing();
    private @Nullable C choice;

    /** {@code work} has limits of its own, and is empty where the part is not to be had ahead. */
    Ahead(Function<C, Optional<T>> work) {
        this.work = work;
    }

    /** Begins, unless that is under way already; nobody waits for what was begun by another choice, a wrong guess: it is closed when made. */
    void begin(C chosen) {
        if (chosen.equals(choice)) {
            return;
        }
        CompletableFuture<Void> unused = making.thenAccept(guessed -> guessed.ifPresent(Closing::quietly));
        CompletableFuture<Optional<T>> part = new CompletableFuture<>();
        choice = chosen;
        making = part;
        Thread thread = new Thread(() -> make(chosen, part), "certwright-ahead");
        thread.setDaemon(true);
        thread.start();
    }

    private void make(C chosen, CompletableFuture<Optional<T>> part) {
        try {
            part.complete(work.apply(chosen));
        } catch (RuntimeException | Error failed) {
            part.completeExceptionally(failed);
        }
    }

    /** The part, waited for where it is under way; empty where it was not begun, not to be had, or taken before. */
    Optional<T> take() {
        CompletableFuture<Optional<T>> part = making;
        making = nothing();
        try {
            return part.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | CancellationException failed) {
            return Optional.empty();
        }
    }

    private static <T> CompletableFuture<Optional<T>> nothing() {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public void close() {
        take().ifPresent(Closing::quietly);
    }
}
