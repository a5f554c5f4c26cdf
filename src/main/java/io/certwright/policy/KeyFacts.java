package io.certwright.policy;

import io.certwright.certificate.KeyAlgorithm;
import io.certwright.certificate.KeySpec;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a public key is, as far as it can be judged.
 *
 * @param text for people: {@code RSA-3072}, {@code P-256}, {@code DSA}
 * @param spec the key as settings could wish it; empty for all others, P-521 among them
 */
record KeyFacts(String text, Strength strength, Optional<KeySpec> spec, boolean isElliptic) {
    enum Strength {
        STRONG,
        WEAK,
        /** No kind of key that Windows, IIS and browsers accept in a server certificate. */
        UNSUPPORTED
    }

    private static final int SMALLEST_RSA = 2048;
    private static final int LONGEST_EXPONENT = 256;
    private static final BigInteger SMALL_PRIMES = productOfPrimesBelow(752);
    private static final String ELLIPTIC = "1.2.840.10045.2.1";
    private static final List<Integer> CURVES = List.of(256, 384, 521);

    static KeyFacts of(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return ofRsa(rsa);
        }
        if (key instanceof ECPublicKey ec) {
            return ofEc(ec.getParams());
        }
        boolean elliptic = key.getAlgorithm().equals("EC") || key.getAlgorithm().equals(ELLIPTIC);
        return new KeyFacts(
                elliptic ? "EC with a curve that it spells out or that is unknown" : key.getAlgorithm(),
                Strength.UNSUPPORTED,
                Optional.empty(),
                elliptic);
    }

    private static KeyFacts ofRsa(RSAPublicKey key) {
        int bits = key.getModulus().bitLength();
        boolean sound = bits % 8 == 0 && isSound(key.getPublicExponent()) && hasNoSmallFactor(key.getModulus());
        Strength strength = bits >= SMALLEST_RSA && sound ? Strength.STRONG : Strength.WEAK;
        String odd = sound
                ? ""
                : " (bits " + bits + ", public exponent " + exponent(key.getPublicExponent())
                        + (hasNoSmallFactor(key.getModulus()) ? "" : ", a modulus with a small factor") + ")";
        return new KeyFacts("RSA-" + bits + odd, strength, specOf(KeyAlgorithm.RSA, bits), false);
    }

    private static boolean isSound(BigInteger exponent) {
        return exponent.testBit(0)
                && exponent.compareTo(BigInteger.valueOf(3)) >= 0
                && exponent.bitLength() <= LONGEST_EXPONENT;
    }

    /** Baseline Requirements, 6.1.6: no factor below 752, two among them. */
    private static boolean hasNoSmallFactor(BigInteger modulus) {
        return modulus.gcd(SMALL_PRIMES).equals(BigInteger.ONE);
    }

    private static BigInteger productOfPrimesBelow(int limit) {
        BigInteger product = BigInteger.ONE;
        for (BigInteger prime = BigInteger.TWO;
                prime.compareTo(BigInteger.valueOf(limit)) < 0;
                prime = prime.nextProbablePrime()) {
            product = product.multiply(prime);
        }
        return product;
    }

    private static String exponent(BigInteger exponent) {
        return exponent.bitLength() > 64 ? "of " + exponent.bitLength() + " bits" : exponent.toString();
    }

    private static KeyFacts ofEc(ECParameterSpec curve) {
        for (int bits : CURVES) {
            if (isSameCurve(curve, named("secp" + bits + "r1"))) {
                return new KeyFacts("P-" + bits, Strength.STRONG, specOf(KeyAlgorithm.EC, bits), true);
            }
        }
        int bits = curve.getCurve().getField().getFieldSize();
        Strength strength = bits < CURVES.get(0) ? Strength.WEAK : Strength.UNSUPPORTED;
        return new KeyFacts("EC on another curve of " + bits + " bits", strength, Optional.empty(), true);
    }

    /** Providers have their own subclasses of the parameters, so the numbers are compared. */
    private static boolean isSameCurve(ECParameterSpec one, ECParameterSpec other) {
        return one.getCurve().equals(other.getCurve())
                && one.getGenerator().equals(other.getGenerator())
                && one.getOrder().equals(other.getOrder())
                && one.getCofactor() == other.getCofactor();
    }

    private static ECParameterSpec named(String curve) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(curve));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(String.format(Locale.ROOT, "this JDK lacks %s", curve), absent);
        }
    }

    private static Optional<KeySpec> specOf(KeyAlgorithm algorithm, int bits) {
        return Arrays.stream(KeySpec.values())
                .filter(spec -> spec.algorithm() == algorithm && spec.bits() == bits)
                .findFirst();
    }
}
