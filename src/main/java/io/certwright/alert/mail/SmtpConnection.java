package io.certwright.alert.mail;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;

/** One connection to the mail server for one mail: made, used and closed within the limits. Not for several threads. */
final class SmtpConnection {
    private final MailSettings settings;
    private final MailLimits limits;
    private final Optional<Credentials.Proof> proof;
    private final SocketTracker tracker = new SocketTracker();
    private final Session session;

    /** @param proof of who we are, where the server wants one; wiped here once the connection is over */
    SmtpConnection(MailSettings settings, MailLimits limits, SSLSocketFactory tls, Optional<Credentials.Proof> proof) {
        this.settings = settings;
        this.proof = proof;
        this.limits = limits;
        this.session = Session.getInstance(properties(tls));
    }

    Session session() {
        return session;
    }

    /** Returning means that the server answered 250 to the whole message. */
    void send(Message message, Address to) throws MessagingException {
        converse(transport -> transport.sendMessage(message, new Address[] {to}));
    }

    /** As far as a mail could be handed in. */
    void reach() throws MessagingException {
        converse(transport -> {});
    }

    /** What is said once the connection stands. */
    private interface Conversation {
        void hold(Transport transport) throws MessagingException;
    }

    private void converse(Conversation conversation) throws MessagingException {
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(SmtpConnection::watcher);
        try {
            ScheduledFuture<?> limit =
                    watch.schedule(tracker::cutOff, limits.whole().toMillis(), TimeUnit.MILLISECONDS);
            connectAnd(conversation);
            limit.cancel(false);
        } finally {
            watch.shutdownNow();
        }
    }

    /** Whether it was we who ended it, because it took too long. */
    boolean isCutOff() {
        return tracker.isCutOff();
    }

    private void connectAnd(Conversation conversation) throws MessagingException {
        Transport transport = session.getTransport(settings.server().protocol());
        try {
            connect(transport);
            conversation.hold(transport);
        } catch (MessagingException failure) {
            tracker.close();
            throw failure;
        }
        closeAfterSuccess(transport);
    }

    /** The mail library takes the secret as a String only; it goes no further. */
    private void connect(Transport transport) throws MessagingException {
        MailServer server = settings.server();
        if (proof.isEmpty()) {
            transport.connect(server.host(), server.port(), null, null);
            return;
        }
        char[] secret = proof.get().secret();
        try {
            transport.connect(server.host(), server.port(), proof.get().user(), new String(secret));
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    /** The mail is the server's already; how it says goodbye changes nothing. */
    private void closeAfterSuccess(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException impolite) {
            tracker.close();
        }
    }

    private Properties properties(SSLSocketFactory tls) {
        String prefix = "mail." + settings.server().protocol() + ".";
        MailServer.Protection protection = settings.server().protection();
        Properties properties = new Properties();
        properties.setProperty(prefix + "connectiontimeout", millis(limits.connect()));
        properties.setProperty(prefix + "timeout", millis(limits.read()));
        properties.setProperty(prefix + "quitwait", "false");
        // What we say in EHLO: the library would ask DNS for our own name, without a limit.
        properties.setProperty(prefix + "localhost", settings.from().domain());
        properties.setProperty(prefix + "from", settings.from().address());
        properties.setProperty(prefix + "auth", Boolean.toString(proof.isPresent()));
        boolean token = proof.filter(Credentials.Proof::isToken).isPresent();
        properties.setProperty(prefix + "auth.mechanisms", token ? "XOAUTH2" : "PLAIN LOGIN");
        properties.setProperty(
                prefix + "starttls.enable",
                Boolean.toString(protection == MailServer.Protection.STARTTLS
                        || protection == MailServer.Protection.STARTTLS_IF_OFFERED));
        properties.setProperty(
                prefix + "starttls.required", Boolean.toString(protection == MailServer.Protection.STARTTLS));
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        properties.setProperty(prefix + "ssl.protocols", "TLSv1.3 TLSv1.2");
        properties.setProperty(prefix + "socketFactory.fallback", "false");
        properties.put(prefix + "socketFactory", new TrackedSockets(tracker));
        properties.put(prefix + "ssl.socketFactory", new TrackedTls(tls, tracker));
        return properties;
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    private static Thread watcher(Runnable task) {
        Thread thread = new Thread(task, "mail-limit");
        thread.setDaemon(true);
        return thread;
    }
}
