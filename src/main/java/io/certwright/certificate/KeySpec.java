package io.certwright.certificate;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which key a certificate is to have; RSA is the default because WSUS and software update points require it. */
public enum KeySpec {
    RSA_2048(KeyAlgorithm.RSA, 2048),
    RSA_3072(KeyAlgorithm.RSA, 3072),
    RSA_4096(KeyAlgorithm.RSA, 4096),
    /** secp256r1. */
    P_256(KeyAlgorithm.EC, 256),
    /** secp384r1. */
    P_384(KeyAlgorithm.EC, 384);

    private final KeyAlgorithm algorithm;
    private final int bits;

    KeySpec(KeyAlgorithm algorithm, int bits) {
        this.algorithm = algorithm;
        this.bits = bits;
    }

    public static KeySpec of(KeyAlgorithm algorithm, int bits) {
        return Arrays.stream(values())
                .filter(spec -> spec.algorithm == algorithm && spec.bits == bits)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "key: got " + algorithm.name().toLowerCase(Locale.ROOT) + " "
                                + bits + ", wanted one of "
                                + Arrays.stream(values()).map(KeySpec::toString).collect(Collectors.joining(", "))));
    }

    public KeyAlgorithm algorithm() {
        return algorithm;
    }

    /** RSA: bits of the modulus. EC: bits of the curve's field. */
    public int bits() {
        return bits;
    }

    /** {@code RSA-3072} or {@code P-256}. */
    @Override
    public String toString() {
        return (algorithm == KeyAlgorithm.RSA ? "RSA-" : "P-") + bits;
    }
}
