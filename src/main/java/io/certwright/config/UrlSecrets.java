package io.certwright.config;

import java.util.regex.Pattern;

/** What people put into URLs though they should not: passwords, before the host or as a parameter. */
final class UrlSecrets {
    private static final Pattern BEFORE_HOST = Pattern.compile("(://[^/\\s:@\"]*:)[^/\\s@\"]+(?=@)");
    private static final Pattern PARAMETER = Pattern.compile(
            "([?&;][^=&;\\s\"]*(?:password|secret|token|passphrase)=)[^&;\\s\"]+", Pattern.CASE_INSENSITIVE);

    private UrlSecrets() {}

    /** The text with each such password as {@code ***}. */
    static String mask(String text) {
        String masked = BEFORE_HOST.matcher(text).replaceAll("$1***");
        return PARAMETER.matcher(masked).replaceAll("$1***");
    }
}
