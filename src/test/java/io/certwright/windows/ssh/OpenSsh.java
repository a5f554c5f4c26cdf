package io.certwright.windows.ssh;

import io.certwright.config.SecretText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        generate(folder.resolve("host_key"));
        generate(folder.resolve("our_key"));
        generate(folder.resolve("strange_key"));
        Files.copy(folder.resolve("our_key.pub"), folder.resolve("authorized_keys"));
        int port = freePort();
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
                        "PasswordAuthentication no",
                        "PermitRootLogin prohibit-password",
                        "SetEnv PATH=" + programs + ":/usr/bin:/bin",
                        ""));
        if (Files.isWritable(Path.of("/run"))) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        Process process = new ProcessBuilder(
                        SSHD.toString(),
                        "-D",
                        "-e",
                        "-f",
                        folder.resolve("sshd_config").toString())
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

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
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
