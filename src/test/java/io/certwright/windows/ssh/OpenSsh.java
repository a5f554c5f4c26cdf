package io.certwright.windows.ssh;

import io.certwright.config.SecretText;
import io.certwright.testing.FreePorts;
import io.certwright.testing.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real OpenSSH server on loopback with keys of its own, which runs commands with a folder of ours first in the path. */
final class OpenSsh implements AutoCloseable {
    private static final Path SSHD = Path.of("/usr/sbin/sshd");

    private final Path folder;
    private final int port;
    private final Process process;

    private OpenSsh(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    static boolean isInstalled() {
        return Files.isExecutable(SSHD);
    }

    static OpenSsh start(Path folder, Path programs) throws IOException, InterruptedException {
        return start(folder, programs, List.of(), "PasswordAuthentication no", "PermitRootLogin prohibit-password");
    }

    /**
     * As {@link #start}, letting in an account by its password alone. The account exists in a mount namespace of the server's own, over
     * copies of this machine's files of accounts, and nowhere else.
     */
    static OpenSsh startWithAccount(Path folder, Path programs, String account, String password)
            throws IOException, InterruptedException {
        Path accounts = copyWith(folder, "passwd", account + ":x:0:0::/:/bin/bash");
        Path passwords = copyWith(folder, "shadow", account + ":" + hashOf(password) + ":20000:0:99999:7:::");
        String mounting =
                "mount --bind \"$1\" /etc/passwd && mount --bind \"$2\" /etc/shadow && shift 2 && exec \"$@\"";
        return start(
                folder,
                programs,
                List.of("unshare", "--mount", "sh", "-c", mounting, "sh", accounts.toString(), passwords.toString()),
                "PasswordAuthentication yes",
                "PubkeyAuthentication no",
                "KbdInteractiveAuthentication no",
                "PermitRootLogin yes");
    }

    private static Path copyWith(Path folder, String name, String line) throws IOException {
        Path copy = folder.resolve(name);
        Files.writeString(copy, Files.readString(Path.of("/etc", name)) + line + "\n");
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
        return copy;
    }

    private static String hashOf(String password) throws IOException, InterruptedException {
        Process hashing = new ProcessBuilder("openssl", "passwd", "-6", "-stdin").start();
        hashing.getOutputStream().write(password.getBytes(StandardCharsets.UTF_8));
        hashing.getOutputStream().close();
        String hash = new String(hashing.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        if (hashing.waitFor() != 0 || hash.isEmpty()) {
            throw new IOException("openssl passwd ended with " + hashing.exitValue());
        }
        return hash;
    }

    /** Whether this machine lets us mount over its files of accounts, for processes of ours alone. */
    static boolean canHaveAccounts() throws IOException, InterruptedException {
        if (!Files.isReadable(Path.of("/etc/shadow")) || !Programs.isThere("unshare") || !Programs.isThere("openssl")) {
            return false;
        }
        return new ProcessBuilder("unshare", "--mount", "mount", "--bind", "/etc/passwd", "/etc/passwd")
                        .redirectErrorStream(true)
                        .start()
                        .waitFor()
                == 0;
    }

    private static OpenSsh start(Path folder, Path programs, List<String> within, String... logins)
            throws IOException, InterruptedException {
        generate(folder.resolve("host_key"));
        generate(folder.resolve("our_key"));
        generate(folder.resolve("strange_key"));
        Files.copy(folder.resolve("our_key.pub"), folder.resolve("authorized_keys"));
        int port = FreePorts.one();
        Files.writeString(
                folder.resolve("sshd_config"),
                String.join(
                        "\n",
                        "ListenAddress 127.0.0.1",
                        "Port " + port,
                        "HostKey " + folder.resolve("host_key"),
                        "AuthorizedKeysFile " + folder.resolve("authorized_keys"),
                        "PidFile none",
                        "StrictModes no",
                        "UsePAM no",
                        String.join("\n", logins),
                        "SetEnv PATH=" + programs + ":/usr/bin:/bin",
                        ""));
        if (Files.isWritable(Path.of("/run"))) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        List<String> command = new ArrayList<>(within);
        command.addAll(List.of(
                SSHD.toString(), "-D", "-e", "-f", folder.resolve("sshd_config").toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sshd.log").toFile())
                .start();
        OpenSsh server = new OpenSsh(folder, port, process);
        server.awaitListening();
        String hostKey = Files.readString(folder.resolve("host_key.pub"));
        Files.writeString(folder.resolve("known_hosts"), "[127.0.0.1]:" + port + " " + hostKey);
        return server;
    }

    private void awaitListening() throws IOException, InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return;
            } catch (IOException notYet) {
                process.waitFor(50, TimeUnit.MILLISECONDS);
            }
        }
        throw new IOException("sshd did not listen: " + Files.readString(folder.resolve("sshd.log")));
    }

    private static void generate(Path file) throws IOException, InterruptedException {
        Process keygen =
                new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString()).start();
        if (keygen.waitFor() != 0) {
            throw new IOException("ssh-keygen ended with " + keygen.exitValue());
        }
    }

    int port() {
        return port;
    }

    Path knownHosts() {
        return folder.resolve("known_hosts");
    }

    String log() throws IOException {
        return Files.readString(folder.resolve("sshd.log"));
    }

    SshSettings settings() throws IOException {
        return settings("our_key");
    }

    SshSettings settings(String key) throws IOException {
        return new SshSettings(
                "127.0.0.1",
                port,
                System.getProperty("user.name"),
                Optional.of(SecretText.of(Files.readString(folder.resolve(key)))),
                Optional.empty(),
                Optional.empty(),
                knownHosts());
    }

    SshSettings settings(String account, String password) {
        return new SshSettings(
                "127.0.0.1",
                port,
                account,
                Optional.empty(),
                Optional.empty(),
                Optional.of(SecretText.of(password)),
                knownHosts());
    }

    /** The public key of the server in a line of known_hosts. */
    void know(String keyFile) throws IOException {
        Files.writeString(
                knownHosts(), "[127.0.0.1]:" + port + " " + Files.readString(folder.resolve(keyFile + ".pub")));
    }

    void forgetKnownHosts() throws IOException {
        Files.write(knownHosts(), List.of());
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
