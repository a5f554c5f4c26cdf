package io.certwright.testing;

import io.certwright.certificate.IssuedCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A mail server on loopback that speaks SMTP with STARTTLS or implicit TLS and logins, keeps what it took, and misbehaves as a test
 * wishes: any step can get another reply, silence, or a hang-up.
 */
public final class TestSmtpServer implements AutoCloseable {
    /** Instead of a reply: hang up. */
    public static final String HANG_UP = "<hang up>";
    /** Instead of a reply: a byte now and then, for ever. */
    public static final String TARPIT = "<tarpit>";
    /** Instead of a reply: nothing, for ever. */
    public static final String SILENCE = "<silence>";

    /** A mail as it came in. */
    public record Mail(String from, String to, String text, boolean overTls, String user) {}

    private final SSLContext tls;
    private final boolean implicitTls;
    private final Map<String, String> replies = new ConcurrentHashMap<>();
    private final List<Mail> mails = new CopyOnWriteArrayList<>();
    private final TestServer server;
    private volatile boolean offersStartTls = true;
    private volatile String login = "";
    private volatile String mechanisms = "PLAIN LOGIN";

    private TestSmtpServer(SSLContext tls, boolean implicitTls) {
        this.tls = tls;
        this.implicitTls = implicitTls;
        this.server = TestServer.tcp(this::converse);
    }

    public static TestSmtpServer startTls(IssuedCertificate certificate, PrivateKey key) {
        return new TestSmtpServer(context(certificate, key), false);
    }

    public static TestSmtpServer implicitTls(IssuedCertificate certificate, PrivateKey key) {
        return new TestSmtpServer(context(certificate, key), true);
    }

    public int port() {
        return server.port();
    }

    /** What it took, in order. */
    public List<Mail> mails() {
        return List.copyOf(mails);
    }

    public void offersNoStartTls() {
        offersStartTls = false;
    }

    /** From now on it wants this login. */
    public void wantsLogin(String user, String password) {
        login = user + "\0" + password;
    }

    /** From now on it wants this user with this access token, by XOAUTH2. */
    public void wantsToken(String user, String token) {
        login = "user=" + user + "\1auth=Bearer " + token + "\1\1";
        mechanisms = "XOAUTH2";
    }

    /**
     * Gives one step another reply from now on.
     *
     * @param step {@code GREETING}, a command as it comes in ({@code RCPT TO:<anna@contoso.com>}), its first word, {@code TEXT} while
     *     a message comes in, or {@code END} after it
     */
    public void answers(String step, String reply) {
        replies.put(step, reply);
    }

    public void behaves() {
        replies.clear();
        offersStartTls = true;
    }

    @Override
    public void close() {
        server.close();
    }

    private void converse(Socket caller) throws IOException, InterruptedException {
        Session session = new Session(caller);
        if (implicitTls) {
            session.secure();
        }
        session.reply("GREETING", "220 test.contoso.com ESMTP");
        boolean goesOn = true;
        while (goesOn) {
            goesOn = session.takeCommand();
        }
    }

    private static SSLContext context(IssuedCertificate certificate, PrivateKey key) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "server",
                    key,
                    new char[0],
                    certificate.chain().certificates().toArray(new X509Certificate[0]));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException broken) {
            throw new IllegalStateException("the test server's certificate does not work", broken);
        }
    }

    /** One caller. */
    private final class Session {
        private Socket socket;
        private InputStream in;
        private OutputStream out;
        private String from = "";
        private String to = "";
        private String user = "";
        private boolean isOver;

        Session(Socket socket) throws IOException {
            use(socket);
        }

        private void use(Socket next) throws IOException {
            socket = next;
            in = next.getInputStream();
            out = next.getOutputStream();
        }

        void secure() throws IOException {
            SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
            secured.setUseClientMode(false);
            secured.startHandshake();
            use(secured);
        }

        boolean takeCommand() throws IOException, InterruptedException {
            String line = readLine();
            if (line == null) {
                return false;
            }
            String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
            switch (verb) {
                case "EHLO" -> reply(verb, ehlo());
                case "STARTTLS" -> {
                    reply(verb, "220 go ahead");
                    secure();
                }
                case "AUTH" -> authenticate(line);
                case "MAIL" -> {
                    from = line;
                    reply(verb, login.isEmpty() || !user.isEmpty() ? "250 ok" : "530 5.7.0 authentication required");
                }
                case "RCPT" -> {
                    to = line.replaceAll(".*<(.*)>.*", "$1");
                    reply(replies.containsKey(line) ? line : verb, "250 ok");
                }
                case "DATA" -> takeMessage();
                case "QUIT" -> {
                    reply(verb, "221 bye");
                    isOver = true;
                }
                default -> reply(verb, "250 ok");
            }
            return !isOver;
        }

        private String ehlo() {
            boolean offer = offersStartTls && !(socket instanceof SSLSocket);
            return "250-test.contoso.com\r\n" + (offer ? "250-STARTTLS\r\n" : "")
                    + (login.isEmpty() ? "" : "250-AUTH " + mechanisms + "\r\n") + "250 8BITMIME";
        }

        private void authenticate(String line) throws IOException, InterruptedException {
            String given = new String(
                    Base64.getDecoder().decode(line.substring(line.lastIndexOf(' ') + 1)), StandardCharsets.UTF_8);
            boolean token = line.startsWith("AUTH XOAUTH2 ");
            boolean right = token ? given.equals(login) : given.endsWith("\0" + login);
            String name = token ? given.replaceAll("user=(.*?)\1.*", "$1") : login.replaceAll("\0.*", "");
            user = right ? name : "";
            reply("AUTH", right ? "235 welcome" : "535 5.7.8 wrong user or password");
        }

        private void takeMessage() throws IOException, InterruptedException {
            reply("DATA", "354 go on");
            if (replies.containsKey("DATA")) {
                return;
            }
            StringBuilder text = new StringBuilder();
            String line = readLine();
            while (!".".equals(line)) {
                if (line == null) {
                    return;
                }
                if (replies.containsKey("TEXT")) {
                    reply("TEXT", "");
                    return;
                }
                text.append(line.startsWith("..") ? line.substring(1) : line).append("\r\n");
                line = readLine();
            }
            if (!replies.getOrDefault("END", "250").matches("[45]\\d\\d.*")) {
                mails.add(new Mail(from, to, text.toString(), socket instanceof SSLSocket, user));
            }
            reply("END", "250 taken");
        }

        void reply(String step, String usual) throws IOException, InterruptedException {
            String reply = replies.getOrDefault(step, usual);
            isOver |= reply.equals(HANG_UP);
            if (reply.equals(SILENCE)) {
                Thread.sleep(60_000);
            } else if (reply.equals(TARPIT)) {
                for (int i = 0; i < 6_000; i++) {
                    out.write(i == 0 ? '2' : '-');
                    out.flush();
                    Thread.sleep(10);
                }
            } else if (!isOver) {
                out.write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
                isOver = reply.startsWith("421") || reply.startsWith("554 5.7.1 banned");
            }
            if (isOver) {
                socket.close();
            }
        }

        /** Without its end; null once the caller has left. */
        private String readLine() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int next = isOver ? -1 : in.read();
            while (next >= 0 && next != '\n') {
                line.write(next);
                next = in.read();
            }
            return next < 0 ? null : line.toString(StandardCharsets.UTF_8).replaceAll("\r$", "");
        }
    }
}
