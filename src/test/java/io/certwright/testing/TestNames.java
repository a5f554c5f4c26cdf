package io.certwright.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * BIND on loopback: primary server of {@code certwright.test}, where every name leads to 127.0.0.1, which takes updates signed with
 * one key. Tests that need it are visibly skipped where it is absent.
 */
public final class TestNames implements AutoCloseable {
    public static final String KEY_NAME = "certwright-key";
    public static final String KEY = "c2VjcmV0IG9mIHRoZSB0ZXN0cywgMzIgYnl0ZXMgbG9uZyE=";

    private final Path folder;
    private final int port;
    private final Process process;

    private TestNames(Path folder, int port) {
        this.folder = folder;
        this.port = port;
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("named.conf"), settings());
            Files.writeString(folder.resolve("zone.db"), ZONE);
            process = new ProcessBuilder(
                            Programs.find("named").orElseThrow().toString(),
                            "-g",
                            "-c",
                            folder.resolve("named.conf").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("named.log").toFile())
                    .start();
            awaitReady();
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError("named does not start", failed);
        }
    }

    public static TestNames start(Path folder) {
        return start(folder, FreePorts.one());
    }

    public static TestNames start(Path folder, int port) {
        Assumptions.assumeTrue(Programs.isThere("named"), "named is not on the PATH");
        return new TestNames(folder, port);
    }

    public int port() {
        return port;
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    private void awaitReady() throws IOException, InterruptedException {
        for (int i = 0; i < 200; i++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
                return;
            } catch (IOException notYet) {
                if (!process.isAlive()) {
                    break;
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        throw new IOException(Files.readString(folder.resolve("named.log")));
    }

    private static final String ZONE = """
            $TTL 1
            @ IN SOA ns.certwright.test. admin.certwright.test. 1 3600 600 86400 1
            @ IN NS ns
            @ IN A 127.0.0.1
            ns IN A 127.0.0.1
            wsus IN A 127.0.0.1
            wsus2 IN A 127.0.0.1
            """;

    private String settings() {
        return """
                key "%1$s" { algorithm hmac-sha256; secret "%2$s"; };
                options {
                  directory "%3$s"; pid-file "%3$s/named.pid"; session-keyfile "%3$s/session.key";
                  listen-on port %4$d { 127.0.0.1; }; listen-on-v6 { none; };
                  recursion no; dnssec-validation no; notify no;
                };
                controls { };
                zone "certwright.test" {
                  type primary; file "%3$s/zone.db";
                  update-policy { grant %1$s wildcard *.certwright.test. TXT; };
                };
                """.formatted(KEY_NAME, KEY, folder, port);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
