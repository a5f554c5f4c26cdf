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

/** Lets other processes visit a simulated server, as the demo does. A visitor whose connection is lost by plan is killed first. */
public final class KillingDoor implements AutoCloseable {
    private final SimulatedServer server;
    private final ServerSocket socket;
    private volatile Runnable kill = () -> {};

    private KillingDoor(SimulatedServer server, ServerSocket socket) {
        this.server = server;
        this.socket = socket;
    }

    public static KillingDoor open(SimulatedServer server) throws IOException {
        KillingDoor door = new KillingDoor(server, new ServerSocket(0, 20, InetAddress.getLoopbackAddress()));
        Thread accepting = new Thread(door::accept, "killing-door");
        accepting.setDaemon(true);
        accepting.start();
        return door;
    }

    /** What is done to the visitor when a {@link Mishap.Kind#CONNECTION_LOST} strikes. */
    public void killBy(Runnable next) {
        kill = next;
    }

    public int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try (Socket caller = socket.accept()) {
                answer(caller);
            } catch (IOException callerGone) {
                // The next one may come.
            }
        }
    }

    private void answer(Socket caller) throws IOException {
        String line = new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
        if (line == null) {
            return;
        }
        String answer = server.answer(VisitRequest.of(Base64.getDecoder().decode(line)));
        if (answer.isEmpty()) {
            kill.run();
        }
        caller.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
