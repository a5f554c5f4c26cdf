package io.certwright.enrollment.est;

import io.certwright.certificate.Printable;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.http.AnswerTooLongException;
import io.certwright.http.ClientIdentity;
import io.certwright.http.HttpLimits;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** The operations of EST over HTTPS (RFC 7030, 3.2), asked as one client. */
final class EstWire {
    private static final HttpLimits LIMITS = new HttpLimits(Duration.ofSeconds(20), 1024 * 1024, false);
    private static final Pattern OUR_CERTIFICATE =
            Pattern.compile("Received fatal alert: (.*certificate.*|unknown_ca|access_denied)");
    private static final int LINE = 64;
    private static final byte[] LINE_END = {'\r', '\n'};

    private final IssuerName issuer;
    private final EstSettings settings;
    private final HttpClient client;

    private EstWire(IssuerName issuer, EstSettings settings, HttpClient client) {
        this.issuer = issuer;
        this.settings = settings;
        this.client = client;
    }

    /** As the settings say; a client certificate is read now. */
    static EstWire open(IssuerName issuer, EstSettings settings) throws LifecycleException {
        return new EstWire(issuer, settings, settings.access().open(LIMITS));
    }

    /** As the certificate that is to be renewed. */
    static EstWire openAs(ClientIdentity old, IssuerName issuer, EstSettings settings) throws LifecycleException {
        return new EstWire(issuer, settings, settings.access().open(LIMITS, Optional.of(old)));
    }

    /** Public by the protocol: no credentials go along. */
    HttpResponse<byte[]> authorities() throws LifecycleException {
        return send(HttpRequest.newBuilder(settings.addressOf("cacerts")).GET());
    }

    /** What the server wishes to see in a CSR; public too. */
    HttpResponse<byte[]> wishes() throws LifecycleException {
        return send(HttpRequest.newBuilder(settings.addressOf("csrattrs")).GET());
    }

    /** For a first certificate, with user and password where the settings name them. */
    HttpResponse<byte[]> enroll(byte[] csr) throws LifecycleException {
        HttpRequest.Builder request = post("simpleenroll", csr);
        settings.user().ifPresent(user -> request.header("Authorization", user.authorization()));
        return send(request);
    }

    /** For the next certificate of the client, whom TLS has shown. */
    HttpResponse<byte[]> renew(byte[] csr) throws LifecycleException {
        return send(post("simplereenroll", csr));
    }

    /** The body is base64 without its own header naming that (RFC 8951, 3). */
    private HttpRequest.Builder post(String operation, byte[] csr) {
        byte[] body = Base64.getMimeEncoder(LINE, LINE_END).encode(csr);
        return HttpRequest.newBuilder(settings.addressOf(operation))
                .header("Content-Type", "application/pkcs10")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws LifecycleException {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (AnswerTooLongException endless) {
            throw failed(FailureKind.MALFORMED_ANSWER, "CA_ANSWER_MALFORMED", "gives no answer of EST", endless);
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
                "issuer " + issuer + ": the EST server " + settings.url().getHost() + " " + what + " ("
                        + cause.getClass().getSimpleName() + ": "
                        + Printable.escape(String.valueOf(cause.getMessage()), 120) + ")",
                cause);
    }
}
