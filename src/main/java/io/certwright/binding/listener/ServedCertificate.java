package io.certwright.binding.listener;

import io.certwright.binding.CertificateToBind;
import io.certwright.certificate.CertificateChain;
import io.certwright.crypto.KeySealer;
import io.certwright.crypto.SealedKey;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate with its key opened, ready to be served. The key is nowhere but in the context. */
record ServedCertificate(CertificateToBind certificate, SSLContext context) {
    private static final char[] NO_PASSWORD = new char[0];

    static ServedCertificate open(CertificateToBind certificate, KeySealer sealer) throws LifecycleException {
        SealedKey key = requireKey(certificate);
        CertificateChain chain = certificate.certificate().chain();
        if (!Arrays.equals(key.publicKey(), chain.leaf().getPublicKey().getEncoded())) {
            throw new LifecycleException(
                    FailureKind.INTERNAL,
                    "KEY_MISMATCH",
                    "listener: the stored key of " + certificate.name()
                            + " does not belong to its certificate; issue it again");
        }
        return new ServedCertificate(certificate, context(certificate, chain, sealer.open(key)));
    }

    /** What the listener cannot do without. */
    static SealedKey requireKey(CertificateToBind certificate) throws LifecycleException {
        return certificate
                .key()
                .orElseThrow(() -> new LifecycleException(
                        FailureKind.REFUSED,
                        "KEY_NOT_HERE",
                        "listener: the key of " + certificate.name()
                                + " is on a server and never leaves it, wanted one that is kept here;"
                                + " set key: { origin: service } and issue it again"));
    }

    private static SSLContext context(CertificateToBind certificate, CertificateChain chain, PrivateKey key)
            throws LifecycleException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("listener", key, NO_PASSWORD, chain.certificates().toArray(X509Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException refused) {
            throw new LifecycleException(
                    FailureKind.INTERNAL,
                    "NOT_SERVABLE",
                    "listener: the JDK cannot serve the certificate of " + certificate.name() + " ("
                            + refused.getMessage() + "); check its chain and issue it again",
                    refused);
        }
    }
}
