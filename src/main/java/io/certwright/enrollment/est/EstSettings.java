package io.certwright.enrollment.est;

import io.certwright.certificate.Printable;
import io.certwright.config.ConfigMapping;
import io.certwright.http.BasicUser;
import io.certwright.http.HttpAccess;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which EST server, and as whom it is asked.
 *
 * @param url the server's address, {@code https://HOST} without a path: that is {@code /.well-known/est}
 * @param label one of several CAs of the server, part of the path (RFC 7030, 3.2.2); empty for the only one
 * @param access how the server is reached, who vouches for its TLS, and as whom we show ourselves there
 * @param user as whom it is asked by HTTP Basic, over TLS alone
 * @param anchors files with the roots that clients need; none where the CA is a public one
 */
public record EstSettings(URI url, String label, HttpAccess access, Optional<BasicUser> user, List<Path> anchors) {
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9._~-]{0,100}");

    public EstSettings {
        anchors = List.copyOf(anchors);
        boolean plain = "https".equals(url.getScheme())
                && url.getHost() != null
                && url.getUserInfo() == null
                && url.getQuery() == null
                && (url.getPath().isEmpty() || url.getPath().equals("/"));
        if (!plain) {
            throw new IllegalArgumentException(wantedUrl(url.toString()));
        }
        if (!LABEL.matcher(label).matches()) {
            throw new IllegalArgumentException("label: got " + Printable.quote(label)
                    + ", wanted one segment of a path: letters, digits, dots, hyphens, underscores or tildes");
        }
    }

    /** Below {@code issuers.NAME}, whose {@code type} the caller has read. */
    public static Optional<EstSettings> read(ConfigMapping node) {
        Optional<URI> url = node.requiredValue("url", EstSettings::address);
        String label = node.text("label", "");
        HttpAccess access = HttpAccess.read(node);
        Optional<BasicUser> user = BasicUser.read(node);
        List<Path> anchors = node.paths("anchors");
        return node.build(() -> new EstSettings(url.orElseThrow(), label, access, user, anchors));
    }

    /** Whether a first certificate can be asked for as somebody. */
    boolean nameSomebody() {
        return user.isPresent() || access.identity().isPresent();
    }

    /** The same server, asked without user and password. */
    EstSettings withoutUser() {
        return new EstSettings(url, label, access, Optional.empty(), anchors);
    }

    /** Of one operation. */
    URI addressOf(String operation) {
        String root = url.toString().replaceFirst("/$", "");
        return URI.create(root + "/.well-known/est/" + (label.isEmpty() ? "" : label + "/") + operation);
    }

    private static URI address(String text) {
        try {
            return URI.create(text.strip());
        } catch (IllegalArgumentException notAnAddress) {
            throw new IllegalArgumentException(wantedUrl(text), notAnAddress);
        }
    }

    private static String wantedUrl(String got) {
        return "url: got " + Printable.quote(got) + ", wanted the https address of the server without a path, such as"
                + " https://est.contoso.com; the path is always /.well-known/est";
    }
}
