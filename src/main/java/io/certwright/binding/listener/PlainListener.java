package io.certwright.binding.listener;

import com.sun.net.httpserver.HttpServer;
import io.certwright.failure.LifecycleException;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Plain HTTP for what must not be fetched over HTTPS: revocation lists (RFC 5280 section 8 warns of the circle). Serves its pages
 * from its construction until it is closed.
 */
public final class PlainListener implements AutoCloseable {
    private static final int THREADS = 16;

    private final HttpServer server;
    private final LimitedThreads threads;

    /** @param limit of one exchange, request and answer together */
    public PlainListener(InetSocketAddress address, Duration limit, Pages pages) throws LifecycleException {
        HttpServerLimits.set();
        this.server = Sockets.http("plain listener", address);
        this.threads = new LimitedThreads("certwright-plain", THREADS, limit);
        server.setExecutor(threads);
        server.createContext("/", pages);
        server.start();
    }

    /** Where it listens; the port is a real one where 0 was asked for. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
