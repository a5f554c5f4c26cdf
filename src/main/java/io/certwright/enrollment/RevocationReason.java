package io.certwright.enrollment;

import io.certwright.certificate.Printable;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Why a server's certificate is revoked: the reasons of RFC 5280, 5.3.1, that a person may give for one. */
public enum RevocationReason {
    UNSPECIFIED(0),
    KEY_COMPROMISE(1),
    AFFILIATION_CHANGED(3),
    SUPERSEDED(4),
    CESSATION_OF_OPERATION(5),
    PRIVILEGE_WITHDRAWN(9);

    private final int code;

    RevocationReason(int code) {
        this.code = code;
    }

    /** {@code key-compromise}, {@code keyCompromise} or {@code KEY_COMPROMISE}. */
    public static RevocationReason parse(String text) {
        String plain = lettersOf(text);
        return Arrays.stream(values())
                .filter(reason -> lettersOf(reason.name()).equals(plain))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "revocation reason: got " + Printable.quote(text) + ", wanted one of " + list()));
    }

    /** All reasons as {@link #parse} takes them. */
    public static String list() {
        return Arrays.stream(values()).map(RevocationReason::toString).collect(Collectors.joining(", "));
    }

    /** The CRLReason number. */
    public int code() {
        return code;
    }

    private static String lettersOf(String text) {
        return text.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
