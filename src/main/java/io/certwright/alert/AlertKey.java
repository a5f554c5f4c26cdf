package io.certwright.alert;

import io.certwright.certificate.Printable;
import io.certwright.certificate.Thumbprint;

/**
 * What makes two alerts the same one: a recipient is told each key once.
 *
 * @param subject what the alert is about: a certificate's name in the settings, {@code host:port} of a watched endpoint, an issuer
 * @param thumbprint of the certificate concerned, so that next year's certificate warns again; empty where none is concerned
 * @param stage what distinguishes two alerts of one kind: the threshold ({@code 14d}), the renewal, the rejected settings
 */
public record AlertKey(String subject, String thumbprint, AlertKind kind, String stage) {
    static final int LONGEST_SUBJECT = 300;
    private static final int LONGEST_STAGE = 200;

    public AlertKey {
        requireWord("alert subject", subject, LONGEST_SUBJECT);
        requireWord("alert stage", stage, LONGEST_STAGE);
        if (!thumbprint.isEmpty()) {
            thumbprint = new Thumbprint(thumbprint).hex();
        }
    }

    public static AlertKey of(String subject, Thumbprint thumbprint, AlertKind kind, String stage) {
        return new AlertKey(subject, thumbprint.hex(), kind, stage);
    }

    /** An alert about no certificate in particular: an issuer, the settings. */
    public static AlertKey of(String subject, AlertKind kind, String stage) {
        return new AlertKey(subject, "", kind, stage);
    }

    static void requireWord(String what, String text, int longest) {
        if (text.isBlank() || text.length() > longest || AlertText.hasControls(text)) {
            throw new IllegalArgumentException(what + ": got " + Printable.quote(text) + ", wanted 1 to " + longest
                    + " characters on one line, without control characters");
        }
    }
}
