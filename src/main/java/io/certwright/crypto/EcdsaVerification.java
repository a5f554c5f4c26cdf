package io.certwright.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Collection;
import java.util.Map;

/**
 * Verifies certificates signed by ECDSA through the crypto library, some four times as fast as Java 17 does it itself. Java remembers
 * of a certificate the last key and provider that it was verified by, so that a chain which is put in order, searched and validated is
 * verified once if all ask here.
 *
 * <p>The JDK's path validation takes the name of a provider, so there has to be a registered one. It has these algorithms alone and
 * stands last: who does not ask for it by name never meets it.
 */
public final class EcdsaVerification {
    private static final String PACKAGE = "org.bouncycastle.jcajce.provider.asymmetric.ec.SignatureSpi$";

    private static final Map<String, String> ALGORITHMS = Map.of(
            "SHA256withECDSA", PACKAGE + "ecDSA256",
            "SHA384withECDSA", PACKAGE + "ecDSA384",
            "SHA512withECDSA", PACKAGE + "ecDSA512");

    private static final String NAME = register();

    private EcdsaVerification() {}

    /** Whether the signature of {@code signed} is of a kind that is verified here. */
    public static boolean suits(X509Certificate signed) {
        return ALGORITHMS.containsKey(signed.getSigAlgName());
    }

    /** As {@link #suits} of all. */
    public static boolean suitsAll(Collection<? extends X509Certificate> signed) {
        return signed.stream().allMatch(EcdsaVerification::suits);
    }

    /** The provider's name, for a library that verifies by itself. */
    public static String provider() {
        return NAME;
    }

    /**
     * As {@link X509Certificate#verify(PublicKey)}, here where that suits, else by Java itself.
     *
     * @throws InvalidKeyException also where the point of {@code signer} is none of its curve, which Java lets pass when it parses
     */
    public static void verify(X509Certificate signed, PublicKey signer) throws GeneralSecurityException {
        if (!suits(signed) || !(signer instanceof ECPublicKey)) {
            signed.verify(signer);
            return;
        }
        try {
            signed.verify(signer, NAME);
        } catch (IllegalArgumentException offTheCurve) {
            throw new InvalidKeyException("public key: " + offTheCurve.getMessage(), offTheCurve);
        }
    }

    private static String register() {
        Provider provider = new OnlyEcdsa();
        Security.addProvider(provider);
        return provider.getName();
    }

    private static final class OnlyEcdsa extends Provider {
        private static final long serialVersionUID = 1L;

        OnlyEcdsa() {
            super("CertwrightEcdsa", "1", "ECDSA by the crypto library");
            ALGORITHMS.forEach((algorithm, implementation) -> put("Signature." + algorithm, implementation));
        }
    }
}
