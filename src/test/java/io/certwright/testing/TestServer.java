package io.certwright.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;

/** A server on a free loopback port that treats each caller as a test wishes, well or badly. Closing it hangs up on everybody. */
public final class TestServer implements AutoCloseable {
    /** What is done with one caller. */
    public interface Conversation {
        void with(Socket caller) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final Set<Socket> callers = ConcurrentHashMap.newKeySet();

    private TestServer(ServerSocket server, Conversation conversation) {
        this.server = server;
        Thread accepting = new Thread(() -> accept(conversation), "test-server");
        accepting.setDaemon(true);
        accepting.start();
    }

    /** Bare TCP. */
    public static TestServer tcp(Conversation conversation) {
        return tcp("127.0.0.1", conversation);
    }

    /** Bare TCP at an address of this machine. */
    public static TestServer tcp(String address, Conversation conversation) {
        try {
            ServerSocket server = new ServerSocket();
            server.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
            return new TestServer(server, conversation);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** TLS as the JDK speaks it, ready for settings such as protocols or client certificates. */
    public static TestServer tls(KeyPair key, List<X509Certificate> chain, Consumer<SSLServerSocket> settings) {
        return tls("127.0.0.1", key, chain, settings);
    }

    /** TLS at an address of this machine. */
    public static TestServer tls(
            String address, KeyPair key, List<X509Certificate> chain, Consumer<SSLServerSocket> settings) {
        try {
            SSLServerSocket server = (SSLServerSocket)
                    context(key, chain).getServerSocketFactory().createServerSocket();
            settings.accept(server);
            server.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
            return new TestServer(server, TestServer::shakeHands);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** TLS on loopback, and what is said over it. */
    public static TestServer tls(
            KeyPair key, List<X509Certificate> chain, Consumer<SSLServerSocket> settings, Conversation conversation) {
        try {
            SSLServerSocket server = (SSLServerSocket)
                    context(key, chain).getServerSocketFactory().createServerSocket();
            settings.accept(server);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return new TestServer(server, conversation);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept(Conversation conversation) {
        while (!server.isClosed()) {
            try {
                Socket caller = server.accept();
                caller.setTcpNoDelay(true);
                callers.add(caller);
                Thread talking = new Thread(() -> talk(conversation, caller), "test-server-caller");
                talking.setDaemon(true);
                talking.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void talk(Conversation conversation, Socket caller) {
        try (caller) {
            conversation.with(caller);
        } catch (IOException callerLeft) {
            return;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void shakeHands(Socket caller) throws IOException {
        ((SSLSocket) caller).startHandshake();
        while (caller.getInputStream().read() >= 0) {
            caller.getOutputStream().flush();
        }
    }

    private static SSLContext context(KeyPair key, List<X509Certificate> chain) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new OneKey(key.getPrivate(), chain)}, null, null);
            return context;
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Sends the chain as it is given, in any order: a key store would refuse a wrong one. */
    private static final class OneKey extends X509ExtendedKeyManager {
        private final PrivateKey key;
        private final X509Certificate[] chain;

        OneKey(PrivateKey key, List<X509Certificate> chain) {
            this.key = key;
            this.chain = chain.toArray(X509Certificate[]::new);
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return keyType.equals(chain[0].getPublicKey().getAlgorithm()) ? "server" : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return chain.clone();
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return new String[] {"server"};
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket caller : callers) {
                caller.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
