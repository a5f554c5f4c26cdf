package io.certwright.windows.standin;

import io.certwright.windows.VisitRequest;
import io.certwright.windows.simulated.SimulatedServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/** A program called {@code powershell.exe} in a folder of its own, which answers as a simulated server does, or misbehaves. */
public final class StandInPowerShell implements AutoCloseable {
    private final Path folder;
    private final ServerSocket socket;
    private final SimulatedServer server;

    public StandInPowerShell(Path folder, SimulatedServer server) {
        this.folder = folder;
        this.server = server;
        try {
            this.socket = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
        Thread accepting = new Thread(this::accept, "stand-in");
        accepting.setDaemon(true);
        accepting.start();
        answers();
    }

    /** Where the program lies. */
    public Path program() {
        return folder.resolve("powershell.exe");
    }

    /** Answers as the simulated server does. */
    public void answers() {
        does("input=$(base64 -w0)\nexec 3<>/dev/tcp/127.0.0.1/" + socket.getLocalPort()
                + "\nprintf '%s\\n' \"$input\" >&3\ncat <&3\n");
    }

    /** Runs other lines of a shell from now on. */
    public void does(String lines) {
        try {
            Files.writeString(program(), "#!/bin/bash\necho \"$@\" > '" + folder.resolve("arguments") + "'\n" + lines);
            Files.setPosixFilePermissions(program(), PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /** The arguments of the last start. */
    public String arguments() {
        try {
            return Files.readString(folder.resolve("arguments")).strip();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try (Socket caller = socket.accept();
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII))) {
                byte[] input = Base64.getDecoder().decode(in.readLine());
                String answer = server.answer(VisitRequest.of(input));
                caller.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                caller.getOutputStream().flush();
            } catch (IOException closed) {
                // The caller left or the test is over: the loop's condition tells which.
            }
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
