package io.certwright.crypto;

import io.certwright.certificate.KeyAlgorithm;
import io.certwright.certificate.KeySpec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Keys between their encodings and the JDK's types, and what kind of key one is. */
public final class Keys {
    private static final Map<ASN1ObjectIdentifier, KeySpec> CURVES =
            Map.of(SECObjectIdentifiers.secp256r1, KeySpec.P_256, SECObjectIdentifiers.secp384r1, KeySpec.P_384);

    private Keys() {}

    /** From PKCS#8 in DER. */
    public static PrivateKey privateKey(byte[] pkcs8) throws GeneralSecurityException {
        try {
            return factoryFor(PrivateKeyInfo.getInstance(pkcs8).getPrivateKeyAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (RuntimeException malformed) {
            throw new GeneralSecurityException("not a private key in PKCS#8", malformed);
        }
    }

    /** From a SubjectPublicKeyInfo in DER. */
    public static PublicKey publicKey(byte[] subjectPublicKeyInfo) throws GeneralSecurityException {
        try {
            return factoryFor(SubjectPublicKeyInfo.getInstance(subjectPublicKeyInfo)
                            .getAlgorithm())
                    .generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo));
        } catch (RuntimeException malformed) {
            throw new GeneralSecurityException("not a public key in SubjectPublicKeyInfo", malformed);
        }
    }

    /** Empty for keys that no {@link KeySpec} names: RSA-1024, P-521, Ed25519. */
    public static Optional<KeySpec> specOf(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            int bits = rsa.getModulus().bitLength();
            return java.util.Arrays.stream(KeySpec.values())
                    .filter(spec -> spec.algorithm() == KeyAlgorithm.RSA && spec.bits() == bits)
                    .findFirst();
        }
        ASN1Encodable curve = algorithmOf(key).getParameters();
        return curve instanceof ASN1ObjectIdentifier oid ? Optional.ofNullable(CURVES.get(oid)) : Optional.empty();
    }

    /** {@code RSA-1024}, {@code P-256}, {@code P-521}, or the algorithm's own name, for people. */
    public static String describe(PublicKey key) {
        Optional<KeySpec> spec = specOf(key);
        if (spec.isPresent()) {
            return spec.get().toString();
        }
        if (key instanceof RSAPublicKey rsa) {
            return "RSA-" + rsa.getModulus().bitLength();
        }
        ASN1Encodable curve = algorithmOf(key).getParameters();
        if (SECObjectIdentifiers.secp521r1.equals(curve)) {
            return "P-521";
        }
        return curve instanceof ASN1ObjectIdentifier oid ? key.getAlgorithm() + " " + oid.getId() : key.getAlgorithm();
    }

    /** Whether what the one signs, the other verifies; false also where either cannot sign at all. */
    public static boolean belongTogether(PrivateKey secret, PublicKey open) {
        byte[] challenge = "do these two belong together?".getBytes(StandardCharsets.US_ASCII);
        try {
            String algorithm = open instanceof RSAPublicKey ? "SHA256withRSA" : "SHA256withECDSA";
            Signature signer = Signature.getInstance(algorithm, BouncyCastle.provider());
            signer.initSign(secret);
            signer.update(challenge);
            Signature verifier = Signature.getInstance(algorithm, BouncyCastle.provider());
            verifier.initVerify(open);
            verifier.update(challenge);
            return verifier.verify(signer.sign());
        } catch (GeneralSecurityException | RuntimeException notAPair) {
            return false;
        }
    }

    private static KeyFactory factoryFor(AlgorithmIdentifier algorithm) throws GeneralSecurityException {
        return algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)
                ? KeyFactory.getInstance("RSA", "SunRsaSign")
                : KeyFactory.getInstance(algorithm.getAlgorithm().getId(), BouncyCastle.provider());
    }

    private static AlgorithmIdentifier algorithmOf(PublicKey key) {
        return SubjectPublicKeyInfo.getInstance(key.getEncoded()).getAlgorithm();
    }
}
