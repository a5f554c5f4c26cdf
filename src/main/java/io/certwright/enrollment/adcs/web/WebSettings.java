package io.certwright.enrollment.adcs.web;

import io.certwright.config.ConfigMapping;
import io.certwright.enrollment.adcs.HttpsAddress;
import io.certwright.enrollment.adcs.TemplateName;
import io.certwright.enrollment.adcs.access.Login;
import io.certwright.enrollment.adcs.access.LoginMethod;
import io.certwright.http.HttpAccess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which certsrv pages, and as whom they are asked.
 *
 * @param url where they are, as a rule {@code https://HOST/certsrv}, without a slash at its end
 * @param template by which the CA issues
 * @param access how the server is reached and who vouches for its TLS
 * @param anchors files with the roots that clients need
 * @param askAgain how often a request is asked about that people at the CA must approve
 */
public record WebSettings(
        URI url, TemplateName template, HttpAccess access, Login login, List<Path> anchors, Duration askAgain) {
    private static final Duration ASK_AGAIN = Duration.ofMinutes(15);

    public WebSettings {
        anchors = List.copyOf(anchors);
        url = URI.create(url.toString().replaceFirst("/+$", ""));
        if (askAgain.isNegative() || askAgain.isZero()) {
            throw new IllegalArgumentException("ask-again: got no time at all, wanted 1s or more");
        }
        if (login.method() == LoginMethod.USER_NAME) {
            throw new IllegalArgumentException(
                    "authentication: got user-name, which only CES knows, wanted basic, ntlm, kerberos or certificate");
        }
        login.requireFits(access);
    }

    /** Below {@code issuers.NAME}, whose {@code type} the caller has read. */
    public static Optional<WebSettings> read(ConfigMapping node) {
        Optional<URI> url = node.requiredValue(
                "url",
                text -> HttpsAddress.parse(
                        text, "the https address of the pages, such as https://ca01.contoso.com/certsrv"));
        Optional<TemplateName> template = node.requiredValue("template", TemplateName::new);
        HttpAccess access = HttpAccess.read(node);
        Login.Reading login = Login.read(node, LoginMethod.KERBEROS);
        List<Path> anchors = node.paths("anchors");
        Duration askAgain = node.duration("ask-again", ASK_AGAIN);
        return node.build(() ->
                new WebSettings(url.orElseThrow(), template.orElseThrow(), access, login.make(), anchors, askAgain));
    }

    /** A page or file beside the others, with its query. */
    URI page(String name) {
        return URI.create(url + "/" + name);
    }
}
