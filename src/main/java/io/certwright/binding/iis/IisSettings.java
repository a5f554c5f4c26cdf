package io.certwright.binding.iis;

import io.certwright.binding.BindingName;
import io.certwright.binding.HostName;
import io.certwright.certificate.Printable;
import io.certwright.config.ConfigMapping;
import java.util.Collection;
import java.util.Optional;

/**
 * Which https bindings a certificate is for: {@code { type: iis, host: wsus01, site: "WSUS Administration", port: 8531 }}.
 *
 * @param host as the settings call it in their section of hosts
 * @param site the name of the site, as IIS Manager shows it; compared whatever its case
 */
public record IisSettings(HostName host, String site, int port) {
    private static final int LONGEST_SITE = 260;
    private static final int DEFAULT_PORT = 443;

    public IisSettings {
        if (site.isBlank() || site.length() > LONGEST_SITE || site.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "got site " + Printable.quote(site) + ", wanted the name of a site in IIS, 1 to " + LONGEST_SITE
                            + " characters without control characters");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("got port " + port + ", wanted 1 to 65535");
        }
    }

    /** Reads an item of {@code bind} whose type is {@code iis}. */
    public static Optional<IisSettings> read(ConfigMapping node, Collection<String> hosts) {
        node.text("type");
        Optional<String> host = node.required("host", node.reference("host", hosts));
        String site = node.requiredText("site");
        int port = node.integer("port", 1, 65535, DEFAULT_PORT);
        return node.build(() -> new IisSettings(new HostName(host.orElseThrow()), site, port));
    }

    /** The name of a binding with these settings. */
    public BindingName name() {
        return BindingName.ofSite(host, site, port);
    }
}
