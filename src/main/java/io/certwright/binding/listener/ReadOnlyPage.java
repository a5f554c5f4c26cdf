package io.certwright.binding.listener;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.certwright.certificate.Printable;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers GET and HEAD from a {@link ContentSource}; nothing is ever taken from the caller but the path. */
public final class ReadOnlyPage implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ReadOnlyPage.class);

    private final ContentSource source;

    public ReadOnlyPage(ContentSource source) {
        this.source = source;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            PlainAnswer.send(exchange, 405, "only GET and HEAD are understood here");
            return;
        }
        try {
            answer(exchange, source.find(exchange.getRequestURI().getPath()));
        } catch (LifecycleException failure) {
            LOG.warn(
                    "page {} could not be read: {}",
                    Printable.quote(exchange.getRequestURI().getPath()),
                    failure.getMessage());
            PlainAnswer.send(exchange, 503, "not available now, try again later");
        }
    }

    private static void answer(HttpExchange exchange, Optional<Content> found) throws IOException {
        if (found.isEmpty()) {
            PlainAnswer.send(exchange, 404, "there is nothing here");
            return;
        }
        Content content = found.get();
        byte[] body = content.body();
        exchange.getResponseHeaders().set("Content-Type", content.type());
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        // 0 would mean "chunked" to the JDK's server, -1 means an empty body.
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
