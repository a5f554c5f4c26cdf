package io.certwright.enrollment.builtin;

import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.KeySpec;
import io.certwright.crypto.ChainCodec;
import io.certwright.crypto.SealedKey;
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
            out.writeUTF(key.masterKeyId());
            out.writeUTF(key.spec().name());
            write(out, key.nonce());
            write(out, key.ciphertext());
            write(out, key.publicKey());
            write(out, ChainCodec.encode(CertificateChain.of(certificate)));
        } catch (IOException impossible) {
            throw new IllegalStateException("memory does not take bytes", impossible);
        }
        return bytes.toByteArray();
    }

    static SealedKey key(byte[] encoded) throws IOException {
        try (DataInputStream in = opened(encoded)) {
            return key(in);
        }
    }

    static X509Certificate certificate(byte[] encoded) throws IOException {
        try (DataInputStream in = opened(encoded)) {
            key(in);
            return ChainCodec.decode(read(in)).leaf();
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

    private static SealedKey key(DataInputStream in) throws IOException {
        String masterKeyId = in.readUTF();
        KeySpec spec = KeySpec.valueOf(in.readUTF());
        byte[] nonce = read(in);
        byte[] ciphertext = read(in);
        return new SealedKey(masterKeyId, nonce, ciphertext, read(in), spec);
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("cut short");
        }
        return in.readNBytes(length);
    }
}
