package io.certwright.windows;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What PowerShell on a host would take the request of a visit to be; for those who play a host. */
public final class VisitRequest {
    private VisitRequest() {}

    /** The JSON of the request, whether the script came along before it or not. */
    public static String of(byte[] input) {
        String text = new String(input, StandardCharsets.US_ASCII);
        int called = text.lastIndexOf(Presence.CALLING);
        if (called < 0) {
            return text;
        }
        int from = called + Presence.CALLING.length();
        int to = text.indexOf(Presence.CALLED, from);
        return new String(Base64.getDecoder().decode(text.substring(from, to)), StandardCharsets.US_ASCII);
    }
}
