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

/**
 * Whether a host from which the server is administered, or which takes its updates from there, could connect over TLS, and if not, which of
 * the three is missing: the name, the port or the trust.
 */
final class ConsoleTest {
    private final WindowsHost console;
    private final String from;
    private final String code;

    private ConsoleTest(WindowsHost console, String from, String code) {
        this.console = console;
        this.from = from;
        this.code = code;
    }

    static ConsoleTest ofConsole(WindowsHost console, HostName host) {
        return new ConsoleTest(console, "console host " + host + ": ", "CONSOLE_");
    }

    /** A downstream server needs the root of its upstream, too, in the store of its machine. */
    static ConsoleTest ofDownstream(WindowsHost below, HostName host) {
        return new ConsoleTest(below, "downstream server " + host + ": ", "DOWNSTREAM_");
    }

    Optional<WsusDrift> reach(WsusServer server) {
        try {
            if (console.perform(new GetNameAddresses(server.sslName()))
                    .addresses()
                    .isEmpty()) {
                return drift("NAME", from + "does not resolve " + server.sslName(), "add the name to DNS");
            }
        } catch (LifecycleException silent) {
            return drift("UNREACHED", from + silent.getMessage(), "correct the host's transport in the settings");
        }
        try {
            return console.perform(new GetWsusByName(server.sslName(), server.port()))
                            .secure()
                    ? Optional.empty()
                    : handshake(server);
        } catch (CallFailedException refused) {
            Optional<WsusDrift> reason = handshake(server);
            return reason.isPresent()
                    ? reason
                    : drift("REFUSED", from + refused.getMessage(), "look at the WSUS console there");
        } catch (LifecycleException notAsked) {
            return handshake(server);
        }
    }

    /** Also where the console's own way cannot be gone from here, because it needs a logon with network credentials. */
    private Optional<WsusDrift> handshake(WsusServer server) {
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
                            "TRUST",
                            from + "does not trust what " + server.sslName() + ":" + server.port() + " presents ("
                                    + presented.trustErrors() + ")",
                            "give it the trust package of the clients; it needs the root, too, in Trusted Root of Local Computer");
        } catch (LifecycleException refused) {
            return drift(
                    "PORT",
                    from + "gets no TLS answer from " + server.sslName() + ":" + server.port() + " ("
                            + refused.getMessage() + ")",
                    "open the port in the firewalls between them");
        }
    }

    private Optional<WsusDrift> drift(String what, String sentence, String fix) {
        return Optional.of(new WsusDrift(code + what, sentence, fix));
    }
}
