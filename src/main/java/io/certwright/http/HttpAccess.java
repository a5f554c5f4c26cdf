package io.certwright.http;

import io.certwright.certificate.Printable;
import io.certwright.config.ConfigMapping;
import io.certwright.crypto.CertificateFiles;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * The way to a server: whom to trust for its TLS, and through which proxy it is reached.
 *
 * @param trust files with the roots that vouch for the server's own TLS; where there are none, those of this Java
 * @param proxy an HTTP proxy, as {@code http://HOST:PORT}; without one the server is reached directly
 * @param identity as whom we show ourselves to a server that asks for a client certificate
 */
public record HttpAccess(List<Path> trust, Optional<URI> proxy, Optional<ClientIdentityFile> identity) {
    public static final HttpAccess DIRECT = new HttpAccess(List.of(), Optional.empty());

    public HttpAccess {
        trust = List.copyOf(trust);
        proxy.ifPresent(HttpAccess::requireProxy);
    }

    /** Without a client certificate. */
    public HttpAccess(List<Path> trust, Optional<URI> proxy) {
        this(trust, proxy, Optional.empty());
    }

    /** The keys {@code tls-trust}, {@code proxy} and {@code client-certificate} of a mapping, which the caller ends by {@code build}. */
    public static HttpAccess read(ConfigMapping node) {
        List<Path> trust = node.paths("tls-trust");
        Optional<URI> proxy = node.value("proxy", HttpAccess::requireProxy);
        Optional<ClientIdentityFile> identity =
                node.mapping("client-certificate").flatMap(ClientIdentityFile::read);
        return new HttpAccess(trust, proxy, identity);
    }

    /** A client that keeps to the limits. Throws where a file of {@code trust} or of {@code identity} cannot be read. */
    public HttpClient open(HttpLimits limits) throws LifecycleException {
        return open(limits, identity.isPresent() ? Optional.of(identity.get().open()) : Optional.empty());
    }

    /** As {@link #open(HttpLimits)}, as somebody else than the settings say: as the certificate that is to be renewed. */
    public HttpClient open(HttpLimits limits, Optional<ClientIdentity> as) throws LifecycleException {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limits.time())
                .followRedirects(HttpClient.Redirect.NEVER);
        if (!trust.isEmpty() || as.isPresent()) {
            builder.sslContext(context(as));
        }
        proxy.ifPresent(address ->
                builder.proxy(ProxySelector.of(new InetSocketAddress(address.getHost(), address.getPort()))));
        return new BoundedClient(builder.build(), limits);
    }

    /** Its sessions are its own, so that no other identity is ever taken up again. */
    private SSLContext context(Optional<ClientIdentity> as) throws LifecycleException {
        List<X509Certificate> anchors = CertificateFiles.readAll(trust);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    as.isPresent() ? as.get().keyManagers() : null,
                    trust.isEmpty() ? null : managersFor(anchors),
                    null);
            return context;
        } catch (GeneralSecurityException | java.io.IOException impossible) {
            throw new LifecycleException(
                    FailureKind.INTERNAL,
                    "TLS_UNAVAILABLE",
                    "this Java cannot make a TLS context that trusts " + anchors.size() + " given roots",
                    impossible);
        }
    }

    private static TrustManager[] managersFor(List<X509Certificate> anchors)
            throws GeneralSecurityException, java.io.IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < anchors.size(); i++) {
            store.setCertificateEntry("anchor-" + i, anchors.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static URI requireProxy(String text) {
        try {
            return requireProxy(URI.create(text.strip()));
        } catch (IllegalArgumentException notAnAddress) {
            throw new IllegalArgumentException(wantedProxy(text), notAnAddress);
        }
    }

    private static URI requireProxy(URI address) {
        boolean plain = "http".equals(address.getScheme())
                && address.getHost() != null
                && address.getPort() > 0
                && address.getUserInfo() == null;
        if (!plain) {
            throw new IllegalArgumentException(wantedProxy(address.toString()));
        }
        return address;
    }

    private static String wantedProxy(String got) {
        return "got " + Printable.quote(got) + ", wanted a proxy as http://HOST:PORT, without user and password";
    }
}
