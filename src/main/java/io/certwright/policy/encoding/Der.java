package io.certwright.policy.encoding;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One value in DER (X.690): its identifier octet, its contents and itself as it stands. Only what DER allows is read: definite
 * lengths in their shortest form, nothing after the end. Reading goes down one level at a call, so depth costs nothing.
 */
public record Der(int tag, byte[] contents, byte[] encoded) {
    static final int BOOLEAN = 0x01;
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int UTC_TIME = 0x17;
    static final int BMP_STRING = 0x1E;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    private static final int HIGH_TAG = 0x1F;

    /** The one value that the octets are. */
    static Der parse(byte[] octets) throws BrokenEncoding {
        Der value = at(octets, 0);
        if (value.encoded.length != octets.length) {
            throw new BrokenEncoding("octets after its end");
        }
        return value;
    }

    private static Der at(byte[] octets, int start) throws BrokenEncoding {
        if (octets.length - start < 2) {
            throw new BrokenEncoding("cut short");
        }
        int tag = octets[start] & 0xFF;
        if ((tag & HIGH_TAG) == HIGH_TAG) {
            throw new BrokenEncoding("a tag of more than one octet");
        }
        int first = octets[start + 1] & 0xFF;
        int lengthOctets = first < 0x80 ? 0 : first & 0x7F;
        int length = lengthOctets == 0 && first < 0x80 ? first : longLength(octets, start + 2, lengthOctets);
        int begin = start + 2 + lengthOctets;
        if (length > octets.length - begin) {
            throw new BrokenEncoding("cut short");
        }
        int end = begin + length;
        return new Der(tag, Arrays.copyOfRange(octets, begin, end), Arrays.copyOfRange(octets, start, end));
    }

    private static int longLength(byte[] octets, int start, int count) throws BrokenEncoding {
        if (count == 0) {
            throw new BrokenEncoding("an indefinite length");
        }
        if (count > 3 || octets.length - start < count) {
            throw new BrokenEncoding("cut short");
        }
        int length = new BigInteger(1, Arrays.copyOfRange(octets, start, start + count)).intValue();
        if (length < 0x80 || octets[start] == 0) {
            throw new BrokenEncoding("a length that is not in its shortest form");
        }
        return length;
    }

    /** What a constructed value is made of. */
    List<Der> children() throws BrokenEncoding {
        List<Der> children = new ArrayList<>();
        for (int next = 0; next < contents.length; ) {
            Der child = at(contents, next);
            children.add(child);
            next += child.encoded.length;
        }
        return children;
    }

    List<Der> sequence() throws BrokenEncoding {
        return require(SEQUENCE, "sequence").children();
    }

    /** As {@link #sequence}, and at least one. */
    List<Der> sequenceOfSome() throws BrokenEncoding {
        List<Der> some = sequence();
        if (some.isEmpty()) {
            throw new BrokenEncoding("an empty sequence");
        }
        return some;
    }

    BigInteger integer() throws BrokenEncoding {
        return require(INTEGER, "integer").integerContents();
    }

    /** Of an INTEGER, or of an implicitly tagged one. */
    BigInteger integerContents() throws BrokenEncoding {
        boolean padded = contents.length > 1
                && ((contents[0] == 0 && contents[1] >= 0) || (contents[0] == -1 && contents[1] < 0));
        if (contents.length == 0 || padded) {
            throw new BrokenEncoding("an integer that is not in its shortest form");
        }
        return new BigInteger(contents);
    }

    boolean bool() throws BrokenEncoding {
        byte[] value = require(BOOLEAN, "boolean").contents;
        if (value.length != 1 || (value[0] != 0 && value[0] != -1)) {
            throw new BrokenEncoding("a boolean that is neither 00 nor FF");
        }
        return value[0] != 0;
    }

    byte[] octets() throws BrokenEncoding {
        return require(OCTET_STRING, "octet string").contents;
    }

    /** In dotted decimal; arcs of any size. */
    String objectIdentifier() throws BrokenEncoding {
        return require(OBJECT_IDENTIFIER, "object identifier").objectIdentifierContents();
    }

    String objectIdentifierContents() throws BrokenEncoding {
        if (contents.length == 0 || contents.length > 128 || contents[contents.length - 1] < 0) {
            throw new BrokenEncoding("an object identifier that is cut short or too long");
        }
        StringBuilder dotted = new StringBuilder();
        BigInteger arc = BigInteger.ZERO;
        for (byte octet : contents) {
            arc = arc.shiftLeft(7).or(BigInteger.valueOf(octet & 0x7F));
            if (octet >= 0) {
                dotted.append(dotted.isEmpty() ? firstTwo(arc) : "." + arc);
                arc = BigInteger.ZERO;
            }
        }
        return dotted.toString();
    }

    private static String firstTwo(BigInteger arc) {
        int root =
                Math.min(arc.divide(BigInteger.valueOf(40)).min(BigInteger.TWO).intValue(), 2);
        return root + "." + arc.subtract(BigInteger.valueOf(40L * root));
    }

    /** Contents as text of one octet a character. */
    String latin() {
        return new String(contents, StandardCharsets.ISO_8859_1);
    }

    Der require(int wanted, String what) throws BrokenEncoding {
        if (tag != wanted) {
            throw new BrokenEncoding(String.format("tag %02X instead of a %s", tag, what));
        }
        return this;
    }
}
