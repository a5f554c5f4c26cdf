package io.certwright.app;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** Writes settings to begin with where there are none: one certificate, our own CA, our own listener on a free port. */
final class QuickStart {
    private static final String TEMPLATE = "/quickstart.yml";
    private static final int FIRST_PORT = 8443;
    private static final int PORTS_TRIED = 50;

    private final Path settings;

    QuickStart(Path settings) {
        this.settings = settings;
    }

    /** Whether they were written now. Of two that start at once, one writes and both go on with what it wrote. */
    boolean ensureSettings() throws LifecycleException {
        if (Files.exists(settings)) {
            return false;
        }
        try {
            return NewFile.create(
                    settings,
                    template().replace("@PORT@", Integer.toString(freePort())).getBytes(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new LifecycleException(
                    FailureKind.INTERNAL,
                    "SETTINGS_NOT_WRITTEN",
                    "settings " + settings + ": cannot be written: " + failure.getMessage()
                            + "; make the folder writable or name another file with --config",
                    failure);
        }
    }

    private static String template() throws IOException {
        try (InputStream text = QuickStart.class.getResourceAsStream(TEMPLATE)) {
            if (text == null) {
                throw new IllegalStateException(TEMPLATE + " is missing in this build");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int freePort() {
        return IntStream.range(FIRST_PORT, FIRST_PORT + PORTS_TRIED)
                .filter(QuickStart::isFree)
                .findFirst()
                .orElse(FIRST_PORT);
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
