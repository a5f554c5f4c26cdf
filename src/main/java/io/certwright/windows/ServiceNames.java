package io.certwright.windows;

import io.certwright.certificate.Printable;
import java.util.regex.Pattern;

/** Names of services that mean one service: the cmdlets would take an asterisk for a pattern. */
final class ServiceNames {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_.$ -]{1,256}");

    private ServiceNames() {}

    static void require(String service) {
        if (!SHAPE.matcher(service).matches()) {
            throw new IllegalArgumentException("service: got " + Printable.quote(service)
                    + ", wanted the name of one service such as WsusService");
        }
    }
}
