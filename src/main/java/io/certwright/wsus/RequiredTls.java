package io.certwright.wsus;

import io.certwright.windows.AccessCall.SslFlagsAt;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What {@code system.webServer/security/access@sslFlags} of a place says. Wanted is exactly {@code Ssl}; {@code Ssl,Ssl128} is as good.
 * Any of the flags about client certificates makes clients fail with 0x80072F0C.
 */
record RequiredTls(boolean required, boolean asksForClientCertificates) {
    /** What is written where TLS is to be required. */
    static final String WANTED = "Ssl";

    private static final List<String> NAMES =
            List.of("ssl", "sslnegotiatecert", "sslrequirecert", "sslmapcert", "ssl128");
    private static final List<Integer> BITS = List.of(8, 32, 64, 128, 256);
    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

    static RequiredTls of(SslFlagsAt flags) {
        Set<String> names = namesIn(flags.value());
        return new RequiredTls(
                names.contains("ssl"),
                names.contains("sslnegotiatecert") || names.contains("sslrequirecert") || names.contains("sslmapcert"));
    }

    private static Set<String> namesIn(String value) {
        Set<String> names = new TreeSet<>();
        if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9') && value.length() < 9) {
            int bits = Integer.parseInt(value);
            for (int i = 0; i < BITS.size(); i++) {
                if ((bits & BITS.get(i)) != 0) {
                    names.add(NAMES.get(i));
                }
            }
        } else {
            Arrays.stream(COMMA.split(value.strip()))
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .forEach(names::add);
        }
        return names;
    }

    boolean isAsWanted() {
        return required && !asksForClientCertificates;
    }
}
