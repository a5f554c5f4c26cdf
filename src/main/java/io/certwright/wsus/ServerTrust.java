package io.certwright.wsus;

import io.certwright.failure.LifecycleException;
import io.certwright.windows.ProbeCall.GetPresentedCertificate;
import io.certwright.windows.ProbeCall.Presented;
import io.certwright.windows.WindowsHost;
import java.util.Optional;

/**
 * Whether the server itself trusts what it serves. Once WSUS counts itself as using TLS, its own console and ConfigMgr on it connect over
 * TLS, too, so that a missing root locks people out.
 */
final class ServerTrust {
    private static final String THIS_MACHINE = "127.0.0.1";

    private ServerTrust() {}

    /** Empty where it does, and where nothing is served that could be trusted. */
    static Optional<WsusDrift> find(WindowsHost calls, WsusServer server) {
        try {
            Presented presented = calls.perform(new GetPresentedCertificate(
                    THIS_MACHINE, server.port(), Optional.of(server.sslName().value())));
            boolean trusted =
                    presented.trustErrors().isEmpty() || presented.trustErrors().equals("None");
            return trusted
                    ? Optional.empty()
                    : Optional.of(new WsusDrift(
                            "SERVER_TRUST",
                            "the server does not trust what it serves itself for " + server.sslName() + " ("
                                    + presented.trustErrors() + "), so that its own console could not connect over TLS",
                            "import the root there into Trusted Root of Local Computer: it is in the trust package of the"
                                    + " clients, with a script that does it"));
        } catch (LifecycleException nothingServed) {
            return Optional.empty();
        }
    }
}
