package io.certwright.trust;

import io.certwright.certificate.Printable;
import java.util.Locale;
import java.util.regex.Pattern;

/** A client machine by its name, in lower case: {@code pc0815.contoso.com} or, from some reports, {@code pc0815} alone. */
public record ClientHost(String name) implements Comparable<ClientHost> {
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9_](?:[a-z0-9._-]{0,253}[a-z0-9_-])?");

    public ClientHost {
        name = name.toLowerCase(Locale.ROOT);
        if (!SHAPE.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "client: got " + Printable.quote(name) + ", wanted a machine's name such as pc0815.contoso.com");
        }
    }

    /** The name up to the first dot. */
    public String shortName() {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    public boolean isShort() {
        return name.indexOf('.') < 0;
    }

    @Override
    public int compareTo(ClientHost other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
