package io.certwright.certificate;

/**
 * What a person calls a managed certificate in the settings and on the command line: {@code wsus01}. Not a DNS name, and not
 * what stands in the certificate.
 */
public record CertificateName(String value) implements Comparable<CertificateName> {
    public CertificateName {
        if (!GivenName.isOne(value)) {
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
