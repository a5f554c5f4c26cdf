package io.certwright.trust.windows;

import io.certwright.certificate.Thumbprint;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/**
 * The elements in which Windows keeps a certificate in the registry and in serialized stores (MS-GPEF 2.2.1.1.1.1): property
 * id, the number 1 and the length as little-endian 32-bit numbers, then the value; not aligned, the certificate itself last.
 */
final class StoreElements {
    private static final int SHA1_HASH = 3;
    private static final int CERTIFICATE = 32;
    private static final int HEADER = 12;

    private StoreElements() {}

    /** The value {@code Blob} of a certificate's registry key: its thumbprint, then its DER. */
    static byte[] blob(X509Certificate certificate) {
        byte[] thumbprint = HexFormat.of().parseHex(Thumbprint.of(certificate).hex());
        byte[] hash = element(SHA1_HASH, thumbprint);
        byte[] whole = element(CERTIFICATE, Der.of(certificate));
        return ByteBuffer.allocate(hash.length + whole.length)
                .put(hash)
                .put(whole)
                .array();
    }

    static byte[] certificate(X509Certificate certificate) {
        return element(CERTIFICATE, Der.of(certificate));
    }

    private static byte[] element(int property, byte[] value) {
        return ByteBuffer.allocate(HEADER + value.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(property)
                .putInt(1)
                .putInt(value.length)
                .put(value)
                .array();
    }
}
