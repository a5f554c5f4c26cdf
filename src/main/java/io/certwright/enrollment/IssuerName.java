package io.certwright.enrollment;

import io.certwright.certificate.GivenName;
import io.certwright.certificate.Printable;

/** What the settings call a configured CA: {@code corp-ca}. Not the X.509 issuer. */
public record IssuerName(String value) implements Comparable<IssuerName> {
    public IssuerName {
        if (!GivenName.isOne(value)) {
            throw new IllegalArgumentException(
                    "issuer name: got " + Printable.quote(value)
                            + ", wanted 1 to 63 letters, digits, dots, hyphens or underscores, starting with a letter or digit");
        }
    }

    @Override
    public int compareTo(IssuerName other) {
        return value.compareTo(other.value);
    }

    /** Written out, as {@link #hashCode}: what the language would add is put together at run time, which short commands would notice. */
    @Override
    public boolean equals(Object other) {
        return other instanceof IssuerName that && value.equals(that.value);
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
