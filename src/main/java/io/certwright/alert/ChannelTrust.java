package io.certwright.alert;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Which mail servers and webhooks are trusted: those whose certificate comes from a CA of the system or from one of our own anchors. */
public final class ChannelTrust {
    private ChannelTrust() {}

    public static SSLContext systemAnd(Collection<X509Certificate> anchors) throws LifecycleException {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            int count = 0;
            for (X509Certificate anchor :
                    Stream.concat(systemAnchors(), anchors.stream()).toList()) {
                trusted.setCertificateEntry("anchor-" + count++, anchor);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(trusted), null);
            return context;
        } catch (GeneralSecurityException | IOException broken) {
            throw new LifecycleException(
                    FailureKind.INTERNAL,
                    "CHANNEL_TRUST_BROKEN",
                    "alerts: this JDK's trusted certificates cannot be read: " + broken,
                    broken);
        }
    }

    private static Stream<X509Certificate> systemAnchors() throws GeneralSecurityException {
        return Stream.of(managers(null))
                .filter(X509TrustManager.class::isInstance)
                .flatMap(manager -> Stream.of(((X509TrustManager) manager).getAcceptedIssuers()));
    }

    /** Without a store: those of the system. */
    private static TrustManager[] managers(@Nullable KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }
}
