package io.certwright.enrollment.acme;

import io.certwright.crypto.SealedKey;
import io.certwright.crypto.SealedKeyCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * An account as it stands in the memory.
 *
 * @param key signs everything that we ask of the CA
 * @param location the CA's address of the account; empty until the CA knows the key
 */
record AccountFact(SealedKey key, Optional<URI> location) {
    private static final int FORMAT = 1;

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeUTF(location.map(URI::toString).orElse(""));
            SealedKeyCodec.write(out, key);
        } catch (IOException impossible) {
            throw new IllegalStateException("memory does not take bytes", impossible);
        }
        return bytes.toByteArray();
    }

    /** Throws IOException or IllegalArgumentException where the bytes are not what {@link #encode} wrote. */
    static AccountFact decode(byte[] value) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value))) {
            int format = in.readUnsignedByte();
            if (format != FORMAT) {
                throw new IOException("format " + format + ", wanted " + FORMAT);
            }
            String location = in.readUTF();
            return new AccountFact(
                    SealedKeyCodec.read(in), location.isEmpty() ? Optional.empty() : Optional.of(URI.create(location)));
        }
    }
}
