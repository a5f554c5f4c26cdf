package io.certwright.testing;

import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Remembered;
import io.certwright.failure.LifecycleException;
import java.util.List;
import java.util.Optional;

/**
 * What a process sees of the memory that dies while it writes: before or after the write reaches the memory. From then on it sees
 * nothing any more; what other nodes see goes on.
 */
public final class MortalMemory implements IssuerMemory {
    private final IssuerMemory memory;
    private final int fatalWrite;
    private final boolean written;
    private int writes;
    private boolean dead;

    /** The process is dead. */
    public static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    /**
     * @param fatalWrite at which it dies, the first being 1
     * @param written whether that write still reaches the memory
     */
    public MortalMemory(IssuerMemory memory, int fatalWrite, boolean written) {
        this.memory = memory;
        this.fatalWrite = fatalWrite;
        this.written = written;
    }

    /** The end of a write, or of the process. */
    private interface Write<T> {
        T run() throws LifecycleException;
    }

    private synchronized <T> T write(Write<T> write) throws LifecycleException {
        requireAlive();
        writes++;
        if (writes < fatalWrite) {
            return write.run();
        }
        dead = true;
        if (written) {
            var unused = write.run();
        }
        throw new Death();
    }

    private void requireAlive() {
        if (dead) {
            throw new Death();
        }
    }

    @Override
    public synchronized Optional<Remembered> find(IssuerName issuer, String kind, String key)
            throws LifecycleException {
        requireAlive();
        return memory.find(issuer, kind, key);
    }

    @Override
    public synchronized List<IssuerName> listIssuers(String kind) throws LifecycleException {
        requireAlive();
        return memory.listIssuers(kind);
    }

    @Override
    public synchronized List<Remembered> list(IssuerName issuer, String kind) throws LifecycleException {
        requireAlive();
        return memory.list(issuer, kind);
    }

    @Override
    public Remembered remember(IssuerName issuer, Remembered fact) throws LifecycleException {
        return write(() -> memory.remember(issuer, fact));
    }

    @Override
    public boolean replace(IssuerName issuer, Remembered next, long expectedVersion) throws LifecycleException {
        return write(() -> memory.replace(issuer, next, expectedVersion));
    }
}
