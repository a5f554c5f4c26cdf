package io.certwright.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.X509Certificate;
import java.util.List;

/** What a TLS 1.2 server says up to its chain (RFC 5246, 7.4), with a fixed random: enough to reach the reading of certificates. */
final class TlsFlight {
    private static final int HANDSHAKE = 22;
    private static final int SERVER_HELLO = 2;
    private static final int CERTIFICATE = 11;

    private TlsFlight() {}

    static byte[] of(List<X509Certificate> chain) {
        ByteArrayOutputStream flight = new ByteArrayOutputStream();
        flight.writeBytes(record(message(SERVER_HELLO, serverHello())));
        flight.writeBytes(record(message(CERTIFICATE, certificates(chain))));
        return flight.toByteArray();
    }

    /** TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, no session, secure renegotiation and extended master secret. */
    private static byte[] serverHello() {
        ByteArrayOutputStream hello = new ByteArrayOutputStream();
        hello.writeBytes(new byte[] {3, 3});
        hello.writeBytes(new byte[32]);
        hello.write(0);
        hello.writeBytes(new byte[] {(byte) 0xC0, 0x2B, 0});
        hello.writeBytes(new byte[] {0, 9, (byte) 0xFF, 1, 0, 1, 0, 0, 23, 0, 0});
        return hello.toByteArray();
    }

    private static byte[] certificates(List<X509Certificate> chain) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (X509Certificate certificate : chain) {
            all.writeBytes(withLength(Seeds.der(certificate)));
        }
        return withLength(all.toByteArray());
    }

    private static byte[] message(int type, byte[] body) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(type);
        message.writeBytes(withLength(body));
        return message.toByteArray();
    }

    private static byte[] withLength(byte[] body) {
        ByteArrayOutputStream counted = new ByteArrayOutputStream();
        counted.write(body.length >> 16);
        counted.write(body.length >> 8);
        counted.write(body.length);
        counted.writeBytes(body);
        return counted.toByteArray();
    }

    private static byte[] record(byte[] fragment) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(HANDSHAKE);
            out.writeShort(0x0303);
            out.writeShort(fragment.length);
            out.write(fragment);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
