package io.certwright.cli;

import io.certwright.certificate.DnsName;
import io.certwright.probe.Endpoint;
import io.certwright.probe.StartTls;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How endpoints are looked at, for every command that does. */
final class LookOptions {
    @Option(names = "--sni", paramLabel = "NAME", description = "The server name to send, in place of the host.")
    private Optional<String> sni = Optional.empty();

    @Option(names = "--no-sni", description = "Send no server name.")
    private boolean noSni;

    @Option(names = "--starttls", paramLabel = "PROTOCOL", description = "Ask for TLS first in smtp, ldap or postgres.")
    private Optional<String> startTls = Optional.empty();

    /** Throws {@link WrongUsage} where options exclude each other. */
    void require() {
        if (noSni && sni.isPresent()) {
            throw new WrongUsage("--sni and --no-sni exclude each other: give one of them, or neither.");
        }
    }

    /** The endpoint as the options want it looked at; without options as it is. Throws {@link WrongUsage}. */
    Endpoint apply(Endpoint endpoint) {
        try {
            Endpoint named =
                    sni.map(name -> endpoint.withSni(DnsName.parse(name))).orElse(endpoint);
            Endpoint asked = noSni ? named.withoutSni() : named;
            return startTls.map(word -> asked.beginningWith(StartTls.parse(word)))
                    .orElse(asked);
        } catch (IllegalArgumentException wrong) {
            throw new WrongUsage(wrong.getMessage() + ".");
        }
    }
}
