package io.certwright.binding.listener;

import io.certwright.config.ConfigMapping;
import io.certwright.probe.Endpoint;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where Certwright's own servers listen: {@code service: { listen: "127.0.0.1:8443", listen-plain: "0.0.0.0:8080" }}.
 *
 * @param listen of the HTTPS listener
 * @param listenPlain of the plain HTTP one that hands out revocation lists; none where it is not set
 */
public record ListenerSettings(Endpoint listen, Optional<Endpoint> listenPlain) {
    /** Nobody outside this machine until somebody says so. */
    static final Endpoint DEFAULT = Endpoint.of("127.0.0.1", 8443);

    public ListenerSettings {
        if (listenPlain.filter(listen::equals).isPresent()) {
            throw new IllegalArgumentException(
                    "got " + listen + " for both listen and listen-plain, wanted two different ports");
        }
    }

    /** Reads the mapping {@code service}. */
    public static Optional<ListenerSettings> read(ConfigMapping service) {
        Optional<Endpoint> listen = service.value("listen", Endpoint::parse);
        Optional<Endpoint> plain = service.value("listen-plain", Endpoint::parse);
        return service.build(() -> new ListenerSettings(listen.orElse(DEFAULT), plain));
    }

    /** The address to bind to, a host name resolved. */
    static InetSocketAddress addressOf(Endpoint listen) {
        return new InetSocketAddress(listen.host(), listen.port());
    }
}
