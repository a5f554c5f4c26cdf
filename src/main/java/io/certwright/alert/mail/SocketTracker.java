package io.certwright.alert.mail;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets that carry one mail, so that a mail that takes too long can be cut off: the limit of each read never ends a server
 * that sends one byte a second. The sockets below TLS are kept, because closing a TLS socket may itself wait.
 */
final class SocketTracker {
    private static final Logger LOG = LoggerFactory.getLogger(SocketTracker.class);

    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile boolean cutOff;

    /** From now on it is known here. Small writes leave at once: SMTP is question and answer, and would wait 40 ms for each. */
    <S extends Socket> S track(S socket) throws IOException {
        socket.setTcpNoDelay(true);
        open.add(socket);
        if (cutOff) {
            socket.close();
        }
        return socket;
    }

    /** Ends every connection because the time is up; who waits on one gets an exception. */
    void cutOff() {
        cutOff = true;
        close();
    }

    /** Ends every connection. */
    void close() {
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException alreadyBroken) {
                LOG.debug("mail connection could not be closed: {}", alreadyBroken.getMessage());
            }
        }
    }

    boolean isCutOff() {
        return cutOff;
    }
}
