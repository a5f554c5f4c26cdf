package io.certwright.enrollment;

import io.certwright.certificate.Printable;

/** The CA's own handle for a request that it has not decided yet: an AD CS request number, an ACME order URL, a transaction id. */
public record RequestId(String value) {
    private static final int LONGEST = 2_000;

    public RequestId {
        if (value.isBlank() || value.length() > LONGEST) {
            throw new IllegalArgumentException("request id: got " + Printable.quote(value) + ", wanted 1 to " + LONGEST
                    + " characters as the CA gave them");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
