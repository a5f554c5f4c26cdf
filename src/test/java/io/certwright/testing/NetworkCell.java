package io.certwright.testing;

import java.io.IOException;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A server that would listen on every address of this machine, run in a network namespace of its own. A file socket leads out of it,
 * and a port on loopback to that. Tests that need it are visibly skipped where namespaces or programs are absent.
 */
public final class NetworkCell implements AutoCloseable {
    /** Takes callers at a file socket and leads them to a port within the namespace. */
    private static final String DOOR = """
            import os, socket, sys, threading
            path, port = sys.argv[1], int(sys.argv[2])
            server = socket.socket(socket.AF_UNIX)
            server.bind(path)
            server.listen(50)
            def copy(source, sink):
                try:
                    while True:
                        block = source.recv(65536)
                        if not block:
                            break
                        sink.sendall(block)
                except OSError:
                    pass
                try:
                    sink.shutdown(socket.SHUT_WR)
                except OSError:
                    pass
            while True:
                caller, _ = server.accept()
                try:
                    inner = socket.create_connection(('127.0.0.1', port))
                except OSError:
                    caller.close()
                    continue
                threading.Thread(target=copy, args=(caller, inner), daemon=True).start()
                threading.Thread(target=copy, args=(inner, caller), daemon=True).start()
            """;

    private final Path folder;
    private final Process process;
    private final TestServer entrance;

    private NetworkCell(Path folder, int port, List<String> command) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("door.py"), DOOR);
            process = start(port, command);
        } catch (IOException failed) {
            throw new AssertionError("the namespace does not start", failed);
        }
        entrance = TestServer.tcp(this::lead);
    }

    /**
     * Runs a command in a network namespace of its own.
     *
     * @param port where the command listens, within the namespace
     */
    public static NetworkCell running(Path folder, int port, String... command) {
        Assumptions.assumeTrue(Programs.isThere(command[0]), command[0] + " is not on the PATH");
        Assumptions.assumeTrue(Programs.isThere("python3"), "no python3");
        requireNamespaces();
        NetworkCell cell = new NetworkCell(folder, port, List.of(command));
        cell.awaitOpen();
        return cell;
    }

    /** Skips the test, visibly, where this account may make no namespaces. */
    public static void requireNamespaces() {
        Assumptions.assumeTrue(Programs.isThere("unshare"), "no unshare");
        Assumptions.assumeTrue(mayMakeNamespaces(), "network namespaces are not permitted here");
    }

    private static boolean mayMakeNamespaces() {
        try {
            return new ProcessBuilder("unshare", "--user", "--map-root-user", "--net", "ip", "link", "set", "lo", "up")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException absent) {
            return false;
        }
    }

    public int port() {
        return entrance.port();
    }

    private Process start(int port, List<String> command) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "unshare",
                "--user",
                "--map-root-user",
                "--net",
                "--kill-child",
                "--fork",
                "--pid",
                "sh",
                "-c",
                "ip link set lo up; door=$1; where=$2; to=$3; shift 3; python3 \"$door\" \"$where\" \"$to\" & exec \"$@\"",
                "sh",
                folder.resolve("door.py").toString(),
                door().toString(),
                Integer.toString(port)));
        all.addAll(command);
        return new ProcessBuilder(all)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("cell.log").toFile())
                .start();
    }

    /** A file socket's path may not be longer than some hundred bytes. */
    private Path door() {
        return folder.resolve("door");
    }

    private void awaitOpen() {
        try {
            for (int i = 0; i < 200; i++) {
                if (Files.exists(door()) && answers()) {
                    return;
                }
                if (!process.isAlive()) {
                    break;
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
            throw new AssertionError("the server does not listen:\n" + Files.readString(folder.resolve("cell.log")));
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    /** One that hangs up at once has nobody behind the door. */
    private boolean answers() throws InterruptedException {
        try (SocketChannel inner = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            inner.connect(UnixDomainSocketAddress.of(door()));
            inner.configureBlocking(false);
            TimeUnit.MILLISECONDS.sleep(100);
            return inner.read(ByteBuffer.allocate(1)) == 0;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void lead(Socket caller) throws IOException, InterruptedException {
        try (SocketChannel inner = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            inner.connect(UnixDomainSocketAddress.of(door()));
            Thread in = new Thread(() -> copyIn(caller, inner), "network-cell");
            in.setDaemon(true);
            in.start();
            ByteBuffer piece = ByteBuffer.allocate(16 * 1024);
            while (inner.read(piece) >= 0) {
                caller.getOutputStream().write(piece.array(), 0, piece.position());
                piece.clear();
            }
        }
    }

    private static void copyIn(Socket caller, SocketChannel inner) {
        try {
            byte[] piece = new byte[16 * 1024];
            for (int length = caller.getInputStream().read(piece);
                    length >= 0;
                    length = caller.getInputStream().read(piece)) {
                // Not by a stream: the JDK's streams of one channel wait for each other.
                ByteBuffer rest = ByteBuffer.wrap(piece, 0, length);
                while (rest.hasRemaining()) {
                    inner.write(rest);
                }
            }
            inner.shutdownOutput();
        } catch (IOException callerLeft) {
            return;
        }
    }

    @Override
    public void close() throws InterruptedException {
        entrance.close();
        // It would not heed less while it waits for its child, which ends with it.
        process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
    }
}
