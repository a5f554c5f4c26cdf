package io.certwright.policy.encoding;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * A name in a SAN or a name constraint (RFC 5280, 4.2.1.6), of one kind.
 *
 * @param contents as they stand; empty for a directory name
 * @param rdns of a directory name, in a form that can be compared; empty for all others
 */
public record GeneralName(Kind kind, byte[] contents, List<String> rdns) {
    /** The kinds of names, and how people call them. */
    public enum Kind {
        OTHER(0xA0, "other name"),
        MAIL(0x81, "mail address"),
        DNS(0x82, "DNS name"),
        X400(0xA3, "X.400 address"),
        DIRECTORY(0xA4, "directory name"),
        EDI(0xA5, "EDI party name"),
        URI(0x86, "URI"),
        IP(0x87, "IP address"),
        REGISTERED(0x88, "registered identifier");

        private final int tag;
        private final String text;

        Kind(int tag, String text) {
            this.tag = tag;
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    public GeneralName {
        rdns = List.copyOf(rdns);
    }

    static GeneralName of(Der name) throws BrokenEncoding {
        Kind kind = Arrays.stream(Kind.values())
                .filter(one -> one.tag == name.tag())
                .findFirst()
                .orElseThrow(() -> new BrokenEncoding("a name of no known kind"));
        return kind == Kind.DIRECTORY
                ? ofDirectory(Der.parse(name.contents()).sequence().stream()
                        .map(Der::encoded)
                        .toList())
                : new GeneralName(kind, name.contents(), List.of());
    }

    static List<GeneralName> listed(List<Der> names) throws BrokenEncoding {
        List<GeneralName> all = new ArrayList<>();
        for (Der name : names) {
            all.add(of(name));
        }
        return all;
    }

    /** The directory name of these RDNs, each in DER. */
    public static GeneralName ofDirectory(List<byte[]> rdns) throws BrokenEncoding {
        List<String> comparable = new ArrayList<>();
        for (byte[] rdn : rdns) {
            comparable.add(comparable(rdn));
        }
        return new GeneralName(Kind.DIRECTORY, new byte[0], comparable);
    }

    /** A mail address that stands in a subject. */
    static GeneralName ofMail(byte[] address) {
        return new GeneralName(Kind.MAIL, address, List.of());
    }

    /** Of a DNS name, mail address or URI: IA5 text, one octet a character. */
    public String text() {
        return new String(contents, StandardCharsets.ISO_8859_1);
    }

    /** For a message; not yet made printable. */
    public String shown() {
        return switch (kind) {
            case MAIL, DNS, URI -> text();
            case DIRECTORY -> String.join(",", rdns);
            case IP, OTHER, X400, EDI, REGISTERED -> HexFormat.of().formatHex(contents);
        };
    }

    /** As RFC 5280, 7.1 compares: case and spaces folded, whatever the string type. */
    private static String comparable(byte[] rdn) throws BrokenEncoding {
        try {
            return new X500Principal(sequenceOf(rdn)).getName(X500Principal.CANONICAL);
        } catch (IllegalArgumentException unreadable) {
            throw new BrokenEncoding("a directory name that cannot be taken apart", unreadable);
        }
    }

    /** A DER SEQUENCE of one value. */
    private static byte[] sequenceOf(byte[] value) {
        byte[] length = BigInteger.valueOf(value.length).toByteArray();
        int from = length[0] == 0 && length.length > 1 ? 1 : 0;
        ByteArrayOutputStream der = new ByteArrayOutputStream(value.length + 5);
        der.write(Der.SEQUENCE);
        if (value.length >= 0x80) {
            der.write(0x80 | (length.length - from));
        }
        der.write(length, from, length.length - from);
        der.write(value, 0, value.length);
        return der.toByteArray();
    }
}
