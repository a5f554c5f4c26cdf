package io.certwright.certificate;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** An IPv4 or IPv6 address literal as a SAN carries it (4 or 16 octets, RFC 5280 section 4.2.1.6). Never resolved, no zone. */
public record IpAddress(String text) implements Comparable<IpAddress> {
    private static final Pattern V4 = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    public IpAddress {
        String canonical = canonicalOf(text);
        text = canonical;
    }

    public static IpAddress parse(String text) {
        return new IpAddress(text);
    }

    public static IpAddress ofOctets(byte[] octets) {
        try {
            return new IpAddress(InetAddress.getByAddress(octets).getHostAddress());
        } catch (UnknownHostException wrongLength) {
            throw new IllegalArgumentException(
                    "IP address: got octets " + HexFormat.of().formatHex(octets) + ", wanted 4 or 16 of them",
                    wrongLength);
        }
    }

    public static boolean isLiteral(String text) {
        if (!hasLiteralLettersOnly(text)) {
            return false;
        }
        return V4.matcher(text).matches()
                ? Arrays.stream(text.split("\\.")).allMatch(part -> Integer.parseInt(part) < 256)
                : V6.matcher(text).matches() && parses(text);
    }

    /** What nearly every text that is a name fails at once. */
    private static boolean hasLiteralLettersOnly(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '.' && c != ':' && (c >= 128 || Character.digit(c, 16) < 0)) {
                return false;
            }
        }
        return true;
    }

    public byte[] octets() {
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("a checked literal does not parse: " + text, impossible);
        }
    }

    private static String canonicalOf(String text) {
        if (!isLiteral(text)) {
            throw new IllegalArgumentException(
                    "IP address: got " + Printable.quote(text) + ", wanted a literal such as 10.0.0.1 or fd00::1");
        }
        try {
            return InetAddress.getByName(text).getHostAddress();
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException("IP address: got " + Printable.quote(text), impossible);
        }
    }

    /** {@code InetAddress} resolves nothing where the text has a colon: it is a literal or refused. */
    private static boolean parses(String text) {
        try {
            InetAddress.getByName(text);
            return true;
        } catch (UnknownHostException notALiteral) {
            return false;
        }
    }

    @Override
    public int compareTo(IpAddress other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
