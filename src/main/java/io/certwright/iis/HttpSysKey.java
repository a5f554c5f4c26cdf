package io.certwright.iis;

import io.certwright.certificate.IpAddress;
import io.certwright.certificate.Printable;
import java.util.Locale;
import java.util.Optional;

/**
 * Under what http.sys keeps a certificate: an address with a port, a name with a port (SNI), or a port of the central certificate
 * store. An exact address beats a name, and a name beats all addresses.
 *
 * @param name the address without brackets, or the name in lower case; empty for {@code CENTRAL_STORE}
 */
public record HttpSysKey(Kind kind, String name, int port) implements Comparable<HttpSysKey> {
    /** The kinds, each with the word that netsh has for it. */
    public enum Kind {
        ADDRESS("ipport"),
        NAME("hostnameport"),
        CENTRAL_STORE("ccs"),
        CENTRAL_STORE_OF_NAME("scopedccs");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    private static final String ALL_IPV4 = "0.0.0.0";
    private static final String ALL_IPV6 = IpAddress.parse("::").text();

    public HttpSysKey {
        name = kind == Kind.ADDRESS ? IpAddress.parse(name).text() : name.toLowerCase(Locale.ROOT);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("http.sys entry: got port " + port + ", wanted 1 to 65535");
        }
    }

    /** The key that IIS uses for an https binding. One without SNI shares its key with every other such on its address and port. */
    public static HttpSysKey of(BindingInformation at, SslFlags flags) {
        if (flags.usesCentralStore()) {
            return new HttpSysKey(Kind.CENTRAL_STORE, "", at.port());
        }
        if (flags.usesSni() && !at.host().isEmpty()) {
            return new HttpSysKey(Kind.NAME, at.host(), at.port());
        }
        return new HttpSysKey(Kind.ADDRESS, at.isAllAddresses() ? ALL_IPV4 : at.address(), at.port());
    }

    /** The key that a value of netsh stands for, told by its shape alone; empty where it is none. */
    static Optional<HttpSysKey> find(String value, boolean holdsCertificate) {
        int colon = value.lastIndexOf(':');
        String port = value.substring(colon + 1);
        if (port.isEmpty() || port.length() > 5 || !port.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        int number = Integer.parseInt(port);
        if (number < 1 || number > 65535) {
            return Optional.empty();
        }
        return find(colon < 0 ? "" : value.substring(0, colon), number, colon >= 0, holdsCertificate);
    }

    private static Optional<HttpSysKey> find(String name, int port, boolean named, boolean holdsCertificate) {
        if (!named) {
            return holdsCertificate ? Optional.empty() : Optional.of(new HttpSysKey(Kind.CENTRAL_STORE, "", port));
        }
        boolean bracketed = name.startsWith("[") && name.endsWith("]");
        String bare = bracketed ? name.substring(1, name.length() - 1) : name;
        if (IpAddress.isLiteral(bare)) {
            return Optional.of(new HttpSysKey(Kind.ADDRESS, bare, port));
        }
        boolean plausible =
                !name.isEmpty() && name.length() <= 253 && name.chars().allMatch(c -> c > ' ' && c != ':');
        return plausible
                ? Optional.of(new HttpSysKey(holdsCertificate ? Kind.NAME : Kind.CENTRAL_STORE_OF_NAME, name, port))
                : Optional.empty();
    }

    /** Whether it stands for one address alone, and so wins over every name and over all addresses on its port. */
    public boolean isOneAddress() {
        return kind == Kind.ADDRESS && !isAllAddresses();
    }

    public boolean isAllAddresses() {
        return kind == Kind.ADDRESS && (name.equals(ALL_IPV4) || name.equals(ALL_IPV6));
    }

    /** As an argument of {@code netsh http}: {@code ipport=0.0.0.0:8531}. */
    public String argument() {
        return kind.word + '=' + value();
    }

    private String value() {
        return switch (kind) {
            case ADDRESS -> BindingInformation.written(name) + ':' + port;
            case NAME, CENTRAL_STORE_OF_NAME -> name + ':' + port;
            case CENTRAL_STORE -> Integer.toString(port);
        };
    }

    @Override
    public int compareTo(HttpSysKey other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return kind == Kind.ADDRESS || kind == Kind.NAME ? Printable.escape(value(), 260) : argument();
    }
}
