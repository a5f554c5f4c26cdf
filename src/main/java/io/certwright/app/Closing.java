package io.certwright.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what a process leaves behind; a failure is logged and stops nothing. */
final class Closing {
    private Closing() {}

    static void quietly(AutoCloseable part) {
        try {
            part.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            log().atDebug().setMessage("closing failed").setCause(failure).log();
        }
    }

    /** No constant: a command that logs nothing never loads the logging library. */
    private static Logger log() {
        return LoggerFactory.getLogger(Closing.class);
    }
}
