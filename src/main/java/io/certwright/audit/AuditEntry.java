package io.certwright.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * One act.
 *
 * @param number from 1 on, without gaps
 * @param at when, to the microsecond
 * @param subject on what, such as {@code certificate wsus01}
 * @param details how it was asked for and what came of it
 * @param hash SHA-256 over the hash of the entry before and all of the above, as 64 lower-case hex digits
 */
public record AuditEntry(
        long number, Instant at, Actor actor, AuditAct act, String subject, String details, String hash) {
    /** What stands before the first entry. */
    public static final String BEGINNING = "0".repeat(64);

    /** The next entry after the one with this number and hash. */
    public static AuditEntry after(
            long number, String hash, Instant at, Actor actor, AuditAct act, String subject, String details) {
        AuditEntry open = new AuditEntry(number + 1, at, actor, act, subject, details, "");
        return new AuditEntry(number + 1, at, actor, act, subject, details, open.hashAfter(hash));
    }

    /** The hash that this entry must have behind one with hash {@code before}. */
    public String hashAfter(String before) {
        StringBuilder text = new StringBuilder(before).append('\n');
        for (String field : List.of(
                Long.toString(number), at.toString(), actor.person(), actor.host(), act.name(), subject, details)) {
            // The length tells fields apart, whatever stands in them.
            text.append(field.length()).append(':').append(field).append('\n');
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("this JDK lacks SHA-256", absent);
        }
    }
}
