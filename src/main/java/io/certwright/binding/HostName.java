package io.certwright.binding;

import io.certwright.certificate.GivenName;
import io.certwright.certificate.Printable;

/** What the settings call a host, {@code local} for this machine. Not a DNS name: its address stands in the settings. */
public record HostName(String value) implements Comparable<HostName> {
    /** The machine that Certwright runs on. */
    public static final HostName LOCAL = new HostName("local");

    public HostName {
        if (!GivenName.isOne(value)) {
            throw new IllegalArgumentException(
                    "host name: got " + Printable.quote(value)
                            + ", wanted 1 to 63 letters, digits, dots, hyphens or underscores, starting with a letter or digit");
        }
    }

    @Override
    public int compareTo(HostName other) {
        return value.compareTo(other.value);
    }

    /** Written out, as {@link #hashCode}: what the language would add is put together at run time, which short commands would notice. */
    @Override
    public boolean equals(Object other) {
        return other instanceof HostName that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
