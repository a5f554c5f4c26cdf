package io.certwright.alert.mail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/** Puts TLS on top of sockets that the tracker then knows; the mail library always brings the connected socket below. */
final class TrackedTls extends SSLSocketFactory {
    private final SSLSocketFactory tls;
    private final SocketTracker tracker;

    TrackedTls(SSLSocketFactory tls, SocketTracker tracker) {
        this.tls = tls;
        this.tracker = tracker;
    }

    @Override
    public Socket createSocket(Socket below, String host, int port, boolean autoClose) throws IOException {
        return tls.createSocket(tracker.track(below), host, port, autoClose);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return tracker.track(tls.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return tracker.track(tls.createSocket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return tracker.track(tls.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return tracker.track(tls.createSocket(host, port, local, localPort));
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return tls.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return tls.getSupportedCipherSuites();
    }
}
