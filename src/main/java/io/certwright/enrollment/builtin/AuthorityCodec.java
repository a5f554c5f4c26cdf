package io.certwright.enrollment.builtin;

import io.certwright.certificate.CertificateChain;
import io.certwright.crypto.ChainCodec;
import io.certwright.crypto.SealedKey;
import io.certwright.crypto.SealedKeyCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.cert.X509Certificate;

/** A CA certificate and its sealed key as the bytes that stand in the memory. */
final class AuthorityCodec {
    private static final int FORMAT = 1;

    private AuthorityCodec() {}

    static byte[] encode(X509Certificate certificate, SealedKey key) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            SealedKeyCodec.write(out, key);
            SealedKeyCodec.writeBytes(out, ChainCodec.encode(CertificateChain.of(certificate)));
        } catch (IOException impossible) {
            throw new IllegalStateException("memory does not take bytes", impossible);
        }
        return bytes.toByteArray();
    }

    static SealedKey key(byte[] encoded) throws IOException {
        try (DataInputStream in = opened(encoded)) {
            return SealedKeyCodec.read(in);
        }
    }

    static X509Certificate certificate(byte[] encoded) throws IOException {
        try (DataInputStream in = opened(encoded)) {
            SealedKeyCodec.read(in);
            return ChainCodec.decode(SealedKeyCodec.readBytes(in)).leaf();
        }
    }

    private static DataInputStream opened(byte[] encoded) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded));
        int format = in.readUnsignedByte();
        if (format != FORMAT) {
            throw new IOException("format " + format + ", wanted " + FORMAT);
        }
        return in;
    }
}
