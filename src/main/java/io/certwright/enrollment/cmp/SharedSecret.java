package io.certwright.enrollment.cmp;

import io.certwright.config.SecretText;

/**
 * What both sides know, and by which a message proves itself (RFC 9810, 5.1.3.1).
 *
 * @param reference under which the CA keeps the secret
 * @param mac how a message's proof is reckoned from it
 */
public record SharedSecret(String reference, SecretText secret, Mac mac) {
    /** Password-based MAC of RFC 9045, which all servers know, or PBMAC1 of RFC 9481. */
    public enum Mac {
        PBM,
        PBMAC1
    }

    public SharedSecret {
        if (reference.isBlank()) {
            throw new IllegalArgumentException(
                    "reference: got nothing, wanted the name under which the CA keeps the secret");
        }
    }
}
