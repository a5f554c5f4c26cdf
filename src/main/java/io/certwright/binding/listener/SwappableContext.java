package io.certwright.binding.listener;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * A context that makes each new connection with the context that was put in last. The JDK's HTTPS server takes its context once
 * and for all; this is how it changes its certificate without closing a connection. Sessions and tickets of the former context
 * end with it, so nobody resumes into the old certificate.
 */
final class SwappableContext extends SSLContext {
    private final Current current;

    SwappableContext(SSLContext first) {
        this(new Current(first));
    }

    private SwappableContext(Current current) {
        super(current, current.context.getProvider(), current.context.getProtocol());
        this.current = current;
    }

    void swap(SSLContext next) {
        current.context = next;
    }

    private static final class Current extends SSLContextSpi {
        private volatile SSLContext context;

        Current(SSLContext first) {
            this.context = first;
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return context.createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return context.createSSLEngine(host, port);
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return context.getServerSocketFactory();
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return context.getSocketFactory();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return context.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return context.getClientSessionContext();
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("a swappable context is made of ready ones");
        }
    }
}
