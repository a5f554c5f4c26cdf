package io.certwright.probe.jsse;

import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Takes every chain and remembers it. It must be an <em>extended</em> trust manager: a plain one is wrapped by the JDK in its
 * own checks of algorithms and key sizes, which would hide exactly the weak certificates that people want to see.
 */
final class RecordingTrust extends X509ExtendedTrustManager {
    private List<X509Certificate> shown = List.of();

    /** Leaf first, in the order in which it was sent; empty before a chain was sent. */
    List<X509Certificate> shown() {
        return shown;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyExchange, SSLEngine engine) {
        shown = List.of(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyExchange, Socket socket) {
        shown = List.of(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyExchange) {
        shown = List.of(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyExchange, SSLEngine engine) {
        throw notAServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyExchange, Socket socket) {
        throw notAServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyExchange) {
        throw notAServer();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    private static IllegalStateException notAServer() {
        return new IllegalStateException("a probe is no server and has no clients to trust");
    }
}
