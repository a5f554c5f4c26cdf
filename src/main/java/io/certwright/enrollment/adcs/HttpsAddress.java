package io.certwright.enrollment.adcs;

import io.certwright.certificate.Printable;
import java.net.URI;

/** Addresses of the settings at which credentials go out. */
public final class HttpsAddress {
    private HttpsAddress() {}

    /**
     * Throws IllegalArgumentException unless it is {@code https://HOST/…} without user, query and fragment.
     *
     * @param wanted what should stand there, with an example
     */
    public static URI parse(String text, String wanted) {
        URI address = addressOf(text, wanted);
        boolean plain = "https".equals(address.getScheme())
                && address.getHost() != null
                && address.getUserInfo() == null
                && address.getQuery() == null
                && address.getFragment() == null;
        if (!plain) {
            throw new IllegalArgumentException(sentence(text, wanted));
        }
        return address;
    }

    private static URI addressOf(String text, String wanted) {
        try {
            return URI.create(text.strip());
        } catch (IllegalArgumentException notAnAddress) {
            throw new IllegalArgumentException(sentence(text, wanted), notAnAddress);
        }
    }

    private static String sentence(String got, String wanted) {
        return "got " + Printable.quote(got) + ", wanted " + wanted;
    }
}
