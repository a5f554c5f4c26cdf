package io.certwright.certificate;

import java.util.regex.Pattern;

/**
 * What a person calls a managed certificate in the settings and on the command line: {@code wsus01}. Not a DNS name, and not
 * what stands in the certificate.
 */
public record CertificateName(String value) implements Comparable<CertificateName> {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    public CertificateName {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "certificate name: got " + Printable.quote(value)
                            + ", wanted 1 to 63 letters, digits, dots, hyphens or underscores, starting with a letter or digit");
        }
    }

    public static CertificateName of(String value) {
        return new CertificateName(value);
    }

    @Override
    public int compareTo(CertificateName other) {
        return value.compareTo(other.value);
    }

    /** Written out, as {@link #hashCode}: what the language would add is put together at run time, which short commands would notice. */
    @Override
    public boolean equals(Object other) {
        return other instanceof CertificateName that && value.equals(that.value);
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
