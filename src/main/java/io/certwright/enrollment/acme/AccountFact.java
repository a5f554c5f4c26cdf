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
 * @param next the key that is to take its place, remembered before the CA is asked; which of both the CA knows is not certain then
 */
record AccountFact(SealedKey key, Optional<URI> location, Optional<SealedKey> next) {
    private static final int WITHOUT_NEXT = 1;
    private static final int WITH_NEXT = 2;

    AccountFact(SealedKey key, Optional<URI> location) {
        this(key, location, Optional.empty());
    }

    AccountFact at(Optional<URI> newLocation) {
        return new AccountFact(key, newLocation, next);
    }

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(next.isPresent() ? WITH_NEXT : WITHOUT_NEXT);
            out.writeUTF(location.map(URI::toString).orElse(""));
            SealedKeyCodec.write(out, key);
            if (next.isPresent()) {
                SealedKeyCodec.write(out, next.get());
            }
        } catch (IOException impossible) {
            throw new IllegalStateException("memory does not take bytes", impossible);
        }
        return bytes.toByteArray();
    }

    /** Throws IOException or IllegalArgumentException where the bytes are not what {@link #encode} wrote. */
    static AccountFact decode(byte[] value) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value))) {
            int format = in.readUnsignedByte();
            if (format != WITHOUT_NEXT && format != WITH_NEXT) {
                throw new IOException("format " + format + ", wanted " + WITHOUT_NEXT + " or " + WITH_NEXT);
            }
            String location = in.readUTF();
            SealedKey key = SealedKeyCodec.read(in);
            return new AccountFact(
                    key,
                    location.isEmpty() ? Optional.empty() : Optional.of(URI.create(location)),
                    format == WITH_NEXT ? Optional.of(SealedKeyCodec.read(in)) : Optional.empty());
        }
    }
}
