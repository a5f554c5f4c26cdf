package io.certwright.crypto;

import io.certwright.certificate.KeySpec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** A sealed key as bytes within a stored fact. What it writes, every later version reads. */
public final class SealedKeyCodec {
    private SealedKeyCodec() {}

    public static void write(DataOutputStream out, SealedKey key) throws IOException {
        out.writeUTF(key.masterKeyId());
        out.writeUTF(key.spec().name());
        writeBytes(out, key.nonce());
        writeBytes(out, key.ciphertext());
        writeBytes(out, key.publicKey());
    }

    /** Throws IOException or IllegalArgumentException where the bytes are not what {@link #write} wrote. */
    public static SealedKey read(DataInputStream in) throws IOException {
        String masterKeyId = in.readUTF();
        KeySpec spec = KeySpec.valueOf(in.readUTF());
        byte[] nonce = readBytes(in);
        byte[] ciphertext = readBytes(in);
        return new SealedKey(masterKeyId, nonce, ciphertext, readBytes(in), spec);
    }

    /** With their length before them. */
    public static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    public static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("cut short");
        }
        return in.readNBytes(length);
    }
}
