package io.certwright.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, or a polite request of the system to end: the command's thread is interrupted and gets a limited time to close what it
 * opened, in its own order; then the last words are shown and the process ends, with 130 after Ctrl-C.
 *
 * <p>Relies on the virtual machine running shutdown hooks on SIGINT and SIGTERM and ending with 128 plus the signal's number,
 * on Windows too.
 */
final class Interruption {
    private final Thread command;
    private final Screen screen;
    private final Duration limit;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    private Interruption(Thread command, Screen screen, Duration limit) {
        this.command = command;
        this.screen = screen;
        this.limit = limit;
        this.hook = new Thread(this::end, "certwright-end");
    }

    /** Watches over the calling thread until {@link #over()}. */
    static Interruption watch(Screen screen, Duration limit) {
        Interruption interruption = new Interruption(Thread.currentThread(), screen, limit);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** The command has ended by itself; from here on the process may end too. */
    void over() {
        ended.countDown();
    }

    private void end() {
        if (ended.getCount() == 0) {
            return;
        }
        screen.lastWords(
                ExitCode.INTERRUPTED, "INTERRUPTED", "Interrupted; nothing is left half done, run it again to go on.");
        haltWhenTimeIsUp();
        command.interrupt();
        try {
            ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Other hooks run beside ours and nothing bounds them: without this, one that hangs would hang the process for ever. */
    private void haltWhenTimeIsUp() {
        Thread watchdog = new Thread(
                () -> {
                    try {
                        new CountDownLatch(1).await(limit.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS);
                        Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "certwright-watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
    }
}
