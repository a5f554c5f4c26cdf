package io.certwright.policy.encoding;

import io.certwright.policy.encoding.GeneralName.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** One subtree of names, checked to be well formed (RFC 5280, 4.2.1.10). A DNS base may begin with a dot, as the field writes it. */
public record Subtree(GeneralName base) {
    static Subtree of(GeneralName base) throws BrokenEncoding {
        boolean wellFormed = switch (base.kind()) {
            case DNS -> base.text().isEmpty() || isHost(withoutDot(base.text()));
            case MAIL -> isMailBase(base.text());
            case URI -> isHost(withoutDot(base.text()));
            case IP -> isNetwork(base.contents());
            case DIRECTORY, OTHER, X400, EDI, REGISTERED -> true;
        };
        if (!wellFormed) {
            throw new BrokenEncoding("a subtree of a " + base.kind().text() + " that is none");
        }
        return new Subtree(base);
    }

    /** Whether a name of this kind and form can be compared at all; if not, a constraint on its kind refuses it. */
    static boolean canJudge(GeneralName name) {
        return switch (name.kind()) {
            case DNS, DIRECTORY -> true;
            case MAIL -> name.text().indexOf('@') > 0;
            case URI -> hostOf(name.text()).isPresent();
            case IP -> name.contents().length == 4 || name.contents().length == 16;
            case OTHER, X400, EDI, REGISTERED -> false;
        };
    }

    /** Whether all that the name stands for lies in here. */
    boolean holds(GeneralName name) {
        if (name.kind() != base.kind()) {
            return false;
        }
        return switch (name.kind()) {
            case DNS -> isAtOrBelow(lower(name.text()), lower(base.text()));
            case MAIL -> holdsMail(name.text());
            case URI ->
                hostOf(name.text())
                        .filter(host -> isHostIn(host, lower(base.text())))
                        .isPresent();
            case IP -> isInNetwork(name.contents(), base.contents());
            case DIRECTORY ->
                name.rdns().size() >= base.rdns().size()
                        && name.rdns().subList(0, base.rdns().size()).equals(base.rdns());
            case OTHER, X400, EDI, REGISTERED -> false;
        };
    }

    /** Whether something that the name stands for lies in here: a wildcard stands for more than itself. */
    boolean reaches(GeneralName name) {
        if (holds(name)) {
            return true;
        }
        String text = name.kind() == Kind.DNS && base.kind() == Kind.DNS ? lower(name.text()) : "";
        String below = lower(base.text());
        return text.startsWith("*.")
                && below.endsWith(text.substring(1))
                && below.indexOf('.') == below.length() - text.length() + 1;
    }

    String shown() {
        return switch (base.kind()) {
            case IP -> "network " + HexFormat.of().formatHex(base.contents());
            case DNS, MAIL, URI, DIRECTORY, OTHER, X400, EDI, REGISTERED ->
                base.kind().text() + " " + base.shown();
        };
    }

    private static boolean isAtOrBelow(String name, String base) {
        if (base.isEmpty() || name.equals(base)) {
            return true;
        }
        return name.endsWith(base.startsWith(".") ? base : "." + base);
    }

    /** A host stands for itself alone; with a leading dot for all below it. */
    private static boolean isHostIn(String host, String base) {
        return base.startsWith(".") ? host.endsWith(base) : host.equals(base);
    }

    /** The part before the @ is compared as it stands, the host regardless of case. */
    private boolean holdsMail(String address) {
        int at = address.lastIndexOf('@');
        String host = lower(address.substring(at + 1));
        int baseAt = base.text().lastIndexOf('@');
        String baseHost = lower(base.text().substring(baseAt + 1));
        return baseAt < 0
                ? isHostIn(host, baseHost)
                : host.equals(baseHost)
                        && address.substring(0, at).equals(base.text().substring(0, baseAt));
    }

    private static boolean isMailBase(String text) {
        int at = text.lastIndexOf('@');
        return at < 0 ? isHost(withoutDot(text)) : at > 0 && isHost(text.substring(at + 1));
    }

    private static boolean isInNetwork(byte[] address, byte[] network) {
        if (network.length != 2 * address.length) {
            return false;
        }
        for (int i = 0; i < address.length; i++) {
            int mask = network[address.length + i];
            if ((address[i] & mask) != (network[i] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** An address and a mask of the same length, the mask's ones all before its zeros. */
    private static boolean isNetwork(byte[] octets) {
        if (octets.length != 8 && octets.length != 32) {
            return false;
        }
        boolean ended = false;
        for (int bit = octets.length * 4; bit < octets.length * 8; bit++) {
            boolean set = (octets[bit / 8] & (0x80 >> (bit % 8))) != 0;
            if (set && ended) {
                return false;
            }
            ended |= !set;
        }
        return true;
    }

    private static boolean isHost(String text) {
        return !text.isEmpty()
                && text.length() <= 253
                && !text.contains("..")
                && !text.startsWith(".")
                && !text.endsWith(".")
                && text.chars().allMatch(Subtree::isOfAHost);
    }

    /** The underscore is none of RFC 1034, but names in Windows domains have it. */
    private static boolean isOfAHost(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_';
    }

    private static Optional<String> hostOf(String uri) {
        try {
            return Optional.ofNullable(new URI(uri).getHost())
                    .map(Subtree::lower)
                    .filter(host -> isHost(host) && !host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9')));
        } catch (URISyntaxException none) {
            return Optional.empty();
        }
    }

    private static String withoutDot(String text) {
        return text.startsWith(".") ? text.substring(1) : text;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
