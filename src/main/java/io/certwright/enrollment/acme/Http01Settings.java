package io.certwright.enrollment.acme;

import io.certwright.certificate.Printable;
import io.certwright.config.ConfigMapping;
import io.certwright.probe.Endpoint;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the CA's request to port 80 is answered: by a listener of ours, which runs only while the CA looks, or by a web server that
 * serves a folder.
 *
 * @param listen where our own listener waits
 * @param webRoot the root folder of a web server that answers on port 80 for the names
 */
public record Http01Settings(Optional<Endpoint> listen, Optional<Path> webRoot) {
    public Http01Settings {
        if (listen.isPresent() == webRoot.isPresent()) {
            throw new IllegalArgumentException(
                    "got " + (listen.isPresent() ? "both listen and web-root" : "neither listen nor web-root")
                            + ", wanted exactly one of them");
        }
    }

    static Optional<Http01Settings> read(ConfigMapping node) {
        Optional<Endpoint> listen = node.value("listen", Http01Settings::address);
        Optional<Path> webRoot = node.path("web-root");
        return node.build(() -> new Http01Settings(listen, webRoot));
    }

    private static Endpoint address(String text) {
        try {
            return Endpoint.parse(text);
        } catch (IllegalArgumentException notAnEndpoint) {
            throw new IllegalArgumentException(
                    "got " + Printable.quote(text) + ", wanted ADDRESS:PORT such as 0.0.0.0:80", notAnEndpoint);
        }
    }
}
