package io.certwright.cli;

import java.util.function.Consumer;

/** A simulated Windows server that runs in this process. */
public interface DemoWindows extends AutoCloseable {
    /** Under which name it is asked for a certificate. */
    String name();

    /** Does what the lines on stdin say, tells {@code reply} what came of each, and returns when the process is asked to end. */
    void obeyUntilTheEnd(Consumer<String> reply) throws InterruptedException;

    @Override
    void close();

    /** Where it listens on 127.0.0.1, and whether nothing is bound yet. */
    record Wish(int http, int https, int control, boolean fresh) {}
}
