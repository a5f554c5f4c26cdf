package io.certwright.trust;

import io.certwright.certificate.Printable;
import java.util.regex.Pattern;

/** What a person calls a {@link ClientGroup} in the settings: {@code wsus-clients}. Fit to be a folder's name on any system. */
public record ClientGroupName(String value) implements Comparable<ClientGroupName> {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

    public ClientGroupName {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "client group name: got " + Printable.quote(value)
                            + ", wanted 1 to 63 letters, digits, dots, hyphens or underscores, with a letter or digit at both ends");
        }
    }

    public static ClientGroupName of(String value) {
        return new ClientGroupName(value);
    }

    @Override
    public int compareTo(ClientGroupName other) {
        return value.compareTo(other.value);
    }

    /** Written out, as {@link #hashCode}: what the language would add is put together at run time, which short commands would notice. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ClientGroupName that && value.equals(that.value);
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
