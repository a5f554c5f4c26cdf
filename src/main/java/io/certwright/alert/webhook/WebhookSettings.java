package io.certwright.alert.webhook;

import io.certwright.config.ConfigMapping;
import io.certwright.config.SecretText;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * {@code alerts.webhook:} of the settings.
 *
 * @param url where messages are posted; https, or http to this machine. Its path may be a secret and is never shown
 * @param secret with which each message is signed; at least 24 characters
 */
public record WebhookSettings(URI url, SecretText secret) {
    private static final int SHORTEST_SECRET = 24;
    private static final String WANTED =
            "wanted https://HOST/PATH (or http:// to this machine) without a user, a password or a #fragment";

    public WebhookSettings {
        int length = secret.reveal().length;
        if (length < SHORTEST_SECRET) {
            throw new IllegalArgumentException("secret: got " + length + " characters, wanted at least "
                    + SHORTEST_SECRET + ", for example from \"openssl rand -base64 32\"");
        }
    }

    /** Reads {@code webhook} within {@code alerts}; empty if it is absent or anything in it is wrong. */
    public static Optional<WebhookSettings> read(ConfigMapping alerts) {
        return alerts.mapping("webhook").flatMap(webhook -> {
            Optional<URI> url = webhook.requiredValue("url", WebhookSettings::url);
            Optional<SecretText> secret = webhook.required("secret", webhook.secret("secret"));
            return webhook.build(() -> new WebhookSettings(url.orElseThrow(), secret.orElseThrow()));
        });
    }

    private static URI url(String text) {
        try {
            URI url = new URI(text.strip());
            boolean plain = url.getRawUserInfo() == null && url.getRawFragment() == null && url.getHost() != null;
            boolean safe = "https".equals(url.getScheme()) || ("http".equals(url.getScheme()) && isHere(url));
            if (plain && safe) {
                return url;
            }
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException("webhook: got no URL, " + WANTED, malformed);
        }
        throw new IllegalArgumentException("webhook: got another kind of URL, " + WANTED);
    }

    /** Asks nobody: only the names and numbers of this machine itself. */
    private static boolean isHere(URI url) {
        String host = String.valueOf(url.getHost());
        if (host.equals("localhost")) {
            return true;
        }
        try {
            return host.matches("[0-9.]+|\\[[0-9a-fA-F:]+]")
                    && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unreadable) {
            return false;
        }
    }

    /** Where it goes, for sentences: without the path, which may be a secret. */
    String place() {
        return url.getScheme() + "://" + url.getRawAuthority();
    }
}
