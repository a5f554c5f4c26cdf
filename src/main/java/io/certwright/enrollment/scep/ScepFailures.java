package io.certwright.enrollment.scep;

import io.certwright.certificate.Printable;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;

/** What went wrong between a SCEP server and us, with its sentence. */
record ScepFailures(IssuerName issuer) {
    private static final int LONGEST_REASON = 120;

    LifecycleException malformed(String what, Exception cause) {
        return new LifecycleException(
                FailureKind.MALFORMED_ANSWER,
                "CA_ANSWER_MALFORMED",
                "issuer " + issuer + ": the server's answer is " + what + reasonOf(cause)
                        + "; check that url is the address of a SCEP server",
                cause);
    }

    LifecycleException malformed(String what) {
        return new LifecycleException(
                FailureKind.MALFORMED_ANSWER,
                "CA_ANSWER_MALFORMED",
                "issuer " + issuer + ": the server's answer is " + what
                        + "; look at the CA for what it issued, and ask its people");
    }

    LifecycleException refused(String code, String sentence) {
        return new LifecycleException(FailureKind.REFUSED, code, "issuer " + issuer + ": " + sentence);
    }

    private static String reasonOf(Exception cause) {
        String message = cause.getMessage();
        return message == null ? "" : " (" + Printable.escape(message, LONGEST_REASON) + ")";
    }
}
