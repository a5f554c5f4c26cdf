package io.certwright.app.settings;

import io.certwright.binding.HostName;
import io.certwright.config.ConfigMapping;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.acme.AcmeIssuer;
import io.certwright.enrollment.acme.AcmeParts;
import io.certwright.enrollment.acme.AcmeSettings;
import io.certwright.enrollment.acme.Http01Settings;
import io.certwright.enrollment.certreq.CertreqIssuer;
import io.certwright.enrollment.certreq.CertreqParts;
import io.certwright.enrollment.certreq.CertreqSettings;
import io.certwright.enrollment.windowsstore.WindowsStoreIssuer;
import io.certwright.enrollment.windowsstore.WindowsStoreParts;
import io.certwright.enrollment.windowsstore.WindowsStoreSettings;
import java.util.Optional;

/** The kinds of issuers that are asked on a Windows host of the settings, or show their answers there. */
final class HostIssuers {
    private HostIssuers() {}

    static Optional<IssuerChoice> acme(ConfigMapping node) {
        return AcmeSettings.read(node)
                .map(settings -> settings.http01()
                        .flatMap(Http01Settings::onHost)
                        .<IssuerChoice>map(there -> new IssuerOnHost(
                                node.section("http-01"),
                                there.host(),
                                false,
                                (name, parts) -> acme(name, settings, parts)))
                        .orElseGet(() -> (name, parts) -> acme(name, settings, parts)));
    }

    private static Issuer acme(IssuerName name, AcmeSettings settings, IssuerChoice.Parts parts) {
        return new AcmeIssuer(
                name,
                settings,
                new AcmeParts(
                        parts.memory(),
                        parts.sealer(),
                        parts.clock(),
                        parts.random(),
                        parts.pause(),
                        host -> parts.hosts().toChange(new HostName(host))));
    }

    static Optional<IssuerChoice> certreq(ConfigMapping node) {
        return CertreqSettings.read(node)
                .map(settings -> new IssuerOnHost(
                        node,
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
                        node,
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
