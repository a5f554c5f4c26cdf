package io.certwright.cli;

import io.certwright.lifecycle.wish.ManagedCertificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs stories side by side, so that their commits share a flush. When a person interrupts, no new one begins and those under way get
 * some seconds to end.
 */
final class StoriesAtOnce {
    private static final int MOST = 16;
    private static final Duration LIMIT_TO_END = Duration.ofSeconds(8);

    private final Function<ManagedCertificate, Told> story;
    private final Consumer<Told> listener;

    /**
     * @param story runs one and never throws
     * @param listener hears of each as it ends, one at a time, on the calling thread
     */
    StoriesAtOnce(Function<ManagedCertificate, Told> story, Consumer<Told> listener) {
        this.story = story;
        this.listener = listener;
    }

    /** In the order given. */
    List<Told> run(List<ManagedCertificate> wishes) throws InterruptedException {
        int threads = Math.max(1, Math.min(MOST, wishes.size()));
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        try {
            List<Future<Told>> running = new ArrayList<>();
            wishes.forEach(wish -> running.add(pool.submit(() -> story.apply(wish))));
            List<Told> ended = new ArrayList<>();
            for (Future<Told> each : running) {
                Told told = each.get();
                listener.accept(told);
                ended.add(told);
            }
            return ended;
        } catch (ExecutionException bug) {
            throw new IllegalStateException("a story threw: " + bug.getCause(), bug);
        } finally {
            end(pool);
        }
    }

    private static void end(ThreadPoolExecutor pool) throws InterruptedException {
        pool.getQueue().clear();
        pool.shutdown();
        if (!pool.awaitTermination(LIMIT_TO_END.toSeconds(), TimeUnit.SECONDS)) {
            pool.shutdownNow();
        }
    }
}
