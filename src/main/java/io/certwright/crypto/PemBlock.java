package io.certwright.crypto;

import io.certwright.certificate.Printable;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** One block of a PEM text, decoded; text around blocks is explanatory and passed over (RFC 7468, 2). */
record PemBlock(String label, byte[] der) {
    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";

    /** Throws IllegalArgumentException with the end of a sentence about what is wrong with the text. */
    static List<PemBlock> allOf(String text) {
        List<PemBlock> blocks = new ArrayList<>();
        int from = text.indexOf(BEGIN);
        while (from >= 0) {
            int labelEnd = text.indexOf(DASHES, from + BEGIN.length());
            if (labelEnd < 0) {
                throw new IllegalArgumentException("its last BEGIN line is cut short");
            }
            String label = text.substring(from + BEGIN.length(), labelEnd);
            String endLine = "-----END " + label + DASHES;
            int end = text.indexOf(endLine, labelEnd + DASHES.length());
            if (end < 0) {
                throw new IllegalArgumentException(
                        "a BEGIN " + shown(label) + " line has no END line: it is cut short");
            }
            blocks.add(new PemBlock(label, decoded(label, text.substring(labelEnd + DASHES.length(), end))));
            from = text.indexOf(BEGIN, end + endLine.length());
        }
        return blocks;
    }

    private static String shown(String label) {
        return Printable.escape(label, 60);
    }

    private static byte[] decoded(String label, String body) {
        StringBuilder base64 = new StringBuilder(body.length());
        body.chars().filter(c -> !Character.isWhitespace(c) && c != 0).forEach(c -> base64.append((char) c));
        try {
            return Base64.getDecoder().decode(base64.toString());
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("what stands under BEGIN " + shown(label) + " is not base64", notBase64);
        }
    }
}
