package io.certwright.windows;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** How the script comes to the host. */
public enum Presence {
    /** With every visit, on stdin. Needs nothing on the host, and Full Language Mode. */
    SENT_ALONG {
        @Override
        Visit visit(byte[] request, Duration limit) {
            String encoded = Base64.getEncoder().encodeToString(STARTER.getBytes(StandardCharsets.UTF_16LE));
            byte[] script = CertwrightScript.bundled().text().getBytes(StandardCharsets.US_ASCII);
            byte[] base64 = Base64.getEncoder().encode(request);
            byte[] input = joined(script, ascii("\r\n" + CALLING), base64, ascii(CALLED + "\r\n"));
            Arrays.fill(base64, (byte) 0);
            Arrays.fill(request, (byte) 0);
            return new Visit(arguments("-ExecutionPolicy", "Bypass", "-EncodedCommand", encoded), input, limit);
        }
    },
    /** It lies on the host, where an administrator put it. Our SSH key may be allowed to run nothing else. */
    INSTALLED {
        @Override
        Visit visit(byte[] request, Duration limit) {
            return new Visit(
                    arguments("-ExecutionPolicy", "Bypass", "-File", '"' + INSTALLED_AT + '"', "-FromInput"),
                    request,
                    limit);
        }
    };

    /** Where {@code windows install-script} puts the script. */
    public static final String INSTALLED_AT = "C:\\Program Files\\Certwright\\certwright.ps1";

    /** Runs the script that stdin brings. Without a quote, {@code $} or {@code %} once it is encoded. */
    static final String STARTER = "& ([scriptblock]::Create(($input | Out-String)))";

    /** The one line after the script; a request stands between its halves as Base64 and cannot become code. */
    static final String CALLING =
            "Invoke-Request -Json ([Text.Encoding]::ASCII.GetString([Convert]::FromBase64String('";

    static final String CALLED = "')))";

    /** @param request ASCII, given away: it is wiped or becomes part of the visit */
    abstract Visit visit(byte[] request, Duration limit);

    static List<String> arguments(String... own) {
        return Stream.concat(Stream.of("-NoLogo", "-NoProfile", "-NonInteractive"), Arrays.stream(own))
                .toList();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] joined(byte[]... parts) {
        byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
