package io.certwright.crypto;

import io.certwright.failure.LifecycleException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.List;

/** Revocation lists from a file, DER or PEM, several in one PEM; parsed by the JDK, whose path validation takes them. */
public final class RevocationListFiles {
    private RevocationListFiles() {}

    /** Never empty. Throws {@code MALFORMED}; {@code what} begins the message. */
    public static List<X509CRL> parse(String what, byte[] content) throws LifecycleException {
        List<X509CRL> lists = new ArrayList<>();
        for (byte[] der : encodings(what, content)) {
            // The JDK's parser passes over what it does not expect; ours tells it.
            var unused = RevocationList.parse(what, der);
            try {
                lists.add((X509CRL)
                        CertificateFactory.getInstance("X.509", "SUN").generateCRL(new ByteArrayInputStream(der)));
            } catch (GeneralSecurityException | RuntimeException malformed) {
                throw RevocationList.malformed(what, malformed);
            }
        }
        return lists;
    }

    private static List<byte[]> encodings(String what, byte[] content) throws LifecycleException {
        if (content.length > 0 && content[0] == 0x30) {
            return List.of(content);
        }
        try {
            List<byte[]> blocks = PemBlock.allOf(new String(content, StandardCharsets.ISO_8859_1)).stream()
                    .filter(block -> block.label().endsWith("CRL"))
                    .map(PemBlock::der)
                    .toList();
            if (!blocks.isEmpty()) {
                return blocks;
            }
            throw new IllegalArgumentException("no CRL block");
        } catch (IllegalArgumentException notPem) {
            throw RevocationList.malformed(what, notPem);
        }
    }
}
