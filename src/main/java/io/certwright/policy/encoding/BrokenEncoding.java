package io.certwright.policy.encoding;

/** Octets that are not what DER or RFC 5280 wants of them; the message says in a few words what was found. */
public final class BrokenEncoding extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenEncoding(String found) {
        super(found);
    }

    BrokenEncoding(String found, Throwable cause) {
        super(found, cause);
    }
}
