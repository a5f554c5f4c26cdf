package io.certwright.enrollment.adcs.access;

import com.sun.net.httpserver.HttpExchange;
import io.certwright.enrollment.adcs.TestIis;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.security.auth.Subject;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.Oid;

/** A door that takes Kerberos by SPNEGO, with the keys of a keytab. */
final class GssAcceptor implements TestIis.Door {
    private final Subject service;
    private final List<String> admitted = new CopyOnWriteArrayList<>();

    GssAcceptor(String principal, Path keytab) throws LoginException {
        Map<String, String> options = Map.of(
                "isInitiator", "false",
                "useKeyTab", "true",
                "storeKey", "true",
                "doNotPrompt", "true",
                "refreshKrb5Config", "true",
                "principal", principal,
                "keyTab", keytab.toString());
        LoginContext context = new LoginContext("acceptor", new Subject(), null, new Configuration() {
            @Override
            public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                return new AppConfigurationEntry[] {
                    new AppConfigurationEntry(
                            "com.sun.security.auth.module.Krb5LoginModule",
                            AppConfigurationEntry.LoginModuleControlFlag.REQUIRED,
                            options)
                };
            }
        });
        context.login();
        service = context.getSubject();
    }

    /** Who came in. */
    List<String> admitted() {
        return List.copyOf(admitted);
    }

    @Override
    public boolean admits(HttpExchange exchange) throws IOException {
        String sent = exchange.getRequestHeaders().getFirst("Authorization");
        try {
            if (sent != null && sent.startsWith("Negotiate ")) {
                admitted.add(accepted(Base64.getDecoder().decode(sent.substring("Negotiate ".length()))));
                return true;
            }
        } catch (PrivilegedActionException refused) {
            admitted.add("nobody: " + refused.getException().getMessage());
        }
        exchange.getResponseHeaders().add("WWW-Authenticate", "Negotiate");
        TestIis.send(exchange, TestIis.Reply.text(401, "text/html", "<h2>Unauthorized</h2>"));
        return false;
    }

    private String accepted(byte[] token) throws PrivilegedActionException {
        return Subject.doAs(service, (PrivilegedExceptionAction<String>) () -> nameIn(token));
    }

    private static String nameIn(byte[] token) throws GSSException {
        GSSManager manager = GSSManager.getInstance();
        GSSCredential own = manager.createCredential(
                null, GSSCredential.INDEFINITE_LIFETIME, new Oid("1.3.6.1.5.5.2"), GSSCredential.ACCEPT_ONLY);
        GSSContext context = manager.createContext(own);
        context.acceptSecContext(token, 0, token.length);
        String name = context.getSrcName().toString();
        context.dispose();
        return name;
    }
}
