package io.certwright.enrollment.adcs.access;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Locale;

/** What ties a login to the TLS connection that it travels in: {@code tls-server-end-point} of RFC 5929. */
final class ChannelBindings {
    private static final byte[] PREFIX = "tls-server-end-point:".getBytes(StandardCharsets.US_ASCII);
    /** Types and lengths of the two addresses, which there are none of (RFC 2743, 1.1.6). */
    private static final int NO_ADDRESSES = 16;

    private ChannelBindings() {}

    /** The hash of the server's certificate, by the algorithm that signed it, but never a weak one. */
    static byte[] of(X509Certificate server) {
        try {
            byte[] hash = MessageDigest.getInstance(algorithmOf(server)).digest(server.getEncoded());
            return ByteBuffer.allocate(PREFIX.length + hash.length)
                    .put(PREFIX)
                    .put(hash)
                    .array();
        } catch (NoSuchAlgorithmException | CertificateEncodingException impossible) {
            throw new IllegalStateException("a certificate that TLS took cannot be hashed", impossible);
        }
    }

    private static String algorithmOf(X509Certificate server) {
        String signed = server.getSigAlgName().toUpperCase(Locale.ROOT);
        return signed.startsWith("SHA384") ? "SHA-384" : signed.startsWith("SHA512") ? "SHA-512" : "SHA-256";
    }

    /** As NTLM carries them (MS-NLMP 2.2.2.1): the MD5 of the structure of RFC 2744. */
    static byte[] hashed(byte[] bindings) {
        ByteBuffer structure = ByteBuffer.allocate(NO_ADDRESSES + Integer.BYTES + bindings.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(NO_ADDRESSES)
                .putInt(bindings.length)
                .put(bindings);
        try {
            return MessageDigest.getInstance("MD5").digest(structure.array());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("this Java has no MD5", impossible);
        }
    }
}
