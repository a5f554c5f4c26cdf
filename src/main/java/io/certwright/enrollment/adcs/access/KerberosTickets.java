package io.certwright.enrollment.adcs.access;

import io.certwright.certificate.Printable;
import io.certwright.config.SecretText;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.GSSName;
import org.ietf.jgss.Oid;

/**
 * Gets what proves to a web server by Kerberos who we are (RFC 4559), from a keytab, a password, or the tickets of the account that runs
 * Certwright. Realm and domain controllers are those of this machine ({@code krb5.conf}, or the domain that Windows is a member of).
 */
final class KerberosTickets {
    /** The JDK's own limits are per controller and per try. */
    private static final long MOST_SECONDS = 20;

    private static final String SPNEGO = "1.3.6.1.5.5.2";
    private static final String MODULE = "com.sun.security.auth.module.Krb5LoginModule";
    private static final int LONGEST_REASON = 160;

    /** By the number of RFC 4120, 7.5.9, that the JDK puts into its messages, or what it finds by itself. */
    private static final Map<String, String> HINTS = Map.of(
            "(6)", "the account is not known there: check user",
            "(7)", "no account has the service name HTTP/HOST: setspn -S HTTP/HOST ACCOUNT, with the name that url has",
            "(18)", "the account is disabled or locked",
            "(23)", "the password has expired",
            "(24)", "the password or keytab is not the account's, or older than its last change",
            "Checksum failed", "the password or keytab is not the account's, or older than its last change",
            "(37)", "the clocks of this machine and of the domain controller differ by more than five minutes");

    private final IssuerName issuer;
    private final Login login;

    KerberosTickets(IssuerName issuer, Login login) {
        this.issuer = issuer;
        this.login = login;
    }

    /** For the header {@code Authorization: Negotiate}, for one request to this host. */
    String tokenFor(String host) throws LifecycleException {
        FutureTask<String> work = new FutureTask<>(() -> negotiated(host));
        Thread thread = new Thread(work, "kerberos-" + issuer);
        thread.setDaemon(true);
        thread.start();
        try {
            return work.get(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw unreachable("gave no answer within " + MOST_SECONDS + " s", late);
        } catch (ExecutionException failed) {
            throw told(failed.getCause() == null ? failed : failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw unreachable("was not asked to the end", stopped);
        }
    }

    private String negotiated(String host) throws LoginException, PrivilegedActionException {
        LoginContext context = new LoginContext("certwright", new Subject(), this::answer, new OneModule(options()));
        context.login();
        try {
            return Subject.doAs(context.getSubject(), (PrivilegedExceptionAction<String>) () -> firstToken(host));
        } finally {
            context.logout();
        }
    }

    private static String firstToken(String host) throws GSSException {
        GSSManager manager = GSSManager.getInstance();
        GSSName service = manager.createName("HTTP@" + host, GSSName.NT_HOSTBASED_SERVICE);
        GSSContext context = manager.createContext(service, new Oid(SPNEGO), null, GSSContext.DEFAULT_LIFETIME);
        try {
            context.requestMutualAuth(true);
            return Base64.getEncoder().encodeToString(context.initSecContext(new byte[0], 0, 0));
        } finally {
            context.dispose();
        }
    }

    /** The settings of this issuer alone; a configuration file that changed is read again. */
    private Map<String, String> options() {
        Map<String, String> options = new HashMap<>(Map.of("isInitiator", "true", "refreshKrb5Config", "true"));
        login.user().ifPresent(user -> options.put("principal", user));
        if (login.keytab().isPresent()) {
            options.put("useKeyTab", "true");
            options.put("keyTab", login.keytab().get().toString());
        } else if (login.password().isEmpty()) {
            options.put("useTicketCache", "true");
        }
        options.put("doNotPrompt", String.valueOf(login.password().isEmpty()));
        return options;
    }

    private void answer(Callback[] questions) {
        for (Callback question : questions) {
            Optional<char[]> password = login.password().map(SecretText::reveal);
            if (question instanceof PasswordCallback asked && password.isPresent()) {
                asked.setPassword(password.get());
            }
            password.ifPresent(characters -> Arrays.fill(characters, '\0'));
        }
    }

    private LifecycleException told(Throwable failed) {
        Throwable cause = failed instanceof PrivilegedActionException wrapped ? wrapped.getException() : failed;
        String message = String.valueOf(cause.getMessage());
        if (isOfNetwork(cause) || message.contains("KDC")) {
            return unreachable("cannot be asked", cause);
        }
        String hint = HINTS.entrySet().stream()
                .filter(entry -> message.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(
                        login.user().isPresent()
                                ? "check user, password or keytab, and krb5.conf"
                                : "this account has no tickets: sign in, or write user and keytab");
        return new LifecycleException(
                FailureKind.UNAUTHORIZED,
                "KERBEROS_REFUSED",
                "issuer " + issuer + ": no Kerberos ticket for " + login.described() + reasonOf(cause) + "; " + hint,
                cause);
    }

    private static boolean isOfNetwork(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    private LifecycleException unreachable(String what, Throwable cause) {
        return new LifecycleException(
                FailureKind.UNREACHABLE,
                "KERBEROS_UNREACHABLE",
                "issuer " + issuer + ": the domain controller " + what + reasonOf(cause)
                        + "; check realm and kdc in krb5.conf, and that port 88 is open",
                cause);
    }

    private static String reasonOf(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? "" : " (" + Printable.escape(message, LONGEST_REASON) + ")";
    }

    /** A login of one module that no file and no property of this process has a say in. */
    private static final class OneModule extends Configuration {
        private final Map<String, String> options;

        OneModule(Map<String, String> options) {
            this.options = options;
        }

        @Override
        public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
            return new AppConfigurationEntry[] {
                new AppConfigurationEntry(MODULE, LoginModuleControlFlag.REQUIRED, options)
            };
        }
    }
}
