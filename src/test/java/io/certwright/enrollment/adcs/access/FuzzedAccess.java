package io.certwright.enrollment.adcs.access;

import io.certwright.certificate.Printable;
import io.certwright.config.SecretText;
import io.certwright.http.ServerClock;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.codelibs.jcifs.smb.ntlmssp.NtlmFlags;

/** What IIS may send before any page of it is read, opened for fuzzing. */
public final class FuzzedAccess {
    private static final int LONGEST = 300;
    private static final SecureRandom RANDOM = new SecureRandom();

    private FuzzedAccess() {}

    /** Challenges as servers give them: with the names of a domain and a time, and without anything. */
    public static List<byte[]> challenges() {
        return List.of(challenge("020008004c0041004200580007000800", true), challenge("", false));
    }

    /** MS-NLMP 2.2.1.2, with a target name of no length and its information at the end. */
    private static byte[] challenge(String pairs, boolean informs) {
        byte[] information = HexFormat.of().parseHex(pairs.isEmpty() ? "" : pairs + "00806e28d15cd90100000000");
        ByteBuffer message = ByteBuffer.allocate(56 + information.length).order(ByteOrder.LITTLE_ENDIAN);
        message.put("NTLMSSP\0".getBytes(StandardCharsets.US_ASCII)).putInt(2);
        message.putShort((short) 0).putShort((short) 0).putInt(56);
        message.putInt(NtlmFlags.NTLMSSP_NEGOTIATE_UNICODE
                | NtlmFlags.NTLMSSP_NEGOTIATE_NTLM
                | (informs ? NtlmFlags.NTLMSSP_NEGOTIATE_TARGET_INFO : 0));
        message.putLong(0x0102030405060708L).putLong(0);
        message.putShort((short) information.length)
                .putShort((short) information.length)
                .putInt(56);
        message.putLong(0).put(information);
        return message.array();
    }

    /** As the login does: what the library throws at garbage becomes one sentence. */
    public static String challenge(byte[] input, Instant now) {
        NtlmTalk talk = new NtlmTalk("CONTOSO\\svc", SecretText.of("secret"));
        try {
            byte[] answer = talk.answerTo(NtlmTalk.first(), input, new byte[16], "ca01.contoso.com", now, RANDOM);
            return "an answer of " + (answer.length > 0) + " length";
        } catch (IOException | RuntimeException garbage) {
            return "its NTLM challenge cannot be read";
        }
    }

    /** The first line as each header that is looked at, the rest as the body that it speaks of. */
    public static List<String> headers(byte[] input, Instant now) {
        int end = indexOfLineEnd(input);
        String header = new String(input, 0, end, StandardCharsets.ISO_8859_1);
        HttpHeaders headers =
                HttpHeaders.of(Map.of("Content-Type", List.of(header), "Date", List.of(header)), (name, value) -> true);
        Answer answer = new Answer(200, headers, Arrays.copyOfRange(input, end, input.length));
        return List.of(
                "type " + Printable.escape(answer.mediaType(), LONGEST),
                "text " + Printable.escape(answer.text(), LONGEST),
                "clock " + ServerClock.skewIn(headers, now).orElse("as ours"));
    }

    private static int indexOfLineEnd(byte[] input) {
        int end = 0;
        while (end < input.length && input[end] != '\n') {
            end++;
        }
        return end;
    }
}
