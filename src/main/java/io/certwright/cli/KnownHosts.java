package io.certwright.cli;

import io.certwright.binding.HostName;
import io.certwright.certificate.Printable;
import io.certwright.config.Words;
import io.certwright.failure.LifecycleException;
import java.util.ArrayList;
import java.util.List;

/** Hosts of the settings by the words of a command. */
final class KnownHosts {
    private KnownHosts() {}

    /** Those that are named, or all of them. */
    static List<HostName> meant(Rooms rooms, List<String> words) throws LifecycleException {
        List<String> known = rooms.hosts();
        List<HostName> hosts = new ArrayList<>();
        for (String word : words.isEmpty() ? known : words) {
            if (!known.contains(word)) {
                throw new WrongUsage("host " + Printable.quote(word) + ": not in the settings; "
                        + Words.closest(word, known)
                                .map(close -> "did you mean " + Printable.quote(close) + "?")
                                .orElse("there are: " + String.join(", ", known) + "."));
            }
            hosts.add(new HostName(word));
        }
        return hosts;
    }
}
