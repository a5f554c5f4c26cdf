package io.certwright.binding.listener;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.certwright.failure.LifecycleException;
import java.net.InetSocketAddress;
import java.time.Duration;
import javax.net.ssl.SSLParameters;

/** The JDK's HTTPS server while it runs, with a certificate that can be swapped. */
final class RunningServer implements AutoCloseable {
    /** So many that slow callers must be many to keep others waiting; each costs a stack. */
    private static final int THREADS = 64;

    private final HttpsServer server;
    private final LimitedThreads threads;
    private final SwappableContext context;

    RunningServer(String what, InetSocketAddress address, Duration limit, ServedCertificate first, Pages pages)
            throws LifecycleException {
        this.context = new SwappableContext(first.context());
        this.server = Sockets.https(what, address);
        this.threads = new LimitedThreads("certwright-https", THREADS, limit);
        server.setHttpsConfigurator(new ModernTls(context));
        server.setExecutor(threads);
        server.createContext("/", pages);
        server.start();
    }

    void swap(ServedCertificate next) {
        context.swap(next.context());
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private static final class ModernTls extends HttpsConfigurator {
        ModernTls(SwappableContext context) {
            super(context);
        }

        @Override
        public void configure(HttpsParameters parameters) {
            SSLParameters tls = getSSLContext().getDefaultSSLParameters();
            tls.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            tls.setUseCipherSuitesOrder(true);
            parameters.setSSLParameters(tls);
        }
    }
}
