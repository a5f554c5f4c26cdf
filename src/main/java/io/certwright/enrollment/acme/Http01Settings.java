package io.certwright.enrollment.acme;

import io.certwright.certificate.Printable;
import io.certwright.config.ConfigMapping;
import io.certwright.probe.Endpoint;
import io.certwright.windows.ChallengeCall;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the CA's request to port 80 is answered: by a listener of ours, which runs only while the CA looks, or by a web server that
 * serves a folder, on this machine or on a Windows host.
 *
 * @param listen where our own listener waits
 * @param webRoot the root folder of a web server that answers on port 80 for the names
 * @param onHost the same on a Windows host
 */
public record Http01Settings(Optional<Endpoint> listen, Optional<Path> webRoot, Optional<HostFolder> onHost) {
    public Http01Settings {
        long ways =
                Stream.of(listen, webRoot, onHost).filter(Optional::isPresent).count();
        if (ways != 1) {
            throw new IllegalArgumentException(
                    "got " + (ways > 1 ? "both listen and web-root" : "neither listen nor web-root")
                            + ", wanted exactly one of them");
        }
    }

    /**
     * The root folder of a site of IIS that answers on port 80 for the names.
     *
     * @param host of the settings
     * @param webRoot as that host writes it: {@code C:\inetpub\wwwroot}
     */
    public record HostFolder(String host, String webRoot) {
        public HostFolder {
            ChallengeCall.requireWebRoot(webRoot);
        }
    }

    static Http01Settings listening(Endpoint address) {
        return new Http01Settings(Optional.of(address), Optional.empty(), Optional.empty());
    }

    static Http01Settings inFolder(Path webRoot) {
        return new Http01Settings(Optional.empty(), Optional.of(webRoot), Optional.empty());
    }

    static Http01Settings onHost(String host, String webRoot) {
        return new Http01Settings(Optional.empty(), Optional.empty(), Optional.of(new HostFolder(host, webRoot)));
    }

    static Optional<Http01Settings> read(ConfigMapping node) {
        Optional<String> host = node.text("host");
        Optional<Endpoint> listen = node.value("listen", Http01Settings::address);
        Optional<Path> here = host.isPresent() ? Optional.empty() : node.path("web-root");
        Optional<HostFolder> there = host.flatMap(name -> node.value("web-root", text -> new HostFolder(name, text)));
        return node.build(() -> {
            if (host.isPresent() && listen.isPresent()) {
                throw new IllegalArgumentException("got host beside listen, wanted it beside web-root only");
            }
            return new Http01Settings(listen, here, there);
        });
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
