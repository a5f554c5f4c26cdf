package io.certwright.enrollment.est;

import io.certwright.certificate.KeySpec;
import java.io.IOException;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * A kind of key that an EST server wishes.
 *
 * @param algorithm {@code rsaEncryption} or {@code id-ecPublicKey}
 * @param curve of an EC key, where one is said
 * @param bits of an RSA key at least; 0 where none are said
 */
record KeyWish(ASN1ObjectIdentifier algorithm, Optional<ASN1ObjectIdentifier> curve, int bits) {
    private static final int MOST_BITS = 100_000;

    static boolean isAbout(ASN1ObjectIdentifier type) {
        return type.equals(PKCSObjectIdentifiers.rsaEncryption) || type.equals(X9ObjectIdentifiers.id_ecPublicKey);
    }

    static KeyWish ofAnyKind(ASN1ObjectIdentifier algorithm) {
        return new KeyWish(algorithm, Optional.empty(), 0);
    }

    /** As an attribute says it: the value is a curve, or a number of bits. */
    static KeyWish of(ASN1ObjectIdentifier algorithm, ASN1Encodable value) {
        if (value instanceof ASN1ObjectIdentifier curve) {
            return new KeyWish(algorithm, Optional.of(curve), 0);
        }
        boolean bits = value instanceof ASN1Integer number && number.intValueExact() >= 0;
        return new KeyWish(
                algorithm, Optional.empty(), bits ? Math.min(MOST_BITS, ((ASN1Integer) value).intValueExact()) : 0);
    }

    boolean isMetBy(SubjectPublicKeyInfo key) {
        if (!key.getAlgorithm().getAlgorithm().equals(algorithm)) {
            return false;
        }
        return algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)
                ? bitsOf(key) >= bits
                : curve.isEmpty() || curve.get().equals(key.getAlgorithm().getParameters());
    }

    private static int bitsOf(SubjectPublicKeyInfo rsa) {
        try {
            return RSAPublicKey.getInstance(rsa.parsePublicKey()).getModulus().bitLength();
        } catch (IOException impossible) {
            throw new IllegalStateException("a key of ours is none", impossible);
        }
    }

    /** {@code RSA of 3072 bits or more}, {@code P-384}, {@code secp521r1}. */
    @Override
    public String toString() {
        if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return "RSA" + (bits == 0 ? "" : " of " + bits + " bits or more");
        }
        return curve.map(KeyWish::nameOf).orElse("EC");
    }

    private static String nameOf(ASN1ObjectIdentifier curve) {
        String name = ECNamedCurveTable.getName(curve);
        if ("secp256r1".equals(name)) {
            return KeySpec.P_256.toString();
        }
        return "secp384r1".equals(name)
                ? KeySpec.P_384.toString()
                : name == null ? "the curve " + CsrWishes.nameOf(curve) : name;
    }
}
