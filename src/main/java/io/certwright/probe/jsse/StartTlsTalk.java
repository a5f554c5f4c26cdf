package io.certwright.probe.jsse;

import io.certwright.certificate.Printable;
import io.certwright.probe.Endpoint;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The few words before the handshake where a server wants to be asked for TLS. All of it counts towards the deadline of the look. */
final class StartTlsTalk {
    private static final int LONGEST_LINE = 1_000;
    private static final int MOST_LINES = 100;
    private static final int LONGEST_LDAP_ANSWER = 16 * 1024;
    /** SSLRequest: its length and the code 80877103. */
    private static final byte[] POSTGRES_REQUEST = {0, 0, 0, 8, 4, (byte) 0xD2, 0x16, 0x2F};
    /** ExtendedRequest number 1 for 1.3.6.1.4.1.1466.20037 (RFC 4511, 4.14.1). */
    private static final byte[] LDAP_REQUEST = {
        0x30,
        0x1D,
        2,
        1,
        1,
        0x77,
        0x18,
        (byte) 0x80,
        0x16,
        '1',
        '.',
        '3',
        '.',
        '6',
        '.',
        '1',
        '.',
        '4',
        '.',
        '1',
        '.',
        '1',
        '4',
        '6',
        '6',
        '.',
        '2',
        '0',
        '0',
        '3',
        '7'
    };

    private static final int ENUMERATED = 0x0A;

    private final Socket socket;
    private final Deadline deadline;

    private StartTlsTalk(Socket socket, Deadline deadline) {
        this.socket = socket;
        this.deadline = deadline;
    }

    static void with(Endpoint endpoint, Socket socket, Deadline deadline) throws IOException {
        StartTlsTalk talk = new StartTlsTalk(socket, deadline);
        switch (endpoint.startTls()) {
            case NONE -> {}
            case SMTP -> talk.smtp();
            case LDAP -> talk.ldap();
            case POSTGRES -> talk.postgres();
        }
    }

    private void smtp() throws IOException {
        reply("greeting", "220");
        say("EHLO certwright.invalid\r\n".getBytes(StandardCharsets.US_ASCII));
        reply("EHLO", "250");
        say("STARTTLS\r\n".getBytes(StandardCharsets.US_ASCII));
        reply("STARTTLS", "220");
    }

    /** All lines of one reply (RFC 5321, 4.2.1): each but the last has a hyphen behind its number. */
    private void reply(String to, String wanted) throws IOException {
        String line = "";
        for (int lines = 0; lines < MOST_LINES; lines++) {
            line = line();
            if (!line.startsWith(wanted)) {
                break;
            }
            if (line.length() == 3 || line.charAt(3) != '-') {
                return;
            }
        }
        throw refused("to " + to + " got " + Printable.quote(line) + ", wanted an SMTP reply " + wanted
                + "; check that this is a mail server and that it offers STARTTLS");
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = octet(); read != '\n' && line.length() < LONGEST_LINE; read = octet()) {
            line.append((char) read);
        }
        return line.toString().stripTrailing();
    }

    private void ldap() throws IOException {
        say(LDAP_REQUEST);
        byte[] answer = ldapMessage();
        int result = ldapResult(answer);
        if (result != 0) {
            throw refused("got " + (result < 0 ? "an answer that is not LDAP" : "the LDAP result " + result)
                    + ", wanted success; check that this is a directory server and that it has a certificate");
        }
    }

    private byte[] ldapMessage() throws IOException {
        int tag = octet();
        int length = octet();
        if (length > 0x80 && length <= 0x84) {
            int octets = length & 0x7F;
            length = 0;
            for (int i = 0; i < octets; i++) {
                length = length << 8 | octet();
            }
        }
        if (tag != 0x30 || length < 0 || length > LONGEST_LDAP_ANSWER) {
            return new byte[0];
        }
        byte[] message = new byte[length];
        for (int i = 0; i < length; i++) {
            message[i] = (byte) octet();
        }
        return message;
    }

    /** The first ENUMERATED of one octet: message id and lengths stand before it, texts behind it. -1 where there is none. */
    private static int ldapResult(byte[] message) {
        for (int i = 0; i + 2 < message.length; i++) {
            if (message[i] == ENUMERATED && message[i + 1] == 1) {
                return message[i + 2] & 0xFF;
            }
        }
        return -1;
    }

    private void postgres() throws IOException {
        say(POSTGRES_REQUEST);
        int answer = octet();
        if (answer != 'S') {
            String got = answer == 'N' ? "no" : Printable.quote(Character.toString(answer));
            throw refused("got " + got + " to the request for TLS, wanted S; "
                    + (answer == 'N' ? "switch ssl on in postgresql.conf" : "check that this is a PostgreSQL server"));
        }
    }

    private static StartTlsRefusedException refused(String sentence) {
        return new StartTlsRefusedException(sentence);
    }

    private void say(byte[] words) throws IOException {
        socket.getOutputStream().write(words);
    }

    /** One at a time: nothing behind the answer may be taken, it would be TLS. */
    private int octet() throws IOException {
        InputStream in = socket.getInputStream();
        socket.setSoTimeout(deadline.millisLeft());
        int read = in.read();
        if (read < 0) {
            throw new EOFException("before TLS was begun");
        }
        return read;
    }
}
