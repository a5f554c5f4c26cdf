package io.certwright.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * MIT's Kerberos KDC with a realm of its own, on loopback, all its files in one folder. Tests that need it are visibly skipped where it is
 * absent.
 */
public final class TestKdc implements AutoCloseable {
    public static final String REALM = "CERTWRIGHT.TEST";

    private final Path folder;
    private final int port = FreePorts.one();
    private final Process process;

    private TestKdc(Path folder) throws Exception {
        this.folder = Files.createDirectories(folder);
        Files.writeString(folder.resolve("krb5.conf"), """
                [libdefaults]
                  default_realm = %1$s
                  dns_lookup_kdc = false
                  dns_lookup_realm = false
                  dns_canonicalize_hostname = false
                  udp_preference_limit = 1
                [realms]
                  %1$s = {
                    kdc = 127.0.0.1:%2$d
                  }
                [domain_realm]
                  localhost = %1$s
                """.formatted(REALM, port));
        Files.writeString(folder.resolve("kdc.conf"), """
                [kdcdefaults]
                  kdc_listen = ""
                  kdc_tcp_listen = 127.0.0.1:%2$d
                [realms]
                  %1$s = {
                    database_name = %3$s/principal
                    key_stash_file = %3$s/stash
                    acl_file = %3$s/acl
                    supported_enctypes = aes256-cts-hmac-sha1-96:normal
                  }
                """.formatted(REALM, port, folder));
        run("kdb5_util", "create", "-s", "-r", REALM, "-P", "master");
        process = builder(
                        "krb5kdc",
                        "-n",
                        "-r",
                        REALM,
                        "-P",
                        folder.resolve("pid").toString())
                .start();
        awaitReady();
    }

    public static TestKdc start(Path folder) throws Exception {
        for (String program : List.of("krb5kdc", "kdb5_util", "kadmin.local")) {
            Assumptions.assumeTrue(Programs.isThere(program), program + " is not on the PATH");
        }
        return new TestKdc(folder);
    }

    /** Where clients find it. */
    public Path configuration() {
        return folder.resolve("krb5.conf");
    }

    public void addUser(String name, String password) throws Exception {
        administer("addprinc -pw " + password + " " + name);
    }

    /** With a random key, which is in the keytab that comes back. */
    public Path addWithKeytab(String name) throws Exception {
        Path keytab = folder.resolve(name.replace('/', '-') + ".keytab");
        administer("addprinc -randkey " + name);
        administer("ktadd -k " + keytab + " " + name);
        return keytab;
    }

    public void stop() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    private void administer(String query) throws Exception {
        run("kadmin.local", "-r", REALM, "-q", query);
    }

    private void awaitReady() throws Exception {
        for (int attempt = 0; attempt < 200; attempt++) {
            try (Socket door = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (door.isConnected()) {
                    return;
                }
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        throw new AssertionError("krb5kdc does not start: " + Files.readString(folder.resolve("log")));
    }

    private void run(String... command) throws Exception {
        Process one = builder(command).start();
        if (!one.waitFor(60, TimeUnit.SECONDS) || one.exitValue() != 0) {
            throw new AssertionError(command[0] + " fails: " + Files.readString(folder.resolve("log")));
        }
    }

    private ProcessBuilder builder(String... command) {
        List<String> words = new ArrayList<>(List.of(command));
        words.set(0, Programs.find(command[0]).orElseThrow().toString());
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        builder.environment().put("KRB5_CONFIG", configuration().toString());
        builder.environment().put("KRB5_KDC_PROFILE", folder.resolve("kdc.conf").toString());
        return builder;
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
