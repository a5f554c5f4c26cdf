package io.certwright.cli;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.Printable;
import io.certwright.probe.Endpoint;
import io.certwright.probe.StartTls;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of endpoints, one {@code host:port} a line, behind it where it is needed {@code sni=NAME}, {@code sni=none} or
 * {@code starttls=smtp}; blank lines and what follows a {@code #} do not count.
 */
final class EndpointList {
    private static final long LARGEST = 10 * 1024 * 1024;
    private static final int MOST_FAULTS = 10;
    private static final int LONGEST_NAME = 300;

    private EndpointList() {}

    /** All of them, in order. Throws {@link WrongUsage} with every wrong line, up to ten of them. */
    static List<Endpoint> read(Path file) {
        return parse(Printable.escape(file.toString(), LONGEST_NAME), linesOf(file));
    }

    /** As {@link #read}, of lines that are there already; {@code file} stands in the faults. */
    static List<Endpoint> parse(String file, List<String> lines) {
        List<Endpoint> endpoints = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < lines.size() && faults.size() < MOST_FAULTS; i++) {
            String line = lines.get(i).replaceFirst("#.*", "").strip();
            try {
                if (!line.isEmpty()) {
                    endpoints.add(endpointIn(line));
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

    private static Endpoint endpointIn(String line) {
        String[] words = line.split("\\s+", -1);
        Endpoint endpoint = Endpoint.parse(words[0]);
        for (int i = 1; i < words.length; i++) {
            endpoint = withWord(endpoint, words[i]);
        }
        return endpoint;
    }

    private static Endpoint withWord(Endpoint endpoint, String word) {
        if (word.equals("sni=none")) {
            return endpoint.withoutSni();
        }
        if (word.startsWith("sni=")) {
            return endpoint.withSni(DnsName.parse(word.substring("sni=".length())));
        }
        if (word.startsWith("starttls=")) {
            return endpoint.beginningWith(StartTls.parse(word.substring("starttls=".length())));
        }
        throw new IllegalArgumentException("endpoint: got " + Printable.quote(word)
                + " behind it, wanted sni=NAME, sni=none or starttls=PROTOCOL");
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
