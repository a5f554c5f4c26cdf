package io.certwright.app;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;

/** A file that is logged to until it is closed. */
record LogFile(Logger root, Appender<ILoggingEvent> file) implements AutoCloseable {
    @Override
    public void close() {
        root.detachAppender(file);
        file.stop();
    }
}
