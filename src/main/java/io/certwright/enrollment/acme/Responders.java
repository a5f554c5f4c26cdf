package io.certwright.enrollment.acme;

import io.certwright.enrollment.IssuerName;
import io.certwright.windows.WindowsHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The ways to prove a name that are set up, the cheapest first. */
final class Responders {
    private static final Duration LONGEST_HOOK = Duration.ofSeconds(30);

    private Responders() {}

    static List<Responder> of(
            IssuerName issuer, AcmeSettings settings, ShownAnswers shown, Function<String, WindowsHost> hosts) {
        List<Responder> all = new ArrayList<>();
        settings.http01().ifPresent(http -> {
            http.listen().ifPresent(address -> all.add(new Http01Listener(issuer, address, shown)));
            http.webRoot().ifPresent(folder -> all.add(new WebRoot(issuer, folder)));
            http.onHost()
                    .ifPresent(there -> all.add(new HostWebRoot(issuer, hosts.apply(there.host()), there.webRoot())));
        });
        settings.dns01().ifPresent(dns -> {
            dns.server().ifPresent(server -> all.add(new DnsUpdates(issuer, server, dns)));
            if (!dns.hook().isEmpty()) {
                all.add(new DnsHook(issuer, dns.hook(), LONGEST_HOOK));
            }
        });
        return List.copyOf(all);
    }
}
