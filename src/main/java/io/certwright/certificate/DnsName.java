package io.certwright.certificate;

import java.util.Locale;
import java.util.Optional;

/**
 * A DNS name as a certificate carries it: lower case, LDH labels (IDN as A-labels), no trailing dot, at most 253 characters, the
 * left-most label possibly {@code *} (RFC 5280 section 4.2.1.6, RFC 1034 section 3.5, RFC 9525 section 6.3). Whether a wildcard or
 * a single label is wanted is the business of {@code policy}.
 */
public record DnsName(String value) implements Comparable<DnsName> {
    public DnsName {
        String fault = faultOf(value);
        if (!fault.isEmpty()) {
            throw new IllegalArgumentException("DNS name: got " + Printable.quote(value) + ", " + fault);
        }
        if (!value.equals(value.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("DNS name: got " + Printable.quote(value) + ", wanted lower case");
        }
    }

    /** Any case is accepted and lowered; nothing else is repaired. */
    public static DnsName parse(String text) {
        return new DnsName(lowerAscii(text));
    }

    /** Whether {@code text} is a well-formed DNS name in any case. */
    public static boolean isWellFormed(String text) {
        return faultOf(text).isEmpty();
    }

    public boolean isWildcard() {
        return value.startsWith("*.");
    }

    /** A name of one label such as {@code wsus}: good in an intranet only. */
    public boolean isSingleLabel() {
        return value.indexOf('.') < 0;
    }

    /**
     * Whether this name, from a certificate, stands for {@code host} (RFC 9525, 6.3): equal, or a wildcard that stands for exactly
     * one left-most label.
     */
    public boolean covers(DnsName host) {
        if (value.equals(host.value)) {
            return true;
        }
        int dot = host.value.indexOf('.');
        return isWildcard()
                && !host.isWildcard()
                && dot > 0
                && value.substring(1).equals(host.value.substring(dot));
    }

    /** The wildcard that would stand for this name, {@code *.contoso.com} for {@code wsus.contoso.com}; a single label has none. */
    public Optional<DnsName> findWildcard() {
        int dot = value.indexOf('.');
        return dot > 0 ? Optional.of(new DnsName("*" + value.substring(dot))) : Optional.empty();
    }

    private static String faultOf(String text) {
        if (text.isEmpty()) {
            return "wanted a name such as wsus.contoso.com";
        }
        if (text.length() > 253) {
            return "wanted at most 253 characters, this has " + text.length();
        }
        if (text.endsWith(".")) {
            return "wanted no trailing dot";
        }
        if (looksLikeAnIpAddress(text)) {
            return "that is an IP address, which belongs under ips";
        }
        String[] labels = text.split("\\.", -1);
        for (int i = 0; i < labels.length; i++) {
            boolean wildcard = i == 0 && labels.length > 1 && labels[i].equals("*");
            String fault = wildcard ? "" : faultOfLabel(labels[i]);
            if (!fault.isEmpty()) {
                return fault;
            }
        }
        return "";
    }

    private static String faultOfLabel(String label) {
        if (label.isEmpty()) {
            return "wanted no empty label (two dots in a row, or a dot at the start)";
        }
        if (label.length() > 63) {
            return "wanted labels of at most 63 characters, one has " + label.length();
        }
        if (!isLettersDigitsHyphens(label)) {
            return "wanted labels of letters, digits and hyphens (an international name as its xn-- form)";
        }
        if (label.startsWith("-") || label.endsWith("-")) {
            return "wanted no hyphen at the start or end of a label";
        }
        return "";
    }

    private static boolean looksLikeAnIpAddress(String text) {
        return IpAddress.isLiteral(text) || isDigitsAndDots(text);
    }

    private static boolean isDigitsAndDots(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLettersDigitsHyphens(String label) {
        for (int i = 0; i < label.length(); i++) {
            if (!isLetterDigitHyphen(label.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterDigitHyphen(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    }

    /** ASCII only: {@code toLowerCase} would turn the Kelvin sign into a k and let a homograph in. */
    private static String lowerAscii(String text) {
        StringBuilder lowered = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            lowered.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return lowered.toString();
    }

    @Override
    public int compareTo(DnsName other) {
        return value.compareTo(other.value);
    }

    /** Written out, as {@link #hashCode}: what the language would add is put together at run time, which short commands would notice. */
    @Override
    public boolean equals(Object other) {
        return other instanceof DnsName that && value.equals(that.value);
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
