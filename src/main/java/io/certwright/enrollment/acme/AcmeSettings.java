package io.certwright.enrollment.acme;

import io.certwright.certificate.Printable;
import io.certwright.config.ConfigMapping;
import io.certwright.http.HttpAccess;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which ACME CA, under which account, and how names are proven to it.
 *
 * @param directory the CA's directory, always https
 * @param access how the CA is reached and who vouches for its TLS
 * @param contact mail addresses that the CA may write to
 * @param termsAccepted whether a person has read and accepted the CA's terms of service
 * @param external the account at the CA that ours is bound to, where the CA wants one (RFC 8555, 7.3.4)
 * @param profile which of the CA's profiles is asked for; always by name, for a CA may choose anything otherwise
 * @param preferredChain the common name of the root that the chain should lead to, where the CA offers several
 * @param anchors files with the roots that clients need; none where the CA is a public one
 * @param http01 how names are proven over port 80
 * @param dns01 how names are proven in DNS; wildcards can be proven in no other way
 */
public record AcmeSettings(
        URI directory,
        HttpAccess access,
        List<String> contact,
        boolean termsAccepted,
        Optional<ExternalAccount> external,
        Optional<String> profile,
        Optional<String> preferredChain,
        List<Path> anchors,
        Optional<Http01Settings> http01,
        Optional<Dns01Settings> dns01) {
    public AcmeSettings {
        contact = List.copyOf(contact);
        anchors = List.copyOf(anchors);
        if (!"https".equals(directory.getScheme()) || directory.getHost() == null) {
            throw new IllegalArgumentException(wantedDirectory(directory.toString()));
        }
        if (http01.isEmpty() && dns01.isEmpty()) {
            throw new IllegalArgumentException("got no way to prove names to the CA, wanted http-01, dns-01 or both");
        }
    }

    /** Below {@code issuers.NAME}, whose {@code type} the caller has read. */
    public static Optional<AcmeSettings> read(ConfigMapping node) {
        Optional<URI> directory = node.requiredValue("directory", AcmeSettings::address);
        HttpAccess access = HttpAccess.read(node);
        List<String> contact = node.values("contact", AcmeSettings::mailAddress);
        boolean terms = node.flag("accept-terms", false);
        Optional<ConfigMapping> eab = node.mapping("external-account");
        Optional<ExternalAccount> external = eab.flatMap(ExternalAccount::read);
        Optional<String> profile = node.text("profile");
        Optional<String> chain = node.text("preferred-chain");
        List<Path> anchors = node.paths("anchors");
        Optional<Http01Settings> http = node.mapping("http-01").flatMap(Http01Settings::read);
        Optional<Dns01Settings> dns = node.mapping("dns-01").flatMap(Dns01Settings::read);
        return node.build(() -> new AcmeSettings(
                directory.orElseThrow(), access, contact, terms, external, profile, chain, anchors, http, dns));
    }

    private static URI address(String text) {
        try {
            return URI.create(text.strip());
        } catch (IllegalArgumentException notAnAddress) {
            throw new IllegalArgumentException(wantedDirectory(text), notAnAddress);
        }
    }

    private static String wantedDirectory(String got) {
        return "directory: got " + Printable.quote(got)
                + ", wanted the https address of the CA's ACME directory, such as"
                + " https://acme-v02.api.letsencrypt.org/directory";
    }

    private static String mailAddress(String text) {
        String plain = text.strip();
        int at = plain.indexOf('@');
        if (at < 1 || at == plain.length() - 1 || plain.contains(":") || plain.contains(" ")) {
            throw new IllegalArgumentException(
                    "got " + Printable.quote(text) + ", wanted a mail address such as pki@contoso.com");
        }
        return plain;
    }
}
