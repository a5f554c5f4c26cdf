package io.certwright.enrollment.scep;

import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;

/**
 * One exchange of signed messages.
 *
 * @param id the same for all messages about one request
 * @param nonce of this message; the answer repeats it
 * @param key ours: signs what we send and opens what comes back
 * @param certificate with which the server sees whose key that is
 */
record Transaction(String id, byte[] nonce, PrivateKey key, X509Certificate certificate) {
    private static final int NONCE_BYTES = 16;

    Transaction {
        nonce = nonce.clone();
    }

    static Transaction begin(String id, PrivateKey key, X509Certificate certificate, SecureRandom random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return new Transaction(id, nonce, key, certificate);
    }

    @Override
    public byte[] nonce() {
        return nonce.clone();
    }
}
