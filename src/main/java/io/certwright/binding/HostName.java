package io.certwright.binding;

import io.certwright.certificate.Printable;
import java.util.regex.Pattern;

/** What the settings call a host, {@code local} for this machine. Not a DNS name: its address stands in the settings. */
public record HostName(String value) implements Comparable<HostName> {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    /** The machine that Certwright runs on. */
    public static final HostName LOCAL = new HostName("local");

    public HostName {
        if (!SHAPE.matcher(value).matches()) {
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
