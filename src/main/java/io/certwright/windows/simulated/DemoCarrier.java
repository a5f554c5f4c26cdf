package io.certwright.windows.simulated;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.BoundedOutput;
import io.certwright.windows.Carrier;
import io.certwright.windows.Visit;
import io.certwright.windows.VisitFailure;
import io.certwright.windows.VisitOutput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Base64;

/** Visits the simulated server of {@code certwright demo windows} in another process of this machine. */
public final class DemoCarrier implements Carrier {
    /** Where the demo lets visits in unless it is told otherwise. */
    public static final int STANDARD_PORT = 8599;

    private static final int CONNECTING_MILLIS = 5_000;

    private final String host;
    private final int port;

    public DemoCarrier(String host, int port) {
        this.host = host;
        this.port = port;
    }

    @Override
    public boolean hasNetworkLogon() {
        return true;
    }

    @Override
    public VisitOutput carry(Visit visit) throws LifecycleException {
        BoundedOutput answer = BoundedOutput.ofAnswer();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECTING_MILLIS);
            socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, visit.limit().toMillis()));
            socket.getOutputStream().write(Base64.getEncoder().encode(visit.input()));
            socket.getOutputStream().write('\n');
            socket.getOutputStream().flush();
            socket.getInputStream().transferTo(answer);
            return new VisitOutput(0, answer.text(), "");
        } catch (SocketTimeoutException hangs) {
            throw VisitFailure.tooSlow(host, visit.limit());
        } catch (IOException nobody) {
            throw new LifecycleException(
                    FailureKind.UNREACHABLE,
                    "HOST_UNREACHABLE",
                    VisitFailure.of(host) + "no simulated server answers at 127.0.0.1:" + port
                            + "; start it with certwright demo windows, or name another transport than simulated",
                    nobody);
        }
    }
}
