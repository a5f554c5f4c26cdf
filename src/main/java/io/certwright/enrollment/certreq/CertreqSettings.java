package io.certwright.enrollment.certreq;

import io.certwright.certificate.Printable;
import io.certwright.config.ConfigMapping;
import io.certwright.windows.AuthorityCall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which CA of AD CS, and from where it is asked.
 *
 * @param host of the settings, on which certreq runs
 * @param ca as certreq names it: {@code ca01.contoso.com\Contoso Issuing CA}
 * @param template its internal name; none where the CA is a stand-alone one
 * @param anchors files with the roots that clients need
 * @param askAgain how often a pending request is asked about
 */
public record CertreqSettings(
        String host, String ca, Optional<String> template, List<Path> anchors, Duration askAgain) {
    private static final Duration USUAL = Duration.ofMinutes(30);

    public CertreqSettings {
        anchors = List.copyOf(anchors);
        if (!AuthorityCall.CONFIG.matcher(ca).matches()) {
            throw new IllegalArgumentException("ca: got " + Printable.quote(ca)
                    + ", wanted host and name of the CA as \"certutil -dump\" prints its Config, such as"
                    + " ca01.contoso.com\\Contoso Issuing CA");
        }
        template.filter(name -> !AuthorityCall.TEMPLATE.matcher(name).matches()).ifPresent(name -> {
            throw new IllegalArgumentException(
                    "template: got " + Printable.quote(name) + ", wanted its internal name such as WebServer");
        });
        if (askAgain.isNegative() || askAgain.isZero()) {
            throw new IllegalArgumentException("ask-again: got no time at all, wanted 1s or more");
        }
    }

    /** Below {@code issuers.NAME}, whose {@code type} the caller has read. */
    public static Optional<CertreqSettings> read(ConfigMapping node) {
        String host = node.requiredText("host");
        String ca = node.requiredText("ca");
        Optional<String> template = node.text("template");
        List<Path> anchors = node.paths("anchors");
        Duration askAgain = node.duration("ask-again", USUAL);
        if (host.isEmpty() || ca.isEmpty()) {
            return Optional.empty();
        }
        return node.build(() -> new CertreqSettings(host, ca, template, anchors, askAgain));
    }
}
