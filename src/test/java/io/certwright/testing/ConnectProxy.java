package io.certwright.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP proxy on loopback that opens tunnels (RFC 9110, 9.3.6) to ports of this machine, hands on plain requests to them (7.6), and
 * keeps what it was asked for.
 */
public final class ConnectProxy implements AutoCloseable {
    private final TestServer server = TestServer.tcp(this::serve);
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile boolean refusing;

    /** From now on nobody gets through. */
    public void refuse() {
        refusing = true;
    }

    /** The first line of each question. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    private void serve(Socket caller) throws IOException, InterruptedException {
        String head = headOf(caller.getInputStream());
        String first = head.lines().findFirst().orElse("");
        asked.add(first);
        OutputStream out = caller.getOutputStream();
        if (refusing || first.isEmpty()) {
            out.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return;
        }
        String target = first.split(" ", 3)[1];
        boolean tunnel = first.startsWith("CONNECT ");
        int port = tunnel
                ? Integer.parseInt(target.substring(target.lastIndexOf(':') + 1))
                : URI.create(target).getPort();
        try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), port)) {
            if (tunnel) {
                out.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } else {
                String origin = head.replaceFirst(" http://[^/ ]*", " ");
                upstream.getOutputStream().write(origin.getBytes(StandardCharsets.ISO_8859_1));
            }
            Thread back = new Thread(() -> copy(upstream, caller), "test-proxy-back");
            back.setDaemon(true);
            back.start();
            copy(caller, upstream);
            back.join(20_000);
        }
    }

    private static String headOf(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException hungUp) {
            // Either side may hang up at any moment.
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
