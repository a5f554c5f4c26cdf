package io.certwright.discovery;

import io.certwright.binding.HostName;
import io.certwright.certificate.DnsName;
import java.util.List;

/**
 * An entry that a section of the settings gets, in YAML.
 *
 * @param lines without indentation of their own
 */
public record SettingsEntry(String section, List<String> lines) {
    public SettingsEntry {
        lines = List.copyOf(lines);
    }

    /** A WSUS server, which clients reach by a name of its certificate. */
    public static SettingsEntry ofWsus(HostName host, DnsName sslName) {
        return new SettingsEntry("wsus", List.of(host + ": { ssl-name: " + Quoted.text(sslName.value()) + " }"));
    }
}
