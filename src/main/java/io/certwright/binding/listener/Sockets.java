package io.certwright.binding.listener;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import io.certwright.certificate.Printable;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;

/** Opens server sockets, with one sentence where that fails. */
final class Sockets {
    private static final int BACKLOG = 128;

    private Sockets() {}

    static HttpsServer https(String what, InetSocketAddress address) throws LifecycleException {
        try {
            return HttpsServer.create(address, BACKLOG);
        } catch (IOException failed) {
            throw refused(what, address, failed);
        }
    }

    static HttpServer http(String what, InetSocketAddress address) throws LifecycleException {
        try {
            return HttpServer.create(address, BACKLOG);
        } catch (IOException failed) {
            throw refused(what, address, failed);
        }
    }

    /** Says early what would only be noticed once there is something to serve. */
    static void requireFree(String what, InetSocketAddress address) throws LifecycleException {
        try (ServerSocket trial = new ServerSocket()) {
            trial.bind(address);
        } catch (IOException taken) {
            throw refused(what, address, taken);
        }
    }

    private static LifecycleException refused(String what, InetSocketAddress address, IOException failed) {
        String place = address.getHostString() + ":" + address.getPort();
        return new LifecycleException(
                FailureKind.REFUSED,
                "PORT_NOT_AVAILABLE",
                what + ": cannot listen on " + place + ": " + why(address, failed),
                failed);
    }

    private static String why(InetSocketAddress address, IOException failed) {
        String reason = Optional.ofNullable(failed.getMessage()).orElse("");
        if (address.isUnresolved()) {
            return "the host name does not resolve; use an address of this machine";
        }
        if (failed instanceof BindException && reason.contains("in use")) {
            return "the port is taken; end the program that listens there or choose another port";
        }
        if (reason.contains("ermission")) {
            return "ports below 1024 need more rights; choose another port or give the right to bind it";
        }
        return Printable.escape(reason, 120) + "; use an address of this machine and a free port";
    }
}
