package io.certwright.binding.listener;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.certwright.certificate.Printable;
import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a listener serves, by path. A path that ends with a slash stands for everything below it, any other for itself alone; the
 * longest that fits decides. Pages may be added while the listener runs; a second one under the same path takes its place.
 */
public final class Pages implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Pages.class);

    private final Map<String, HttpHandler> byPath = new ConcurrentHashMap<>();

    /** Serves {@code page} under {@code path}: {@code /pki/}, {@code /status}. */
    public Pages add(String path, HttpHandler page) {
        requirePath(path);
        byPath.put(path, page);
        return this;
    }

    Pages addIfAbsent(String path, HttpHandler page) {
        requirePath(path);
        byPath.putIfAbsent(path, page);
        return this;
    }

    private static void requirePath(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException(
                    "page: got the path " + Printable.quote(path) + ", wanted one that starts with a slash");
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            pageFor(exchange.getRequestURI().getPath()).handle(exchange);
        } catch (RuntimeException fault) {
            LOG.error("page {} failed", Printable.quote(exchange.getRequestURI().toString()), fault);
            throw fault;
        }
    }

    private HttpHandler pageFor(String path) {
        return byPath.keySet().stream()
                .filter(known -> fits(known, path))
                .max(Comparator.comparingInt(String::length))
                .map(byPath::get)
                .orElse(Pages::nothingHere);
    }

    /** The root stands for itself alone: else a status page would answer for everything. */
    private static boolean fits(String known, String path) {
        return known.equals(path) || (known.length() > 1 && known.endsWith("/") && path.startsWith(known));
    }

    private static void nothingHere(HttpExchange exchange) throws IOException {
        PlainAnswer.send(exchange, 404, "there is nothing here");
    }
}
