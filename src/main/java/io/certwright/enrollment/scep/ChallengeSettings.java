package io.certwright.enrollment.scep;

import io.certwright.certificate.Printable;
import io.certwright.config.ConfigMapping;
import io.certwright.http.BasicUser;
import java.net.URI;
import java.util.Optional;

/**
 * Where NDES gives passwords that can be used once.
 *
 * @param url of the page, https alone, for user and password go along
 * @param user as whom it is asked by HTTP Basic; without one the server must know the client certificate
 */
public record ChallengeSettings(URI url, Optional<BasicUser> user) {
    public ChallengeSettings {
        if (!"https".equals(url.getScheme()) || url.getHost() == null || url.getUserInfo() != null) {
            throw new IllegalArgumentException(wantedUrl(url.toString()));
        }
    }

    /** The mapping {@code challenge-page}. */
    static Optional<ChallengeSettings> read(ConfigMapping node) {
        Optional<URI> url = node.requiredValue("url", ChallengeSettings::address);
        Optional<BasicUser> user = BasicUser.read(node);
        return node.build(() -> new ChallengeSettings(url.orElseThrow(), user));
    }

    /** A name beside the page that nothing has: IIS looks who comes before it looks what is there, and gives no password for it. */
    URI besideIt() {
        String path = url.getPath();
        boolean file = path.substring(path.lastIndexOf('/') + 1).contains(".");
        URI folder = path.endsWith("/") || file ? url : url.resolve(path + "/");
        return folder.resolve("certwright-test");
    }

    private static URI address(String text) {
        try {
            return URI.create(text.strip());
        } catch (IllegalArgumentException notAnAddress) {
            throw new IllegalArgumentException(wantedUrl(text), notAnAddress);
        }
    }

    private static String wantedUrl(String got) {
        return "url: got " + Printable.quote(got)
                + ", wanted the https address of the page that shows the password, such as"
                + " https://ndes.contoso.com/certsrv/mscep_admin/";
    }
}
