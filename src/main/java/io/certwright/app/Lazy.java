package io.certwright.app;

import io.certwright.failure.LifecycleException;
import org.jspecify.annotations.Nullable;

/** A part that is made when it is first asked for, once. */
final class Lazy<T> implements AutoCloseable {
    private final Making<T> making;
    private @Nullable T part;

    Lazy(Making<T> making) {
        this.making = making;
    }

    /** Makes the part. */
    interface Making<T> {
        T make() throws LifecycleException;
    }

    synchronized T get() throws LifecycleException {
        T made = part;
        if (made == null) {
            made = making.make();
            part = made;
        }
        return made;
    }

    synchronized boolean isOpen() {
        return part != null;
    }

    /** Closes the part if it was made and can be closed. What goes wrong then is of no use to anybody any more. */
    @Override
    public synchronized void close() {
        if (part instanceof AutoCloseable closeable) {
            Closing.quietly(closeable);
        }
        part = null;
    }
}
