package io.certwright.wsus;

import io.certwright.binding.HostName;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.CallFailedException;
import io.certwright.windows.HostCall.GetNameAddresses;
import io.certwright.windows.ProbeCall.GetPresentedCertificate;
import io.certwright.windows.ProbeCall.Presented;
import io.certwright.windows.WindowsHost;
import io.certwright.windows.WsusCall.GetWsusByName;
import java.util.Optional;

/** Whether a console's host could connect over TLS, and if not, which of the three is missing: the name, the port or the trust. */
final class ConsoleTest {
    private final WindowsHost console;
    private final HostName host;

    ConsoleTest(WindowsHost console, HostName host) {
        this.console = console;
        this.host = host;
    }

    Optional<WsusDrift> reach(WsusServer server) {
        String from = "console host " + host + ": ";
        try {
            if (console.perform(new GetNameAddresses(server.sslName()))
                    .addresses()
                    .isEmpty()) {
                return drift("CONSOLE_NAME", from + "does not resolve " + server.sslName(), "add the name to DNS");
            }
        } catch (LifecycleException silent) {
            return drift(
                    "CONSOLE_UNREACHED", from + silent.getMessage(), "correct the host's transport in the settings");
        }
        try {
            return console.perform(new GetWsusByName(server.sslName(), server.port()))
                            .secure()
                    ? Optional.empty()
                    : handshake(server, from);
        } catch (CallFailedException refused) {
            Optional<WsusDrift> reason = handshake(server, from);
            return reason.isPresent()
                    ? reason
                    : drift("CONSOLE_REFUSED", from + refused.getMessage(), "look at the WSUS console there");
        } catch (LifecycleException notAsked) {
            return handshake(server, from);
        }
    }

    /** Also where the console's own way cannot be gone from here, because it needs a logon with network credentials. */
    private Optional<WsusDrift> handshake(WsusServer server, String from) {
        try {
            Presented presented = console.perform(new GetPresentedCertificate(
                    server.sslName().value(),
                    server.port(),
                    Optional.of(server.sslName().value())));
            boolean trusted =
                    presented.trustErrors().isEmpty() || presented.trustErrors().equals("None");
            return trusted
                    ? Optional.empty()
                    : drift(
                            "CONSOLE_TRUST",
                            from + "does not trust what " + server.sslName() + ":" + server.port() + " presents ("
                                    + presented.trustErrors() + ")",
                            "give it the trust package of the clients; consoles need the root, too");
        } catch (LifecycleException refused) {
            return drift(
                    "CONSOLE_PORT",
                    from + "gets no TLS answer from " + server.sslName() + ":" + server.port() + " ("
                            + refused.getMessage() + ")",
                    "open the port in the firewalls between them");
        }
    }

    private static Optional<WsusDrift> drift(String code, String sentence, String fix) {
        return Optional.of(new WsusDrift(code, sentence, fix));
    }
}
