package io.certwright.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of this machine for servers that cannot choose one themselves. Below those that a system gives to whoever asks for any (Linux: from
 * 32768), so that no connection takes one before its server does; each once in a process, and test processes begin at different ones.
 */
public final class FreePorts {
    private static final int FIRST = 10_000;
    private static final int COUNT = 20_000;
    private static final int BETWEEN_PROCESSES = 997;
    private static final int MOST_TRIES = 1_000;
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * BETWEEN_PROCESSES % COUNT));

    private FreePorts() {}

    public static int one() {
        return first(1);
    }

    /** The lower of two side by side. */
    public static int pair() {
        return first(2);
    }

    private static int first(int sideBySide) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            int port = FIRST + Math.floorMod(NEXT.getAndAdd(sideBySide), COUNT);
            if (isFree(port) && (sideBySide == 1 || isFree(port + 1))) {
                return port;
            }
        }
        throw new IllegalStateException("no free port in " + MOST_TRIES + " tries");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
