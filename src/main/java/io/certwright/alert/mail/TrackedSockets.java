package io.certwright.alert.mail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Makes plain sockets that the tracker knows. */
final class TrackedSockets extends SocketFactory {
    private final SocketTracker tracker;

    TrackedSockets(SocketTracker tracker) {
        this.tracker = tracker;
    }

    @Override
    public Socket createSocket() throws IOException {
        return tracker.track(new Socket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return tracker.track(new Socket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return tracker.track(new Socket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return tracker.track(new Socket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return tracker.track(new Socket(host, port, local, localPort));
    }
}
