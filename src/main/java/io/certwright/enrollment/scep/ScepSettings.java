package io.certwright.enrollment.scep;

import io.certwright.certificate.Printable;
import io.certwright.config.ConfigMapping;
import io.certwright.config.SecretText;
import io.certwright.http.HttpAccess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which SCEP server, and what it wants.
 *
 * @param url the address before {@code ?operation=}; http is usual, for messages are signed and encrypted themselves
 * @param access how the server is reached and who vouches for its TLS
 * @param challenge the password that goes with each request, encrypted
 * @param challengePage where a new one is fetched for each first request instead
 * @param anchors files with the roots that the CA's and its RA's certificates must lead to, and that clients need
 * @param identifier of one CA where the server has several
 * @param askAgain how often a pending request is asked about
 */
public record ScepSettings(
        URI url,
        HttpAccess access,
        Optional<SecretText> challenge,
        Optional<ChallengeSettings> challengePage,
        List<Path> anchors,
        String identifier,
        Duration askAgain) {
    private static final Duration USUAL = Duration.ofMinutes(15);

    public ScepSettings {
        anchors = List.copyOf(anchors);
        boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!web || url.getHost() == null || url.getQuery() != null) {
            throw new IllegalArgumentException(wantedUrl(url.toString()));
        }
        if (anchors.isEmpty()) {
            throw new IllegalArgumentException(
                    "anchors: got none, wanted the file with the CA's root: nothing else says that the server is the right one");
        }
        if (challenge.isPresent() && challengePage.isPresent()) {
            throw new IllegalArgumentException(
                    "challenge-page: got it beside challenge, wanted one of them: a password for all requests, or a page that"
                            + " gives one for each");
        }
        if (askAgain.isNegative() || askAgain.isZero()) {
            throw new IllegalArgumentException("ask-again: got no time at all, wanted 1s or more");
        }
    }

    /** Below {@code issuers.NAME}, whose {@code type} the caller has read. */
    public static Optional<ScepSettings> read(ConfigMapping node) {
        Optional<URI> url = node.requiredValue("url", ScepSettings::address);
        HttpAccess access = HttpAccess.read(node);
        Optional<SecretText> challenge = node.secret("challenge");
        Optional<ChallengeSettings> page = node.mapping("challenge-page").flatMap(ChallengeSettings::read);
        List<Path> anchors = node.paths("anchors");
        String identifier = node.text("ca-identifier", "ca");
        Duration askAgain = node.duration("ask-again", USUAL);
        return node.build(
                () -> new ScepSettings(url.orElseThrow(), access, challenge, page, anchors, identifier, askAgain));
    }

    /** Whether a first request can show that it may be made. */
    boolean knowsChallenge() {
        return challenge.isPresent() || challengePage.isPresent();
    }

    private static URI address(String text) {
        try {
            return URI.create(text.strip());
        } catch (IllegalArgumentException notAnAddress) {
            throw new IllegalArgumentException(wantedUrl(text), notAnAddress);
        }
    }

    private static String wantedUrl(String got) {
        return "url: got " + Printable.quote(got) + ", wanted the server's address without its question mark, such as"
                + " http://ndes.contoso.com/certsrv/mscep/mscep.dll/pkiclient.exe";
    }
}
