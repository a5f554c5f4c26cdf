package io.certwright.trust;

import io.certwright.certificate.Printable;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A list of machines, one name a line; a {@code #} begins a comment. UTF-8, with or without a byte order mark. */
final class HostListFile {
    private static final long LARGEST = 32L * 1024 * 1024;

    private HostListFile() {}

    static List<ClientHost> read(Path file) throws LifecycleException {
        List<ClientHost> hosts = new ArrayList<>();
        List<String> lines = lines(file).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String name = nameIn(lines.get(i));
            if (!name.isEmpty()) {
                hosts.add(host(file, i + 1, name));
            }
        }
        return hosts;
    }

    private static String nameIn(String line) {
        int comment = line.indexOf('#');
        return (comment < 0 ? line : line.substring(0, comment)).strip();
    }

    private static ClientHost host(Path file, int line, String name) throws LifecycleException {
        try {
            return new ClientHost(name);
        } catch (IllegalArgumentException wrong) {
            throw refused(file, "line " + line + ": " + wrong.getMessage());
        }
    }

    private static String lines(Path file) throws LifecycleException {
        try {
            if (Files.size(file) > LARGEST) {
                throw refused(file, "it is larger than 32 MB; that is not a list of hosts");
            }
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (NoSuchFileException absent) {
            throw refused(file, "it is not there; check the path");
        } catch (IOException unreadable) {
            throw refused(
                    file, "it cannot be read (" + unreadable.getClass().getSimpleName() + "); check its permissions");
        }
    }

    private static LifecycleException refused(Path file, String why) {
        return new LifecycleException(
                FailureKind.REFUSED, "HOST_LIST_INVALID", "host list " + Printable.quote(file.toString()) + ": " + why);
    }
}
