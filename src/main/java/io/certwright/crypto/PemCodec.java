package io.certwright.crypto;

import io.certwright.certificate.CertificateSigningRequest;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Writes PEM (RFC 7468): lines of 64 characters, each ended by a line feed. Reading is {@link CertificateFiles}' business. */
public final class PemCodec {
    private static final byte[] LINE_FEED = {'\n'};

    private PemCodec() {}

    public static String certificate(X509Certificate certificate) {
        return certificates(List.of(certificate));
    }

    /** One block each, in the order given. */
    public static String certificates(List<X509Certificate> certificates) {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            text.append(block("CERTIFICATE", encoded(certificate)));
        }
        return text.toString();
    }

    public static String request(CertificateSigningRequest request) {
        return block("CERTIFICATE REQUEST", request.der());
    }

    /** An unencrypted PKCS#8 block: whoever writes it to a file limits who may read that. */
    public static SecretBytes privateKey(PrivateKey key) {
        byte[] pkcs8 = key.getEncoded();
        byte[] body = Base64.getMimeEncoder(64, LINE_FEED).encode(pkcs8);
        byte[] begin = "-----BEGIN PRIVATE KEY-----\n".getBytes(StandardCharsets.US_ASCII);
        byte[] end = "\n-----END PRIVATE KEY-----\n".getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(begin, begin.length + body.length + end.length);
        System.arraycopy(body, 0, all, begin.length, body.length);
        System.arraycopy(end, 0, all, begin.length + body.length, end.length);
        try {
            return SecretBytes.of(all);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
            Arrays.fill(body, (byte) 0);
            Arrays.fill(all, (byte) 0);
        }
    }

    /** Any other DER under its label, such as {@code X509 CRL}. */
    public static String block(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, LINE_FEED).encodeToString(der)
                + "\n-----END " + label + "-----\n";
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("a parsed certificate has no encoding", impossible);
        }
    }
}
