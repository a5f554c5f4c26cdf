package io.certwright.app;

import io.certwright.cli.CommandFrame;
import io.certwright.cli.Terminal;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Where Windows' service manager comes in, by prunsrv, which calls both methods in one process: {@code start} on the thread that serves,
 * {@code stop} on another.
 */
public final class ServiceEntry {
    /** What no ending of a service is: Windows starts again only what ends unasked. */
    private static final int ENDED_UNASKED = 1;

    private static final AtomicReference<@Nullable Thread> SERVING = new AtomicReference<>();
    private static final AtomicBoolean STOPPING = new AtomicBoolean();

    private ServiceEntry() {}

    /** Runs the command, {@code serve}, until {@link #stop}. Where it ends before, the process does: prunsrv would call that running. */
    public static void start(String[] words) {
        SERVING.set(Thread.currentThread());
        int exit = new CommandFrame(new Wiring(), System.out, System.err, Terminal.none()).run(words);
        System.out.flush();
        System.err.flush();
        if (!STOPPING.get()) {
            System.exit(exit == 0 ? ENDED_UNASKED : exit);
        }
    }

    /** Has the command end in its own order, as Ctrl-C would; prunsrv waits for it. */
    public static void stop(String[] words) {
        STOPPING.set(true);
        Thread serving = SERVING.get();
        if (serving != null) {
            serving.interrupt();
        }
    }
}
