package io.certwright.crypto;

import io.certwright.certificate.CertificateChain;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** A chain as one array of bytes, for storing: each certificate's length in four octets, then its DER, leaf first. */
public final class ChainCodec {
    private ChainCodec() {}

    public static byte[] encode(CertificateChain chain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (X509Certificate certificate : chain.certificates()) {
                byte[] der = certificate.getEncoded();
                out.writeInt(der.length);
                out.write(der);
            }
        } catch (IOException | CertificateException impossible) {
            throw new IllegalStateException("a parsed chain cannot be encoded", impossible);
        }
        return bytes.toByteArray();
    }

    /** Throws IllegalArgumentException where the bytes are not what {@link #encode} wrote. */
    public static CertificateChain decode(byte[] encoded) {
        List<X509Certificate> certificates = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded))) {
            while (in.available() > 0) {
                int length = in.readInt();
                if (length < 0 || length > in.available()) {
                    throw new IllegalArgumentException("stored chain: it is cut short");
                }
                certificates.add(Asn1.certificate(in.readNBytes(length)));
            }
        } catch (IOException | CertificateException damaged) {
            throw new IllegalArgumentException("stored chain: it does not parse", damaged);
        }
        return new CertificateChain(certificates);
    }
}
