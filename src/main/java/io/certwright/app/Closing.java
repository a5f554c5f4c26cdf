package io.certwright.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what a process leaves behind; a failure is logged and stops nothing. */
final class Closing {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private Closing() {}

    static void quietly(AutoCloseable part) {
        try {
            part.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            LOG.atDebug().setMessage("closing failed").setCause(failure).log();
        }
    }
}
