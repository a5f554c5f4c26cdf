package io.certwright.certificate;

/** The families of key that a server certificate may have. */
public enum KeyAlgorithm {
    RSA,
    EC
}
