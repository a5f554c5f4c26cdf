package io.certwright.crypto;

import io.certwright.certificate.KeySpec;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAKey;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Which signature a key makes: RSA and P-256 with SHA-256, P-384 with SHA-384. */
public final class Signing {
    private Signing() {}

    /** Not for use by several threads at once; making one is cheap. */
    public static ContentSigner signer(PrivateKey key, PublicKey open, SecureRandom random) {
        try {
            return new JcaContentSignerBuilder(algorithmFor(key, open))
                    .setProvider(BouncyCastle.provider())
                    .setSecureRandom(random)
                    .build(key);
        } catch (OperatorCreationException unusable) {
            throw new IllegalStateException("a key of kind " + Keys.describe(open) + " cannot sign", unusable);
        }
    }

    private static String algorithmFor(PrivateKey key, PublicKey open) {
        if (key instanceof RSAKey) {
            return "SHA256withRSA";
        }
        return Keys.specOf(open).filter(spec -> spec == KeySpec.P_384).isPresent()
                ? "SHA384withECDSA"
                : "SHA256withECDSA";
    }
}
