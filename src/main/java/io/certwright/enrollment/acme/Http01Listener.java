package io.certwright.enrollment.acme;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.certwright.certificate.Printable;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.probe.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our own plain HTTP, open only while a CA looks. It answers with what any process has shown, for any issuer: of several on one
 * machine only one gets the port, and it answers for all. Whoever did not get the port tries again while the CA looks.
 */
final class Http01Listener implements Responder {
    private static final Logger LOG = LoggerFactory.getLogger(Http01Listener.class);
    private static final Pattern ASKED = Pattern.compile("/\\.well-known/acme-challenge/([A-Za-z0-9_-]{1,200})");
    private static final int THREADS = 8;

    private final IssuerName issuer;
    private final Endpoint address;
    private final ShownAnswers shown;
    private final Set<String> open = new HashSet<>();
    private @Nullable HttpServer server;
    private @Nullable ExecutorService threads;
    private String obstacle = "";

    Http01Listener(IssuerName issuer, Endpoint address, ShownAnswers shown) {
        this.issuer = issuer;
        this.address = address;
        this.shown = shown;
    }

    @Override
    public String type() {
        return "http-01";
    }

    @Override
    public synchronized void show(ChallengeAnswer answer) throws LifecycleException {
        shown.put(issuer, answer);
        open.add(answer.token());
        keepShowing();
    }

    @Override
    public synchronized void withdraw(ChallengeAnswer answer) {
        open.remove(answer.token());
        shown.forget(answer);
        if (open.isEmpty()) {
            close();
        }
    }

    @Override
    public synchronized void keepShowing() {
        if (server != null || open.isEmpty()) {
            return;
        }
        try {
            open();
        } catch (IOException taken) {
            obstacle = "this process could not listen on " + address + " itself ("
                    + Printable.escape(String.valueOf(taken.getMessage()), 80) + ")";
            LOG.debug("{}", obstacle);
        }
    }

    private void open() throws IOException {
        HttpServer opened = HttpServer.create(new InetSocketAddress(address.host(), address.port()), 0);
        ExecutorService workers = Executors.newFixedThreadPool(THREADS, Http01Listener::daemon);
        opened.setExecutor(workers);
        opened.createContext("/", this::answer);
        opened.start();
        server = opened;
        threads = workers;
        obstacle = "";
    }

    private void close() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
        if (threads != null) {
            threads.shutdownNow();
            threads = null;
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "certwright-http-01");
        thread.setDaemon(true);
        return thread;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Optional<String> authorization = authorizationFor(exchange);
            if (authorization.isEmpty()) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] body = authorization.get().getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Optional<String> authorizationFor(HttpExchange exchange) {
        var path = ASKED.matcher(exchange.getRequestURI().getPath());
        if (!exchange.getRequestMethod().equals("GET") || !path.matches()) {
            return Optional.empty();
        }
        try {
            return shown.find(path.group(1));
        } catch (LifecycleException unknown) {
            LOG.warn("The CA asks for an answer that cannot be looked up: {}", unknown.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public synchronized Optional<String> obstacle() {
        return obstacle.isEmpty() ? Optional.empty() : Optional.of(obstacle);
    }

    @Override
    public synchronized String test() throws LifecycleException {
        if (server != null) {
            return "answers on " + address;
        }
        try (ServerSocket attempt = new ServerSocket()) {
            attempt.setReuseAddress(true);
            attempt.bind(new InetSocketAddress(address.host(), address.port()));
            return "can answer on " + address;
        } catch (IOException taken) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "HTTP_01_ADDRESS_TAKEN",
                    "issuer " + issuer + ": http-01 cannot listen on " + address + " ("
                            + Printable.escape(String.valueOf(taken.getMessage()), 80)
                            + "); stop what listens there, use web-root, or forward the CA's requests to another port",
                    taken);
        }
    }
}
