package io.certwright.probe.jsse;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Takes TLS records off a socket one by one (RFC 8446 section 5.1), each read with what is left of the deadline, and notices
 * at the first byte that somebody speaks something else.
 */
final class RecordReader {
    private static final int HEADER = 5;
    private static final int LONGEST_FRAGMENT = (1 << 14) + 2048;
    /** All records of one handshake together: a chain of 64 kB and then some. */
    private static final int MOST = 256 * 1024;

    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final int UNRECOGNIZED_NAME = 112;

    private final Socket socket;
    private final Deadline deadline;
    private int taken;

    RecordReader(Socket socket, Deadline deadline) {
        this.socket = socket;
        this.deadline = deadline;
    }

    /** The next record, header included. */
    ByteBuffer next() throws IOException {
        while (true) {
            byte[] header = exactly(HEADER);
            if (taken == HEADER && !opensTls(header)) {
                throw new NotTlsException(greetingAfter(header));
            }
            int length = (header[3] & 0xFF) << 8 | (header[4] & 0xFF);
            if (length > LONGEST_FRAGMENT || taken + length > MOST) {
                throw new NotTlsException("a TLS record of " + length + " bytes after " + taken + " others");
            }
            byte[] fragment = exactly(length);
            if (!isUnrecognizedNameWarning(header, fragment)) {
                return ByteBuffer.allocate(HEADER + length)
                        .put(header)
                        .put(fragment)
                        .flip();
            }
        }
    }

    private static boolean opensTls(byte[] header) {
        return (header[0] == HANDSHAKE || header[0] == ALERT) && header[1] == 3;
    }

    /** The server knows no such name and goes on with its default certificate (RFC 6066 section 3); JSSE would give up here. */
    private static boolean isUnrecognizedNameWarning(byte[] header, byte[] fragment) {
        return header[0] == ALERT && fragment.length == 2 && fragment[0] == 1 && fragment[1] == UNRECOGNIZED_NAME;
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = new byte[length];
        InputStream in = socket.getInputStream();
        for (int have = 0; have < length; ) {
            socket.setSoTimeout(deadline.millisLeft());
            int read = in.read(bytes, have, length - have);
            if (read < 0) {
                throw endOfStream(bytes, have);
            }
            have += read;
            taken += read;
        }
        return bytes;
    }

    private IOException endOfStream(byte[] bytes, int have) {
        boolean saidSomethingElse = taken > 0 && taken == have && bytes[0] != HANDSHAKE && bytes[0] != ALERT;
        return saidSomethingElse
                ? new NotTlsException(new String(bytes, 0, have, StandardCharsets.ISO_8859_1))
                : new EOFException("after " + taken + " bytes");
    }

    /** The first line of what a server of another protocol says, as far as it has arrived. */
    private String greetingAfter(byte[] header) throws IOException {
        InputStream in = socket.getInputStream();
        int waiting = Math.min(in.available(), 200);
        String text = new String(header, StandardCharsets.ISO_8859_1)
                + new String(in.readNBytes(waiting), StandardCharsets.ISO_8859_1);
        return text.lines().findFirst().orElse("");
    }
}
