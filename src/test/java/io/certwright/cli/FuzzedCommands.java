package io.certwright.cli;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** The parts of commands that show or read what others wrote, opened for fuzzing. */
public final class FuzzedCommands {
    private FuzzedCommands() {}

    /** What {@code check} and {@code probe} print of a certificate, line by line. */
    public static List<String> show(X509Certificate certificate, Instant at) {
        return new CertificateTree(at, false).asGiven(List.of(certificate));
    }

    /** Reads the text of a file of endpoints; the sentences that refuse it, empty where it is accepted. */
    public static String endpointList(String text) {
        try {
            return String.join(
                    "\n",
                    EndpointList.parse("endpoints.txt", text.lines().toList()).stream()
                            .map(Object::toString)
                            .toList());
        } catch (WrongUsage refused) {
            return String.valueOf(refused.getMessage());
        }
    }
}
