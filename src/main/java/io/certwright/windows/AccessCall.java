package io.certwright.windows;

import io.certwright.certificate.Printable;
import io.certwright.windows.HostCall.Nothing;
import java.util.regex.Pattern;

/**
 * Whether IIS requires TLS at a place: {@code sslFlags} of {@code system.webServer/security/access}, read and written in
 * applicationHost.config alone. A location is {@code site/directory}, or the site.
 */
public sealed interface AccessCall<A extends Record> extends WindowsCall<A> {
    /** Looks at one location. */
    record GetSslFlags(String location) implements AccessCall<SslFlagsAt> {
        public GetSslFlags {
            WindowsCall.requireText("location", location);
        }
    }

    /**
     * What requires TLS at one location.
     *
     * @param value {@code Ssl,Ssl128}, {@code None}, or a number
     * @param inherited whether nothing stands at this location itself
     */
    record SslFlagsAt(String value, boolean inherited) {}

    /** Writes the flags of one location. */
    record SetSslFlags(String location, String value) implements AccessCall<Nothing> {
        private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9]{1,20}(,[A-Za-z0-9]{1,20})*");

        public SetSslFlags {
            WindowsCall.requireText("location", location);
            if (!NAMES.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        "sslFlags: got " + Printable.quote(value) + ", wanted names such as Ssl or Ssl,Ssl128");
            }
        }
    }

    /** Removes what stands at one location, so that it inherits again. */
    record ClearSslFlags(String location) implements AccessCall<Nothing> {
        public ClearSslFlags {
            WindowsCall.requireText("location", location);
        }
    }
}
