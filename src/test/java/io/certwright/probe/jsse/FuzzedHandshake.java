package io.certwright.probe.jsse;

import io.certwright.failure.LifecycleException;
import io.certwright.probe.Endpoint;
import io.certwright.probe.StartTls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/** A handshake with a server whose every word is given beforehand, opened for fuzzing. */
public final class FuzzedHandshake {
    private static final Endpoint ENDPOINT = Endpoint.of("wsus.contoso.com", 443);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private FuzzedHandshake() {}

    /** Throws what a look would throw. */
    public static void with(byte[] said) throws LifecycleException {
        try (Socket server = new Saying(said)) {
            var unused = new Handshake(ENDPOINT, server, Deadline.in(LIMIT), List.of("TLSv1.3", "TLSv1.2")).perform();
        } catch (IOException failed) {
            throw ProbeFailure.of(ENDPOINT, LIMIT, failed);
        }
    }

    /** The words before the handshake. Throws what a look would throw. */
    public static void beginning(StartTls protocol, byte[] said) throws LifecycleException {
        Endpoint endpoint = ENDPOINT.beginningWith(protocol);
        try (Socket server = new Saying(said)) {
            StartTlsTalk.with(endpoint, server, Deadline.in(LIMIT));
        } catch (IOException failed) {
            throw ProbeFailure.of(endpoint, LIMIT, failed);
        }
    }

    private static final class Saying extends Socket {
        private final InputStream said;

        Saying(byte[] said) {
            this.said = new ByteArrayInputStream(said);
        }

        @Override
        public InputStream getInputStream() {
            return said;
        }

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public void setSoTimeout(int millis) {}
    }
}
