package io.certwright.wsus;

import io.certwright.certificate.Printable;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.HostCall.ProgramOutput;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code WsusUtil configuressl} answered: in whatever language, the https URL in it is the one that WSUS will hand out. */
final class ConfiguredUrl {
    private static final Pattern URL = Pattern.compile("https://([A-Za-z0-9.-]+)(?::([0-9]{1,5}))?");

    private ConfiguredUrl() {}

    /** The URL as a sentence; throws where it names another host or port, or where the tool failed. */
    static String require(WsusServer server, ProgramOutput output) throws LifecycleException {
        String said = String.join(" ", output.lines());
        Matcher url = URL.matcher(said);
        if (output.exitCode() != 0 || !url.find()) {
            throw refused(server, "exit code " + output.exitCode() + " and " + Printable.quote(said));
        }
        int port = url.group(2) == null ? 443 : Integer.parseInt(url.group(2));
        if (!url.group(1).equalsIgnoreCase(server.sslName().value()) || port != server.port()) {
            throw refused(server, Printable.quote(url.group()));
        }
        return "WSUS answers with " + url.group();
    }

    private static LifecycleException refused(WsusServer server, String got) {
        return new LifecycleException(
                FailureKind.REFUSED,
                "CONFIGURESSL",
                "host " + server.host() + ": WsusUtil configuressl answered " + got + ", wanted " + server.url()
                        + "; look at the https binding and run it again");
    }
}
