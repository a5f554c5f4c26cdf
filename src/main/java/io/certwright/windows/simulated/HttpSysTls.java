package io.certwright.windows.simulated;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** TLS over one connection with the certificate that http.sys has for it; nothing is resumed from an earlier one. */
final class HttpSysTls extends X509ExtendedKeyManager {
    private static final String ALIAS = "http.sys";

    private final SimulatedServer server;
    private final Socket caller;
    private volatile Optional<StoredItem> chosen = Optional.empty();

    private HttpSysTls(SimulatedServer server, Socket caller) {
        this.server = server;
        this.caller = caller;
    }

    static SSLSocket over(SimulatedServer server, Socket caller) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new HttpSysTls(server, caller)}, null, null);
        SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(caller, null, caller.getPort(), true);
        secure.setUseClientMode(false);
        return secure;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        Optional<String> name = Optional.empty();
        if (((SSLSocket) socket).getHandshakeSession() instanceof ExtendedSSLSession session) {
            name = session.getRequestedServerNames().stream()
                    .filter(SNIHostName.class::isInstance)
                    .map(each -> ((SNIHostName) each).getAsciiName())
                    .findFirst();
        }
        try {
            StoredItem item = server.serving(caller.getLocalAddress().getHostAddress(), caller.getLocalPort(), name);
            chosen = Optional.of(item);
            return item.certificate().getPublicKey().getAlgorithm().equals(keyType) ? ALIAS : null;
        } catch (WindowsError nothingBound) {
            return null;
        }
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        synchronized (server) {
            if (server.is(Behaviour.SENDS_LEAF_ALONE)) {
                return new X509Certificate[] {chosen.orElseThrow().certificate()};
            }
            return server.stores().chainOf(chosen.orElseThrow().certificate()).toArray(X509Certificate[]::new);
        }
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return chosen.flatMap(StoredItem::key).orElseThrow();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return new String[0];
    }

    @Override
    public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
        return "";
    }
}
