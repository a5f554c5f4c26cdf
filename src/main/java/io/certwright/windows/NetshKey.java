package io.certwright.windows;

import io.certwright.certificate.Printable;
import java.util.regex.Pattern;

/**
 * What an entry of http.sys stands under, as netsh takes it: {@code ipport=0.0.0.0:8531} or {@code hostnameport=wsus.contoso.com:8531}.
 * Only characters that no command line gives a meaning to.
 */
public record NetshKey(String text) {
    private static final Pattern SHAPE = Pattern.compile("ipport=([0-9.]{7,15}|\\[[0-9a-fA-F:.%]{2,60}]):[0-9]{1,5}"
            + "|hostnameport=[A-Za-z0-9*._-]{1,253}:[0-9]{1,5}");

    public NetshKey {
        if (!SHAPE.matcher(text).matches()) {
            throw new IllegalArgumentException("http.sys key: got " + Printable.quote(text)
                    + ", wanted ipport=address:port or hostnameport=name:port");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
