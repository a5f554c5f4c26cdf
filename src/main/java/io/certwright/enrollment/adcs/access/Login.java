package io.certwright.enrollment.adcs.access;

import io.certwright.certificate.Printable;
import io.certwright.config.ConfigMapping;
import io.certwright.config.SecretText;
import io.certwright.http.HttpAccess;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * As whom a CA is asked.
 *
 * @param keytab of {@code user}, for Kerberos
 * @param user {@code DOMAIN\NAME} or {@code NAME@DOMAIN}
 */
public record Login(LoginMethod method, Optional<String> user, Optional<SecretText> password, Optional<Path> keytab) {
    public Login {
        String wanted = faultOf(method, user.isPresent(), password.isPresent(), keytab.isPresent());
        if (!wanted.isEmpty()) {
            throw new IllegalArgumentException("authentication " + word(method) + ": wanted " + wanted);
        }
        if (method == LoginMethod.BASIC && user.orElse("").contains(":")) {
            throw new IllegalArgumentException(
                    "user: got " + Printable.quote(user.orElse("")) + ", wanted a name without a colon");
        }
    }

    /** Without a keytab. */
    public Login(LoginMethod method, Optional<String> user, Optional<SecretText> password) {
        this(method, user, password, Optional.empty());
    }

    /** What is wanted instead; empty where nothing is wrong. */
    private static String faultOf(LoginMethod method, boolean user, boolean password, boolean keytab) {
        return switch (method) {
            case BASIC, NTLM, USER_NAME -> user && password && !keytab ? "" : "user and password";
            case CERTIFICATE -> user || password || keytab ? "neither user, password nor keytab" : "";
            case KERBEROS ->
                (password && keytab) || user != (password || keytab)
                        ? "user with password or keytab, or none of them for the tickets of the account that runs Certwright"
                        : "";
        };
    }

    /**
     * The keys {@code authentication}, {@code user}, {@code password} and {@code keytab} of a mapping, which the caller ends by
     * {@code build}.
     */
    public static Reading read(ConfigMapping node, LoginMethod otherwise) {
        LoginMethod method = node.choice("authentication", LoginMethod.class, otherwise);
        Optional<String> user = node.text("user");
        Optional<SecretText> password = node.secret("password");
        Optional<Path> keytab = node.path("keytab");
        return () -> new Login(method, user, password, keytab);
    }

    /** What was read, to be made once everything around it is read, too. */
    @FunctionalInterface
    public interface Reading {
        /** Throws IllegalArgumentException with what is wrong. */
        Login make();
    }

    /** Refuses to go without the certificate that it stands on. */
    public void requireFits(HttpAccess access) {
        if (method == LoginMethod.CERTIFICATE && access.identity().isEmpty()) {
            throw new IllegalArgumentException(
                    "authentication certificate: wanted client-certificate, a file with the certificate and its key");
        }
    }

    /** For people: {@code user svc by Basic}. */
    String described() {
        return user.map(name -> "user " + Printable.quote(name) + " by " + method.shown())
                .orElse(method.shown());
    }

    private static String word(LoginMethod method) {
        return method.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
