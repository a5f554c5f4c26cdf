package io.certwright.probe.jsse;

import io.certwright.certificate.Printable;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.probe.Endpoint;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** One sentence for each way in which a look can fail. */
final class ProbeFailure {
    private static final String FATAL_ALERT = "Received fatal alert: ";

    private ProbeFailure() {}

    static LifecycleException of(Endpoint endpoint, Duration limit, IOException failure) {
        if (failure instanceof StartTlsRefusedException) {
            return new LifecycleException(
                    FailureKind.MALFORMED_ANSWER,
                    "STARTTLS_REFUSED",
                    "probe " + endpoint + ": " + sentence(failure),
                    failure);
        }
        if (failure instanceof NotTlsException) {
            return notTls(endpoint, failure);
        }
        if (failure instanceof SSLException) {
            return tls(endpoint, failure);
        }
        return new LifecycleException(
                FailureKind.UNREACHABLE,
                "ENDPOINT_UNREACHABLE",
                "probe " + endpoint + ": " + whyUnreachable(limit, failure),
                failure);
    }

    private static String whyUnreachable(Duration limit, IOException failure) {
        if (failure instanceof UnknownHostException) {
            return "the host name does not resolve; check its spelling and the DNS server";
        }
        if (failure instanceof SocketTimeoutException) {
            return "no complete handshake within " + seconds(limit)
                    + "; check the firewall in between and the load of the server";
        }
        if (failure instanceof ConnectException) {
            return "the connection was refused; check that the server runs and listens on this port";
        }
        if (failure instanceof EOFException) {
            return "the server hung up in the middle of the handshake; check that it has a certificate with a private key";
        }
        return "the connection broke (" + Printable.escape(sentence(failure), 120)
                + "); check the network and the server's own log";
    }

    private static LifecycleException notTls(Endpoint endpoint, IOException failure) {
        String greeting = sentence(failure);
        String advice = greeting.startsWith("HTTP/")
                ? "; this port speaks plain HTTP, enable https on it or probe another port"
                : "; another protocol answers on this port, check the number";
        return new LifecycleException(
                FailureKind.MALFORMED_ANSWER,
                "NOT_TLS",
                "probe " + endpoint + ": got " + Printable.quote(greeting) + ", wanted a TLS handshake" + advice,
                failure);
    }

    private static LifecycleException tls(Endpoint endpoint, IOException failure) {
        String reason = sentence(failure);
        if (speaksOnlyOldTls(reason)) {
            return new LifecycleException(
                    FailureKind.MALFORMED_ANSWER,
                    "TLS_TOO_OLD",
                    "probe " + endpoint + ": the server speaks neither TLS 1.2 nor TLS 1.3; enable TLS 1.2 on it",
                    failure);
        }
        if (reason.startsWith(FATAL_ALERT)) {
            return new LifecycleException(
                    FailureKind.UNREACHABLE,
                    "TLS_DECLINED",
                    "probe " + endpoint + ": the server ended the handshake with the alert "
                            + Printable.escape(reason.substring(FATAL_ALERT.length()), 60)
                            + "; check that it has a certificate for this name and a cipher suite in common",
                    failure);
        }
        return new LifecycleException(
                FailureKind.MALFORMED_ANSWER,
                "TLS_MALFORMED",
                "probe " + endpoint + ": got a TLS answer that breaks the protocol (" + Printable.escape(reason, 160)
                        + "), wanted a complete handshake; check the server's own log",
                failure);
    }

    private static boolean speaksOnlyOldTls(String reason) {
        return reason.startsWith(FATAL_ALERT + "protocol_version")
                || reason.contains("TLS10 is not accepted")
                || reason.contains("TLS11 is not accepted");
    }

    static String seconds(Duration limit) {
        return limit.toMillis() % 1000 == 0
                ? limit.toSeconds() + " s"
                : String.format(Locale.ROOT, "%.1f s", limit.toMillis() / 1000.0);
    }

    private static String sentence(IOException failure) {
        return Optional.ofNullable(failure.getMessage())
                .orElse(failure.getClass().getSimpleName());
    }
}
