package io.certwright.cli;

import io.certwright.probe.Endpoint;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file of endpoints, one {@code host:port} a line; blank lines and what follows a {@code #} do not count. */
final class EndpointList {
    private static final long LARGEST = 10 * 1024 * 1024;
    private static final int MOST_FAULTS = 10;

    private EndpointList() {}

    /** All of them, in order. Throws {@link WrongUsage} with every wrong line, up to ten of them. */
    static List<Endpoint> read(Path file) {
        List<Endpoint> endpoints = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        List<String> lines = linesOf(file);
        for (int i = 0; i < lines.size() && faults.size() < MOST_FAULTS; i++) {
            String line = lines.get(i).replaceFirst("#.*", "").strip();
            try {
                if (!line.isEmpty()) {
                    endpoints.add(Endpoint.parse(line));
                }
            } catch (IllegalArgumentException wrong) {
                faults.add(file + ":" + (i + 1) + ": " + wrong.getMessage());
            }
        }
        if (!faults.isEmpty()) {
            throw new WrongUsage(String.join("\n", faults));
        }
        return endpoints;
    }

    private static List<String> linesOf(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new WrongUsage("--from: " + file + " is larger than 10 MB, wanted one host:port a line.");
            }
            return Files.readAllLines(file);
        } catch (CharacterCodingException notText) {
            throw new WrongUsage("--from: " + file + " is not UTF-8 text, wanted one host:port a line.");
        } catch (IOException unreadable) {
            throw new WrongUsage("--from: " + file + " cannot be read; check the path.");
        }
    }
}
