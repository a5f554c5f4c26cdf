package io.certwright.windows;

import io.certwright.certificate.Printable;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.time.Duration;

/** What carriers say when a visit does not come to its end. */
public final class VisitFailure {
    private VisitFailure() {}

    /** The limit is over; whatever was started was ended. */
    public static LifecycleException tooSlow(String host, Duration limit) {
        return new LifecycleException(
                FailureKind.UNREACHABLE,
                "HOST_TOO_SLOW",
                of(host) + "no answer within " + limit.toSeconds()
                        + " s, and the visit was ended; see what PowerShell does there, it is tried again");
    }

    public static LifecycleException tooLong(String host) {
        return new LifecycleException(
                FailureKind.MALFORMED_ANSWER,
                "HOST_ANSWER_TOO_LONG",
                of(host) + "it answered more than " + Visit.LONGEST_OUTPUT / 1_000_000
                        + " MB, and the visit was ended; run powershell.exe there by hand and see what prints so much");
    }

    public static LifecycleException interrupted(String host) {
        return new LifecycleException(
                FailureKind.INTERNAL,
                "HOST_VISIT_INTERRUPTED",
                of(host) + "the visit was interrupted and ended; run it again");
    }

    /** The beginning of every such sentence. */
    public static String of(String host) {
        return "host " + Printable.escape(host, 80) + ": ";
    }
}
