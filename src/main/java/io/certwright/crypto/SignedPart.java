package io.certwright.crypto;

import java.io.IOException;
import java.io.OutputStream;
import java.security.PublicKey;
import java.util.Arrays;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.ContentVerifier;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

/** The signed octets of a structure {@code SEQUENCE { signed, algorithm, signature }}, as they stand in the file: never encoded anew. */
final class SignedPart {
    private SignedPart() {}

    /** The first element of the outermost sequence. */
    static byte[] of(byte[] der) throws IOException {
        int start = contentStart(der, 0);
        int end = contentStart(der, start) + contentLength(der, start);
        if (end > der.length || end < start) {
            throw new IOException("a length beyond the end");
        }
        return Arrays.copyOfRange(der, start, end);
    }

    static boolean verifies(byte[] signed, AlgorithmIdentifier algorithm, byte[] signature, PublicKey key) {
        try {
            ContentVerifier verifier = new JcaContentVerifierProviderBuilder()
                    .setProvider(BouncyCastle.provider())
                    .build(key)
                    .get(algorithm);
            try (OutputStream out = verifier.getOutputStream()) {
                out.write(signed);
            }
            return verifier.verify(signature);
        } catch (OperatorCreationException | IOException | RuntimeException cannot) {
            return false;
        }
    }

    private static int contentStart(byte[] der, int at) throws IOException {
        int first = lengthOctet(der, at);
        return at + 2 + (first < 0x80 ? 0 : first & 0x7F);
    }

    private static int contentLength(byte[] der, int at) throws IOException {
        int first = lengthOctet(der, at);
        if (first < 0x80) {
            return first;
        }
        int octets = first & 0x7F;
        if (octets == 0 || octets > 4 || at + 2 + octets > der.length) {
            throw new IOException("a length that DER does not know");
        }
        int length = 0;
        for (int i = 0; i < octets; i++) {
            length = (length << 8) | (der[at + 2 + i] & 0xFF);
        }
        if (length < 0) {
            throw new IOException("a length beyond all measure");
        }
        return length;
    }

    private static int lengthOctet(byte[] der, int at) throws IOException {
        if (at < 0 || at + 1 >= der.length) {
            throw new IOException("it is cut short");
        }
        return der[at + 1] & 0xFF;
    }
}
