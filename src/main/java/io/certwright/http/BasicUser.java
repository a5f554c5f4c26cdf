package io.certwright.http;

import io.certwright.certificate.Printable;
import io.certwright.config.ConfigMapping;
import io.certwright.config.SecretText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** A name and its password, as HTTP Basic sends them (RFC 7617); over TLS alone, and only with a request that needs them. */
public record BasicUser(String name, SecretText password) {
    public BasicUser {
        if (name.isEmpty() || name.contains(":")) {
            throw new IllegalArgumentException(
                    "user: got " + Printable.quote(name) + ", wanted a name without a colon");
        }
    }

    /** The keys {@code user} and {@code password} of a mapping, both or neither; what is wrong with them is told as a fault. */
    public static Optional<BasicUser> read(ConfigMapping node) {
        Optional<String> user = node.text("user");
        Optional<SecretText> password = node.secret("password");
        if (user.isPresent() != password.isPresent()) {
            node.fault("got " + (user.isPresent() ? "a user without a password" : "a password without a user")
                    + ", wanted both or neither");
            return Optional.empty();
        }
        try {
            return user.map(name -> new BasicUser(name, password.orElseThrow()));
        } catch (IllegalArgumentException unfit) {
            node.fault(String.valueOf(unfit.getMessage()));
            return Optional.empty();
        }
    }

    /** The value of the header {@code Authorization}; a secret. */
    public String authorization() {
        byte[] before = (name + ":").getBytes(StandardCharsets.UTF_8);
        byte[] secret = password.revealUtf8();
        byte[] both = Arrays.copyOf(before, before.length + secret.length);
        System.arraycopy(secret, 0, both, before.length, secret.length);
        try {
            return "Basic " + Base64.getEncoder().encodeToString(both);
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(both, (byte) 0);
        }
    }
}
