package io.certwright.enrollment.acme;

import io.certwright.config.ConfigMapping;
import io.certwright.config.SecretText;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The account at the CA that ours is bound to (RFC 8555, 7.3.4).
 *
 * @param id the key identifier that the CA gave
 * @param key the MAC key that the CA gave, base64url
 */
public record ExternalAccount(String id, SecretText key) {
    private static final int SHORTEST = 32;

    public ExternalAccount {
        if (id.isBlank()) {
            throw new IllegalArgumentException("id: got a blank text, wanted the key identifier that the CA gave");
        }
        requireKey(key);
    }

    static Optional<ExternalAccount> read(ConfigMapping node) {
        String id = node.requiredText("id");
        Optional<SecretText> key = node.required("key", node.secret("key"));
        return node.build(() -> new ExternalAccount(id, key.orElseThrow()));
    }

    /** For the one signature that binds the accounts. */
    SecretKey macKey() {
        return requireKey(key);
    }

    private static SecretKey requireKey(SecretText text) {
        byte[] key =
                Base64Secret.decode(text, Base64.getUrlDecoder(), "base64url, wanted the MAC key as the CA gave it");
        if (key.length < SHORTEST) {
            throw new IllegalArgumentException("key: got " + key.length + " bytes, wanted at least " + SHORTEST
                    + " (HMAC with SHA-256), in base64url as the CA gave it");
        }
        return new SecretKeySpec(key, "HMAC");
    }
}
