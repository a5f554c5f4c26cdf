package io.certwright.windows.simulated;

import io.certwright.windows.VisitRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets other processes of this machine visit a simulated server: a line of Base64 in, what the script would print out. */
final class DemoDoor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DemoDoor.class);

    private static final int LONGEST_TALK_MILLIS = 30_000;
    private static final int LONGEST_WAKING_MILLIS = 2_000;

    private final SimulatedServer server;
    private final ServerSocket socket;
    private final Thread accepting = new Thread(this::accept, "simulated-door");

    private DemoDoor(SimulatedServer server, ServerSocket socket) {
        this.server = server;
        this.socket = socket;
    }

    static DemoDoor open(SimulatedServer server, int port) throws IOException {
        DemoDoor door = new DemoDoor(server, new ServerSocket(port, 20, InetAddress.getLoopbackAddress()));
        door.accepting.setDaemon(true);
        door.accepting.start();
        return door;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try (Socket caller = socket.accept()) {
                caller.setSoTimeout(LONGEST_TALK_MILLIS);
                answer(caller);
            } catch (IOException | IllegalArgumentException callerLeft) {
                LOG.debug("A caller left: {}", callerLeft.getMessage());
            }
        }
    }

    private void answer(Socket caller) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII));
        String line = in.readLine();
        if (line != null) {
            byte[] input = Base64.getDecoder().decode(line);
            caller.getOutputStream().write(server.answer(VisitRequest.of(input)).getBytes(StandardCharsets.US_ASCII));
            caller.getOutputStream().flush();
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        try {
            // Until it has woken up, one more caller would be let in.
            accepting.join(LONGEST_WAKING_MILLIS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
