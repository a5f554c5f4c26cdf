package io.certwright.app.settings;

import io.certwright.binding.HostName;
import io.certwright.config.ConfigMapping;
import io.certwright.enrollment.certreq.CertreqIssuer;
import io.certwright.enrollment.certreq.CertreqParts;
import io.certwright.enrollment.certreq.CertreqSettings;
import io.certwright.enrollment.windowsstore.WindowsStoreIssuer;
import io.certwright.enrollment.windowsstore.WindowsStoreParts;
import io.certwright.enrollment.windowsstore.WindowsStoreSettings;
import java.util.Optional;

/** The kinds of issuers that are asked on a Windows host of the settings. */
final class HostIssuers {
    private HostIssuers() {}

    static Optional<IssuerChoice> certreq(ConfigMapping node) {
        return CertreqSettings.read(node)
                .map(settings -> new IssuerOnHost(
                        settings.host(),
                        false,
                        (name, parts) -> new CertreqIssuer(
                                name,
                                settings,
                                new CertreqParts(
                                        parts.hosts().get(new HostName(settings.host())),
                                        parts.memory(),
                                        parts.clock(),
                                        parts.random(),
                                        parts.pause()))));
    }

    static Optional<IssuerChoice> windowsStore(ConfigMapping node) {
        return WindowsStoreSettings.read(node)
                .map(settings -> new IssuerOnHost(
                        settings.host(),
                        true,
                        (name, parts) -> new WindowsStoreIssuer(
                                name,
                                settings,
                                new WindowsStoreParts(
                                        parts.hosts().get(new HostName(settings.host())),
                                        parts.memory(),
                                        parts.clock()))));
    }
}
