package io.certwright.binding.iis;

import io.certwright.windows.StoreCall.KeySignature;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** Holds what a host signed against the certificate it claims. */
final class Signatures {
    private Signatures() {}

    /** Whether the answer to a challenge was made with the private key of this certificate. */
    static boolean verifies(X509Certificate certificate, byte[] challenge, KeySignature answer) {
        try {
            Signature signature = Signature.getInstance(answer.javaAlgorithm());
            signature.initVerify(certificate.getPublicKey());
            signature.update(challenge);
            return signature.verify(Base64.getDecoder().decode(answer.signature()));
        } catch (GeneralSecurityException | IllegalArgumentException wrong) {
            return false;
        }
    }
}
