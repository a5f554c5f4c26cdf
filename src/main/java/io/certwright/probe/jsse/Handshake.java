package io.certwright.probe.jsse;

import io.certwright.certificate.CertificateChain;
import io.certwright.probe.Endpoint;
import io.certwright.probe.PresentedCertificate;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** One handshake over one connected socket, with an {@code SSLContext} of its own, so that no session is ever resumed. */
final class Handshake {
    private final Endpoint endpoint;
    private final Socket socket;
    private final RecordReader records;
    private final RecordingTrust trust = new RecordingTrust();
    private final SSLEngine engine;
    private final ByteBuffer outgoing;
    private final ByteBuffer unused;
    private ByteBuffer incoming = ByteBuffer.allocate(0);
    private @Nullable SSLSession proven;

    Handshake(Endpoint endpoint, Socket socket, Deadline deadline, List<String> protocols) {
        this.endpoint = endpoint;
        this.socket = socket;
        this.records = new RecordReader(socket, deadline);
        this.engine = newEngine(protocols);
        this.outgoing = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        this.unused = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    }

    PresentedCertificate perform() throws IOException {
        try {
            engine.beginHandshake();
            while (isUnfinished(engine.getHandshakeStatus())) {
                step(engine.getHandshakeStatus());
            }
            return presented(engine.getSession());
        } catch (IOException ended) {
            if (proven != null) {
                return presented(proven);
            }
            tellTheServer();
            throw ended;
        }
    }

    /**
     * A server that insists on a client certificate ends the handshake after it has shown its chain and signed the key
     * exchange, which JSSE has checked before it answers. Plain RSA key exchange signs nothing.
     */
    private void noteWhatIsProven() {
        SSLSession begun = engine.getHandshakeSession();
        if (begun != null && !trust.shown().isEmpty() && !begun.getCipherSuite().startsWith("TLS_RSA_")) {
            proven = begun;
        }
    }

    private PresentedCertificate presented(SSLSession session) {
        return new PresentedCertificate(
                endpoint, new CertificateChain(trust.shown()), session.getProtocol(), session.getCipherSuite());
    }

    private static boolean isUnfinished(HandshakeStatus status) {
        return status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED;
    }

    private void step(HandshakeStatus status) throws IOException {
        if (status == HandshakeStatus.NEED_TASK) {
            runTasks();
        } else if (status == HandshakeStatus.NEED_WRAP) {
            send();
        } else {
            receive();
        }
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private void send() throws IOException {
        outgoing.clear();
        engine.wrap(ByteBuffer.allocate(0), outgoing);
        noteWhatIsProven();
        socket.getOutputStream().write(outgoing.array(), 0, outgoing.position());
    }

    private void receive() throws IOException {
        if (!incoming.hasRemaining()) {
            incoming = records.next();
        }
        engine.unwrap(incoming, unused);
        unused.clear();
    }

    /** Sends the alert that the engine has prepared; the failure that is on its way to the caller matters more. */
    private void tellTheServer() {
        try {
            if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                send();
            }
        } catch (IOException gone) {
            engine.closeOutbound();
        }
    }

    private SSLEngine newEngine(List<String> protocols) {
        SSLEngine fresh = newContext().createSSLEngine();
        fresh.setUseClientMode(true);
        SSLParameters parameters = fresh.getSSLParameters();
        parameters.setProtocols(protocols.toArray(String[]::new));
        parameters.setServerNames(endpoint.sni()
                .map(name -> List.<SNIServerName>of(new SNIHostName(name.value())))
                .orElse(List.of()));
        fresh.setSSLParameters(parameters);
        return fresh;
    }

    private SSLContext newContext() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this JDK has no TLS", impossible);
        }
    }
}
