package io.certwright.audit;

import io.certwright.certificate.Printable;

/**
 * Who acts.
 *
 * @param person the account at the operating system
 * @param host the machine's own name
 */
public record Actor(String person, String host) {
    private static final int LONGEST = 200;

    public Actor {
        person = text(person);
        host = text(host);
    }

    private static String text(String given) {
        return given.isBlank() ? "unknown" : Printable.escape(given, LONGEST);
    }
}
