package io.certwright.windows.simulated;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSocket;

/**
 * Real listeners on loopback addresses for the ports of a simulated server's sites: TLS with the certificate that http.sys has for the
 * address, port and server name of the handshake, and plain HTTP. Each connection is one request. A site that is stopped or a handshake
 * that http.sys has no entry for is hung up on.
 */
public final class TlsFront implements AutoCloseable {
    private static final int LONGEST_TALK_MILLIS = 15_000;

    private final SimulatedServer server;
    private final List<ServerSocket> sockets = new ArrayList<>();
    private final Set<Socket> callers = ConcurrentHashMap.newKeySet();

    private TlsFront(SimulatedServer server) {
        this.server = server;
    }

    /** Listens on every port that a site has now, at each of the addresses. */
    public static TlsFront open(SimulatedServer server, List<String> addresses) throws IOException {
        TlsFront front = new TlsFront(server);
        try {
            for (Map.Entry<Integer, String> port : server.listening().entrySet()) {
                for (String address : addresses) {
                    front.listen(address, port.getKey());
                }
            }
            return front;
        } catch (IOException taken) {
            front.close();
            throw taken;
        }
    }

    private void listen(String address, int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        sockets.add(socket);
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
        start(() -> accept(socket), "simulated-" + port);
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket caller = socket.accept();
                callers.add(caller);
                caller.setSoTimeout(LONGEST_TALK_MILLIS);
                start(() -> talk(caller), "simulated-caller");
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void talk(Socket caller) {
        try (caller) {
            String protocol = server.listening().getOrDefault(caller.getLocalPort(), "none");
            if (protocol.equals("https")) {
                try (SSLSocket secure = HttpSysTls.over(server, caller)) {
                    secure.startHandshake();
                    answer(secure, "https");
                }
            } else if (protocol.equals("http")) {
                answer(caller, "http");
            }
        } catch (IOException | GeneralSecurityException hungUp) {
            return;
        } finally {
            callers.remove(caller);
        }
    }

    private void answer(Socket caller, String protocol) throws IOException {
        String line = HttpText.firstLine(caller.getInputStream());
        if (line.isEmpty()) {
            return;
        }
        String answer;
        try {
            answer = answerTo(protocol, caller.getLocalPort(), HttpText.pathOf(line));
        } catch (WindowsError noSite) {
            return;
        }
        caller.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        caller.getOutputStream().flush();
    }

    private String answerTo(String protocol, int port, String path) throws WindowsError {
        Optional<String> file = server.findServed(port, path);
        return file.isPresent() ? HttpText.file(file.get()) : HttpText.answer(server.webStatus(protocol, port, path));
    }

    private static void start(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        sockets.forEach(TlsFront::closeQuietly);
        callers.forEach(TlsFront::closeQuietly);
    }

    private static void closeQuietly(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception gone) {
            return;
        }
    }
}
