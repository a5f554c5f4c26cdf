package io.certwright.app.settings;

import io.certwright.certificate.KeyAlgorithm;
import io.certwright.certificate.KeySpec;
import io.certwright.lifecycle.wish.KeyOrigin;
import java.util.Locale;
import java.util.Map;

/** Which keys a kind of issuer cannot work with, told while settings are read and not at the first renewal. */
final class KeyDemands {
    private KeyDemands() {}

    /** What is wrong with a certificate's key, by the setting below {@code key} that says so. */
    static Map<String, String> refusals(String issuerType, KeySpec key, KeyOrigin origin) {
        return issuerType.equals("scep") ? refusalsOfScep(key, origin) : Map.of();
    }

    /** The key itself signs each message, and answers are encrypted to it (RFC 8894, 3.1). */
    private static Map<String, String> refusalsOfScep(KeySpec key, KeyOrigin origin) {
        if (origin == KeyOrigin.HOST) {
            return Map.of(
                    "origin",
                    "got \"host\", wanted service: an issuer of type scep has each message signed with the key");
        }
        String algorithm = key.algorithm().name().toLowerCase(Locale.ROOT);
        return key.algorithm() == KeyAlgorithm.RSA
                ? Map.of()
                : Map.of(
                        "algorithm",
                        "got \"" + algorithm
                                + "\", wanted rsa: an issuer of type scep encrypts its answers to the key");
    }
}
