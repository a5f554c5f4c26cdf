package io.certwright.enrollment.adcs.access;

import com.sun.net.httpserver.HttpExchange;
import io.certwright.enrollment.adcs.TestIis;
import io.certwright.testing.Programs;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A door that takes NTLM, as pyspnego judges it: each connection logs in for itself, bound to its TLS channel. Tests that need it are visibly
 * skipped where pyspnego is absent.
 */
final class NtlmAcceptor implements TestIis.Door, AutoCloseable {
    /** Where {@code .ci/run} puts it. */
    private static final Path LIBRARY = Path.of("target", "spnego");

    private static final String SCRIPT = """
            import base64, os, sys
            import spnego
            from spnego.channel_bindings import GssChannelBindings
            channel = GssChannelBindings(application_data=base64.b64decode(sys.argv[1]))
            talks = {}
            for line in sys.stdin:
                connection, token = line.split()
                try:
                    talk = talks.get(connection)
                    if talk is None:
                        talk = talks[connection] = spnego.server(
                            hostname="ca01", service="http", channel_bindings=channel, protocol="ntlm",
                            options=spnego.NegotiateOptions.use_ntlm)
                    out = talk.step(base64.b64decode(token)) or b""
                    if talk.complete:
                        print("in", talk.client_principal, flush=True)
                        del talks[connection]
                    else:
                        print("on", base64.b64encode(out).decode(), flush=True)
                except Exception as refused:
                    talks.pop(connection, None)
                    print("no", type(refused).__name__, flush=True)
            """;

    private final Process process;
    private final BufferedWriter toIt;
    private final BufferedReader fromIt;
    private final Map<InetSocketAddress, String> loggedIn = new ConcurrentHashMap<>();
    private volatile String verdict = "";

    /** @param bindings of the TLS channel that logins must be bound to */
    NtlmAcceptor(Path folder, String userLine, byte[] bindings) throws IOException {
        assumeThere();
        Path users = Files.writeString(folder.resolve("ntlm-users"), userLine + "\n");
        Path script = Files.writeString(folder.resolve("acceptor.py"), SCRIPT);
        ProcessBuilder builder = new ProcessBuilder(
                        "python3", script.toString(), Base64.getEncoder().encodeToString(bindings))
                .redirectError(folder.resolve("acceptor.log").toFile());
        builder.environment().put("NTLM_USER_FILE", users.toString());
        builder.environment().put("PYTHONPATH", LIBRARY.toAbsolutePath().toString());
        process = builder.start();
        toIt = process.outputWriter(StandardCharsets.US_ASCII);
        fromIt = process.inputReader(StandardCharsets.UTF_8);
    }

    static void assumeThere() {
        Assumptions.assumeTrue(Programs.isThere("python3"), "python3 is not on the PATH");
        Assumptions.assumeTrue(Files.isDirectory(LIBRARY.resolve("spnego")), "pyspnego is not in target/spnego");
    }

    /** What was said of the last login. */
    String verdict() {
        return verdict;
    }

    @Override
    public boolean admits(HttpExchange exchange) throws IOException {
        String sent = exchange.getRequestHeaders().getFirst("Authorization");
        if (sent == null || !sent.startsWith("NTLM ")) {
            return refuse(exchange, "NTLM");
        }
        String[] said = ask(exchange.getRemoteAddress(), sent.substring("NTLM ".length()));
        verdict = String.join(" ", said);
        if (said[0].equals("in")) {
            loggedIn.put(exchange.getRemoteAddress(), said[1]);
            return true;
        }
        return refuse(exchange, said[0].equals("on") ? "NTLM " + said[1] : "NTLM");
    }

    private synchronized String[] ask(InetSocketAddress connection, String token) throws IOException {
        toIt.write(connection.getPort() + " " + token + "\n");
        toIt.flush();
        String line = fromIt.readLine();
        if (line == null) {
            throw new IOException("the acceptor has gone");
        }
        return line.split(" ", 2);
    }

    private static boolean refuse(HttpExchange exchange, String offer) throws IOException {
        exchange.getResponseHeaders().add("WWW-Authenticate", "Negotiate");
        exchange.getResponseHeaders().add("WWW-Authenticate", offer);
        TestIis.send(exchange, TestIis.Reply.text(401, "text/html", "<h2>Unauthorized</h2>"));
        return false;
    }

    @Override
    public void close() {
        try {
            toIt.close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
