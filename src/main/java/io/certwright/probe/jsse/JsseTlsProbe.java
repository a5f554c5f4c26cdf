package io.certwright.probe.jsse;

import io.certwright.failure.LifecycleException;
import io.certwright.lookup.NameResolution;
import io.certwright.probe.Endpoint;
import io.certwright.probe.PresentedCertificate;
import io.certwright.probe.TlsProbe;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;

/** Looks with the JDK's own TLS, at every address of the host in turn, all within one limit. Safe for use by many threads. */
public final class JsseTlsProbe implements TlsProbe {
    private static final List<String> BOTH = List.of("TLSv1.3", "TLSv1.2");
    private static final List<String> OLDER = List.of("TLSv1.2");

    private final Duration limit;
    private final NameResolution names;

    /** @param limit of one look as a whole: name resolution, connections and handshakes */
    public JsseTlsProbe(Duration limit) {
        this(limit, InetAddress::getAllByName);
    }

    JsseTlsProbe(Duration limit, NameResolution.Source names) {
        this.limit = limit;
        this.names = new NameResolution(names);
    }

    @Override
    public PresentedCertificate look(Endpoint endpoint) throws LifecycleException {
        Deadline deadline = Deadline.in(limit);
        try {
            return lookUntil(endpoint, deadline);
        } catch (IOException failure) {
            throw ProbeFailure.of(endpoint, limit, failure);
        }
    }

    private PresentedCertificate lookUntil(Endpoint endpoint, Deadline deadline) throws IOException {
        try {
            return handshake(endpoint, deadline, BOTH);
        } catch (ConnectException | NoRouteToHostException unreachable) {
            throw unreachable;
        } catch (SSLException | EOFException | SocketException intolerant) {
            return lookWithTls12(endpoint, deadline, intolerant);
        }
    }

    /** Some old servers hang up on a ClientHello that offers TLS 1.3. If it was not that, the first failure tells more. */
    private PresentedCertificate lookWithTls12(Endpoint endpoint, Deadline deadline, IOException first)
            throws IOException {
        try {
            return handshake(endpoint, deadline, OLDER);
        } catch (IOException second) {
            first.addSuppressed(second);
            throw first;
        }
    }

    private PresentedCertificate handshake(Endpoint endpoint, Deadline deadline, List<String> protocols)
            throws IOException {
        try (Socket socket = connect(endpoint, deadline)) {
            StartTlsTalk.with(endpoint, socket, deadline);
            return new Handshake(endpoint, socket, deadline, protocols).perform();
        }
    }

    private Socket connect(Endpoint endpoint, Deadline deadline) throws IOException {
        List<InetAddress> addresses = names.addressesOf(endpoint.host(), deadline.left());
        IOException last = new SocketTimeoutException("no address was tried");
        for (int i = 0; i < addresses.size(); i++) {
            try {
                // A share of the time for each address: a dead first one must leave some for the others.
                int share = Math.max(1, deadline.millisLeft() / (addresses.size() - i));
                return connect(new InetSocketAddress(addresses.get(i), endpoint.port()), share);
            } catch (IOException failed) {
                last = failed;
            }
        }
        throw last;
    }

    /** The socket is the caller's to close once it is connected. */
    private static Socket connect(InetSocketAddress address, int millis) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(address, millis);
            return socket;
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }
}
