package io.certwright.enrollment.adcs.access;

import io.certwright.certificate.Printable;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.http.AnswerTooLongException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;

/** What went wrong between IIS and us, with its sentence. */
record WireFailures(IssuerName issuer, String host, Login login) {
    private static final int LONGEST_REASON = 120;

    LifecycleException broken(IOException failed) {
        if (failed instanceof AnswerTooLongException) {
            return failed(FailureKind.MALFORMED_ANSWER, "CA_ANSWER_MALFORMED", "gives no answer of a CA", failed);
        }
        if (failed instanceof SSLHandshakeException) {
            return failed(
                    FailureKind.UNREACHABLE,
                    "CA_TLS_UNTRUSTED",
                    "shows a TLS certificate that is not trusted here, or refuses ours; if it is the right server, write the"
                            + " file with its root into tls-trust",
                    failed);
        }
        return failed(
                FailureKind.UNREACHABLE,
                "CA_UNREACHABLE",
                "cannot be reached; check the address, the network and proxy",
                failed);
    }

    /** Whether nothing of the request can have reached the server. */
    static boolean isNeverSent(IOException failed) {
        return failed instanceof SSLHandshakeException
                || failed instanceof ConnectException
                || failed instanceof HttpConnectTimeoutException
                || failed.getCause() instanceof UnresolvedAddressException;
    }

    /** IIS answers so before the application behind it sees the request. */
    LifecycleException unauthorized(int status, List<String> offered) {
        String offers =
                offered.isEmpty() ? "" : "; it offers " + Printable.escape(String.join(", ", offered), LONGEST_REASON);
        return new LifecycleException(
                FailureKind.UNAUTHORIZED,
                "CA_CREDENTIALS_REFUSED",
                sentence("does not take " + login.described() + ", HTTP status " + status) + offers
                        + "; correct authentication, user and password in the settings, or the account's rights");
    }

    LifecycleException redirected(int status, String where) {
        return new LifecycleException(
                FailureKind.REFUSED,
                "CA_REFUSED",
                sentence("leads elsewhere, to " + Printable.quote(where) + " with HTTP status " + status)
                        + ", which is not followed; write the right address into url");
    }

    /** A status that tells nothing of the protocol. With 5xx the CA may have been asked. */
    LifecycleException status(Answer answer) {
        int status = answer.status();
        String hint = answer.text().contains("ServiceActivationException")
                ? "; the service does not start: Extended Protection of IIS and of the service must be set alike"
                : "; check url, and look at the log of IIS";
        return new LifecycleException(
                status >= 500 ? FailureKind.UNREACHABLE : FailureKind.REFUSED,
                "CA_REFUSED",
                sentence("answers with HTTP status " + status) + ", wanted 200" + hint);
    }

    private LifecycleException failed(FailureKind kind, String code, String what, Exception cause) {
        return new LifecycleException(
                kind,
                code,
                sentence(what) + " (" + cause.getClass().getSimpleName() + ": "
                        + Printable.escape(String.valueOf(cause.getMessage()), LONGEST_REASON) + ")",
                cause);
    }

    private String sentence(String what) {
        return "issuer " + issuer + ": the server " + host + " " + what;
    }
}
