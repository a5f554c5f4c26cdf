package io.certwright.enrollment.adcs.ces;

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
import java.util.Locale;
import java.util.Optional;

/**
 * Which enrollment web service, and as whom it is asked.
 *
 * @param url of CES
 * @param policyUrl of CEP; without it the template is not looked at before the CA is asked
 * @param template by which the CA issues
 * @param access how the server is reached and who vouches for its TLS
 * @param renewal whether the old certificate vouches for a renewal
 * @param anchors files with the roots that clients need
 * @param askAgain how often a request is asked about that people at the CA must approve
 */
public record CesSettings(
        URI url,
        Optional<URI> policyUrl,
        TemplateName template,
        HttpAccess access,
        Login login,
        Renewal renewal,
        List<Path> anchors,
        Duration askAgain) {
    private static final Duration ASK_AGAIN = Duration.ofMinutes(15);

    /** How a certificate is asked for that replaces another. */
    public enum Renewal {
        /** Signed by the old certificate, where that and its key are here; else as a new one. */
        SIGNED,
        /** As if there had been none before. */
        NEW
    }

    public CesSettings {
        anchors = List.copyOf(anchors);
        if (askAgain.isNegative() || askAgain.isZero()) {
            throw new IllegalArgumentException("ask-again: got no time at all, wanted 1s or more");
        }
        login.requireFits(access);
    }

    /** Below {@code issuers.NAME}, whose {@code type} the caller has read. */
    public static Optional<CesSettings> read(ConfigMapping node) {
        Optional<URI> url = node.requiredValue(
                "url",
                text -> HttpsAddress.parse(
                        text,
                        "the https address of CES, such as"
                                + " https://ca01.contoso.com/Contoso-CA_CES_Kerberos/service.svc/CES"));
        Optional<URI> policyUrl = node.value(
                "policy-url",
                text -> HttpsAddress.parse(
                        text,
                        "the https address of CEP, such as"
                                + " https://ca01.contoso.com/ADPolicyProvider_CEP_Kerberos/service.svc/CEP"));
        Optional<TemplateName> template = node.requiredValue("template", TemplateName::new);
        HttpAccess access = HttpAccess.read(node);
        Login.Reading login = Login.read(node, url.map(CesSettings::methodOf).orElse(LoginMethod.KERBEROS));
        Renewal renewal = node.choice("renewal", Renewal.class, Renewal.SIGNED);
        List<Path> anchors = node.paths("anchors");
        Duration askAgain = node.duration("ask-again", ASK_AGAIN);
        return node.build(() -> new CesSettings(
                url.orElseThrow(),
                policyUrl,
                template.orElseThrow(),
                access,
                login.make(),
                renewal,
                anchors,
                askAgain));
    }

    /** The installer of Windows names the service by how it wants to know callers. */
    private static LoginMethod methodOf(URI url) {
        String path = url.getPath().toLowerCase(Locale.ROOT);
        if (path.contains("_ces_certificate")) {
            return LoginMethod.CERTIFICATE;
        }
        return path.contains("_ces_usernamepassword") ? LoginMethod.USER_NAME : LoginMethod.KERBEROS;
    }
}
