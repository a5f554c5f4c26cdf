package io.certwright.enrollment;

import io.certwright.certificate.Printable;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.http.AnswerTooLongException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** Questions to a CA's server over HTTP, and in one sentence each why there is no answer. */
public final class CaExchange {
    private static final Pattern OUR_CERTIFICATE =
            Pattern.compile("Received fatal alert: (.*certificate.*|unknown_ca|access_denied)");

    private final String subject;
    private final HttpClient client;

    /**
     * How sentences begin.
     *
     * @param server as it is called: {@code the EST server est.contoso.com}
     */
    public CaExchange(IssuerName issuer, String server, HttpClient client) {
        this.subject = "issuer " + issuer + ": " + server + " ";
        this.client = client;
    }

    /** The answer, whatever its status; nothing else says whether the request got there. */
    public HttpResponse<byte[]> send(HttpRequest request) throws LifecycleException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (AnswerTooLongException endless) {
            throw failed(
                    FailureKind.MALFORMED_ANSWER, "CA_ANSWER_MALFORMED", "sends more than an answer may have", endless);
        } catch (SSLException broken) {
            throw inTls(broken);
        } catch (IOException broken) {
            throw unreachable(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw failed(FailureKind.UNREACHABLE, "CA_UNREACHABLE", "was not asked to the end", stopped);
        }
    }

    /** An alert about a certificate is the server's no to ours, before it has heard the request. */
    private LifecycleException inTls(SSLException broken) {
        if (OUR_CERTIFICATE.matcher(String.valueOf(broken.getMessage())).matches()) {
            return failed(
                    FailureKind.UNAUTHORIZED,
                    "CA_CREDENTIALS_REFUSED",
                    "wants a client certificate that it trusts; write client-certificate, or renew it",
                    broken);
        }
        if (broken instanceof SSLHandshakeException) {
            return failed(
                    FailureKind.UNREACHABLE,
                    "CA_TLS_UNTRUSTED",
                    "shows a TLS certificate that is not trusted here; if it is the right server, write the file with its root"
                            + " into tls-trust",
                    broken);
        }
        return unreachable(broken);
    }

    private LifecycleException unreachable(IOException broken) {
        return failed(
                FailureKind.UNREACHABLE,
                "CA_UNREACHABLE",
                "cannot be reached; check the address, the network and proxy",
                broken);
    }

    private LifecycleException failed(FailureKind kind, String code, String what, Exception cause) {
        return new LifecycleException(
                kind,
                code,
                subject + what + " (" + cause.getClass().getSimpleName() + ": "
                        + Printable.escape(String.valueOf(cause.getMessage()), 120) + ")",
                cause);
    }
}
