package io.certwright.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Stands between a client and a real server, both over HTTPS, hands on what they say, and spoils one exchange as a test wishes. Each
 * connection carries one exchange.
 */
public final class FaultyRelay implements AutoCloseable {
    /** What is done to an exchange. */
    public enum Fault {
        /** The request never reaches the server. */
        RESET_BEFORE,
        /** The server does what was asked, and its answer is lost. */
        RESET_AFTER,
        /** Half of the answer arrives. */
        TRUNCATED,
        /** A proxy's error page with status 200. */
        HTML,
        /** The server is ill for a moment. */
        STATUS_503,
        /** Some other place is named. */
        REDIRECT
    }

    private static final byte[] HTML = """
            HTTP/1.0 200 OK\r
            Content-Type: text/html\r
            Connection: close\r
            \r
            <html><body><h1>Please log in to the guest network</h1></body></html>""".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] ILL = """
            HTTP/1.0 503 Service Unavailable\r
            Retry-After: 1\r
            Content-Length: 0\r
            Connection: close\r
            \r
            """.getBytes(StandardCharsets.US_ASCII);

    private static final byte[] ELSEWHERE = """
            HTTP/1.0 302 Found\r
            Location: https://elsewhere.certwright.test/\r
            Content-Length: 0\r
            Connection: close\r
            \r
            """.getBytes(StandardCharsets.US_ASCII);

    private final TestServer server;
    private final SocketFactory upstream;
    private final int target;
    private final AtomicInteger exchanges = new AtomicInteger();
    private final AtomicReference<Plan> plan = new AtomicReference<>(new Plan(-1, Fault.HTML, ""));
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private final Map<String, UnaryOperator<String>> edits = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** Changes the body of each answer to a request whose path begins so; it is sent as JSON with status 200. */
    public void edit(String path, String headers, UnaryOperator<String> change) {
        rewrite(
                path,
                answer -> "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\n" + headers
                        + "\r\n\r\n" + change.apply(bodyOf(answer)));
    }

    /** Changes each answer to a request whose path begins so, head and body. */
    public void rewrite(String path, UnaryOperator<String> change) {
        edits.put(path, change);
    }

    /** Hands on again what the server says there. */
    public void leaveAlone(String path) {
        edits.remove(path);
    }

    /** All requests since the last plan, whole. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private byte[] edited(byte[] request, byte[] answer) {
        String path = new String(request, StandardCharsets.ISO_8859_1).split(" ", 3)[1];
        return edits.entrySet().stream()
                .filter(edit -> path.startsWith(edit.getKey()))
                .findFirst()
                .map(edit -> edit.getValue().apply(new String(answer, StandardCharsets.UTF_8)))
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .orElse(answer);
    }

    private static String bodyOf(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    /** The exchange of a number, or all whose path begins so where {@code exchange} is {@link #EACH}. */
    private record Plan(int exchange, Fault fault, String path) {
        private static final int EACH = -2;

        boolean spoils(int number, byte[] request) {
            return exchange == EACH
                    ? new String(request, StandardCharsets.ISO_8859_1).split(" ", 3)[1].startsWith(path)
                    : exchange == number;
        }
    }

    private FaultyRelay(int target, SocketFactory upstream) {
        this.target = target;
        this.upstream = upstream;
        TestCa root = TestCa.root("CN=Relay Root", Instant.now());
        var leaf = root.leaf("localhost").ips("127.0.0.1");
        this.root = root;
        this.server = TestServer.tls(leaf.keyPair(), List.of(leaf.certificate()), settings -> {}, this::relay);
    }

    private final TestCa root;

    /**
     * In front of a TLS server at this port.
     *
     * @param trust for the server's TLS
     */
    public static FaultyRelay to(int port, SSLContext trust) {
        return new FaultyRelay(port, trust.getSocketFactory());
    }

    /** In front of a server that speaks plain HTTP at this port. */
    public static FaultyRelay toPlain(int port) {
        return new FaultyRelay(port, SocketFactory.getDefault());
    }

    public int port() {
        return server.port();
    }

    /** Vouches for the relay's own TLS. */
    public TestCa root() {
        return root;
    }

    /** Counts from now on, and spoils the exchange of this number, the first being 0; -1 spoils none. */
    public void spoil(int exchange, Fault fault) {
        exchanges.set(0);
        asked.clear();
        requests.clear();
        plan.set(new Plan(exchange, fault, ""));
    }

    /** From now on, each exchange whose path begins so. */
    public void spoilEach(String path, Fault fault) {
        plan.set(new Plan(Plan.EACH, fault, path));
    }

    public int exchanges() {
        return exchanges.get();
    }

    /** The first lines of all requests since the last plan. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void relay(Socket caller) throws IOException {
        ((SSLSocket) caller).startHandshake();
        byte[] request = requestFrom(caller.getInputStream());
        if (request.length == 0) {
            return;
        }
        asked.add(new String(request, StandardCharsets.ISO_8859_1)
                .lines()
                .findFirst()
                .orElse(""));
        requests.add(new String(request, StandardCharsets.UTF_8));
        Plan now = plan.get();
        boolean spoiled = now.spoils(exchanges.getAndIncrement(), request);
        if (!spoiled) {
            caller.getOutputStream().write(edited(request, answerTo(request)));
            return;
        }
        spoil(caller, request, now.fault());
    }

    private void spoil(Socket caller, byte[] request, Fault fault) throws IOException {
        switch (fault) {
            case RESET_BEFORE -> caller.setSoLinger(true, 0);
            case RESET_AFTER -> {
                answerTo(request);
                caller.setSoLinger(true, 0);
            }
            case TRUNCATED -> {
                byte[] answer = answerTo(request);
                caller.getOutputStream().write(answer, 0, answer.length - answer.length / 3);
            }
            case HTML -> caller.getOutputStream().write(HTML);
            case STATUS_503 -> caller.getOutputStream().write(ILL);
            case REDIRECT -> caller.getOutputStream().write(ELSEWHERE);
        }
    }

    /** As HTTP/1.0, so that the end of the connection is the end of the answer. */
    private byte[] answerTo(byte[] request) throws IOException {
        byte[] old = new String(request, StandardCharsets.ISO_8859_1)
                .replaceFirst(" HTTP/1.1\r\n", " HTTP/1.0\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        try (Socket server = upstream.createSocket(InetAddress.getLoopbackAddress(), target)) {
            server.setSoTimeout(20_000);
            server.getOutputStream().write(old);
            server.getOutputStream().flush();
            byte[] answer = server.getInputStream().readAllBytes();
            return new String(answer, StandardCharsets.ISO_8859_1)
                    .replaceFirst("\r\n", "\r\nConnection: close\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private static byte[] requestFrom(InputStream in) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        String head = "";
        while (!head.endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return new byte[0];
            }
            request.write(next);
            head = request.toString(StandardCharsets.ISO_8859_1);
        }
        int length = head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .map(line -> Integer.parseInt(
                        line.substring("content-length:".length()).strip()))
                .findFirst()
                .orElse(0);
        request.writeBytes(in.readNBytes(length));
        return request.toByteArray();
    }

    @Override
    public void close() {
        server.close();
    }
}
