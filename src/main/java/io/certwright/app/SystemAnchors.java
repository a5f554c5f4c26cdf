package io.certwright.app;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The roots that the Java runtime trusts by default: those of its {@code cacerts}, which Linux distributions keep in step with their own. */
final class SystemAnchors {
    private SystemAnchors() {}

    static List<X509Certificate> read() throws LifecycleException {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init((KeyStore) null);
            return Stream.of(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .flatMap(manager -> Stream.of(manager.getAcceptedIssuers()))
                    .toList();
        } catch (GeneralSecurityException broken) {
            throw new LifecycleException(
                    FailureKind.INTERNAL,
                    "SYSTEM_ANCHORS",
                    "the trusted roots of this Java runtime cannot be read; check its lib/security/cacerts, or give --trust FILE",
                    broken);
        }
    }
}
