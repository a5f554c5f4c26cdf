package io.certwright.binding;

import io.certwright.certificate.Printable;

/**
 * The identity of one binding, the same in every run: {@code listener:main}, {@code files:/etc/nginx/tls}. Snapshots are kept
 * under it, so a binding that takes another name is another binding.
 */
public record BindingName(String value) implements Comparable<BindingName> {
    private static final int LONGEST = 1000;

    public BindingName {
        if (value.isBlank() || value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("binding name: got " + Printable.quote(value) + ", wanted 1 to "
                    + LONGEST + " characters without control characters");
        }
    }

    /** The https bindings of a site of IIS on a port: {@code iis:wsus01/WSUS Administration:8531}. */
    public static BindingName ofSite(HostName host, String site, int port) {
        return new BindingName(textOfSite(host, site, port));
    }

    /** The same for a site of any name, also one that makes no binding's name. */
    public static String textOfSite(HostName host, String site, int port) {
        return "iis:" + host + "/" + site + ":" + port;
    }

    @Override
    public int compareTo(BindingName other) {
        return value.compareTo(other.value);
    }

    /** Written out, as {@link #hashCode}: what the language would add is put together at run time, which short commands would notice. */
    @Override
    public boolean equals(Object other) {
        return other instanceof BindingName that && value.equals(that.value);
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
