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
import java.util.ArrayList;
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
 */
public record HttpAccess(List<Path> trust, Optional<URI> proxy) {
    public static final HttpAccess DIRECT = new HttpAccess(List.of(), Optional.empty());

    public HttpAccess {
        trust = List.copyOf(trust);
        proxy.ifPresent(HttpAccess::requireProxy);
    }

    /** The keys {@code tls-trust} and {@code proxy} of a mapping, which the caller ends by {@code build}. */
    public static HttpAccess read(ConfigMapping node) {
        List<Path> trust = node.paths("tls-trust");
        Optional<URI> proxy = node.value("proxy", HttpAccess::requireProxy);
        return new HttpAccess(trust, proxy);
    }

    /** A client that keeps to the limits. Throws where a file of {@code trust} cannot be read. */
    public HttpClient open(HttpLimits limits) throws LifecycleException {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limits.time())
                .followRedirects(HttpClient.Redirect.NEVER);
        if (!trust.isEmpty()) {
            builder.sslContext(context());
        }
        proxy.ifPresent(address ->
                builder.proxy(ProxySelector.of(new InetSocketAddress(address.getHost(), address.getPort()))));
        return new BoundedClient(builder.build(), limits);
    }

    private SSLContext context() throws LifecycleException {
        List<X509Certificate> anchors = new ArrayList<>();
        for (Path file : trust) {
            anchors.addAll(CertificateFiles.read(file).certificates());
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managersFor(anchors), null);
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
