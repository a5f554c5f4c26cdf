package io.certwright.binding.listener;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A bounded number of threads for the JDK's HTTP server, each with a limit for one exchange: handshake, request and answer
 * together. At its end the thread is interrupted, which closes the connection it reads from or writes to, so that callers who
 * send a byte now and then do not keep the others waiting for long.
 */
final class LimitedThreads implements Executor, AutoCloseable {
    private final ThreadPoolExecutor threads;
    private final ScheduledThreadPoolExecutor watch;
    private final Duration limit;

    LimitedThreads(String name, int most, Duration limit) {
        this.limit = limit;
        this.threads = new ThreadPoolExecutor(
                most, most, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> daemon(name, work));
        threads.allowCoreThreadTimeOut(true);
        this.watch = new ScheduledThreadPoolExecutor(1, work -> daemon(name + "-limit", work));
        watch.setRemoveOnCancelPolicy(true);
    }

    @Override
    public void execute(Runnable exchange) {
        threads.execute(() -> runLimited(exchange));
    }

    private void runLimited(Runnable exchange) {
        Running running = new Running(Thread.currentThread());
        ScheduledFuture<?> end = watch.schedule(running::interrupt, limit.toMillis(), TimeUnit.MILLISECONDS);
        try {
            exchange.run();
        } finally {
            end.cancel(false);
            running.finish();
        }
    }

    /** Nothing is interrupted twice: one exchange's end must never hit the next exchange on the same thread. */
    private static final class Running {
        private final Thread thread;
        private boolean finished;

        Running(Thread thread) {
            this.thread = thread;
        }

        synchronized void interrupt() {
            if (!finished) {
                thread.interrupt();
            }
        }

        synchronized void finish() {
            finished = true;
            Thread.interrupted();
        }
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        watch.shutdownNow();
    }
}
