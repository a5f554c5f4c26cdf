package io.certwright.iis;

import io.certwright.certificate.IpAddress;
import io.certwright.certificate.Printable;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an http or https binding of IIS listens, in the form {@code address:port:host} that IIS writes: {@code *:8531:},
 * {@code 10.0.0.1:443:wsus.contoso.com}, {@code [fd00::1]:443:}.
 *
 * @param address {@code *} for all, or an address literal, IPv6 without brackets
 * @param host the host header in lower case; empty for none
 */
public record BindingInformation(String address, int port, String host) implements Comparable<BindingInformation> {
    public static final String ALL = "*";

    private static final int LONGEST_HOST = 253;
    private static final Pattern SHAPE = Pattern.compile("(\\[[^\\]]*\\]|[^:]*):([0-9]{1,5}):(.*)", Pattern.DOTALL);

    public BindingInformation {
        if (!address.equals(ALL)) {
            address = IpAddress.parse(address).text();
        }
        host = host.toLowerCase(Locale.ROOT);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("binding: got port " + port + ", wanted 1 to 65535");
        }
        if (host.length() > LONGEST_HOST || host.chars().anyMatch(c -> c <= ' ' || c == ':' || c == 127)) {
            throw new IllegalArgumentException("binding: got host header " + Printable.quote(host)
                    + ", wanted at most 253 characters without spaces, colons or control characters");
        }
    }

    /** Reads what IIS writes. An empty address means all, too. */
    public static BindingInformation parse(String text) {
        Matcher parts = SHAPE.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("binding: got " + Printable.quote(text)
                    + ", wanted address:port:host such as *:8531: or [fd00::1]:443:wsus.contoso.com");
        }
        String address = parts.group(1);
        boolean bracketed = address.startsWith("[");
        String bare = bracketed ? address.substring(1, address.length() - 1) : address;
        return new BindingInformation(bare.isEmpty() ? ALL : bare, Integer.parseInt(parts.group(2)), parts.group(3));
    }

    /** The binding of all addresses on a port, without a host header. */
    public static BindingInformation ofPort(int port) {
        return new BindingInformation(ALL, port, "");
    }

    public boolean isAllAddresses() {
        return address.equals(ALL);
    }

    public Optional<String> findHost() {
        return host.isEmpty() ? Optional.empty() : Optional.of(host);
    }

    /** The address as IIS and http.sys write it, IPv6 in brackets and short. */
    static String written(String address) {
        return address.indexOf(':') < 0 ? address : '[' + ShortIpv6.of(address) + ']';
    }

    @Override
    public int compareTo(BindingInformation other) {
        return toString().compareTo(other.toString());
    }

    /** As IIS writes it. */
    @Override
    public String toString() {
        return written(address) + ':' + port + ':' + host;
    }
}
