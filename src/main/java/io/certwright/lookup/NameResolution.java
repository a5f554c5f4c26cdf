package io.certwright.lookup;

import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The system's name resolution with a limit: the JDK has none, and a dead DNS server takes it half a minute. Safe for many threads.
 */
public final class NameResolution {
    /** What {@code InetAddress.getAllByName} does. */
    public interface Source {
        InetAddress[] addressesOf(String host) throws UnknownHostException;
    }

    private static final int MOST_AT_ONCE = 32;

    private final Source source;
    private final ThreadPoolExecutor threads;

    public NameResolution(Source source) {
        this.source = source;
        this.threads = new ThreadPoolExecutor(
                0, MOST_AT_ONCE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), NameResolution::daemon);
    }

    /** In the order of the system's preference, never empty. */
    public List<InetAddress> addressesOf(String host, Duration limit)
            throws UnknownHostException, SocketTimeoutException {
        Future<InetAddress[]> answer = submit(host);
        try {
            return List.of(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException unknown) {
            throw unknownHost(host, unknown);
        } catch (TimeoutException slow) {
            answer.cancel(true);
            throw late(host, slow);
        } catch (InterruptedException stopped) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw unknownHost(host, stopped);
        }
    }

    private Future<InetAddress[]> submit(String host) throws SocketTimeoutException {
        try {
            return threads.submit(() -> source.addressesOf(host));
        } catch (RejectedExecutionException allWaiting) {
            throw late(host, allWaiting);
        }
    }

    private static SocketTimeoutException late(String host, Exception cause) {
        SocketTimeoutException late = new SocketTimeoutException("name resolution of " + host + " takes too long");
        late.initCause(cause);
        return late;
    }

    private static UnknownHostException unknownHost(String host, Exception cause) {
        UnknownHostException unknown = new UnknownHostException(host);
        unknown.initCause(cause);
        return unknown;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "certwright-names");
        thread.setDaemon(true);
        return thread;
    }
}
