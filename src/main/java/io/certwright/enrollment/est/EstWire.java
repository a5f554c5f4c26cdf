package io.certwright.enrollment.est;

import io.certwright.enrollment.CaExchange;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.LifecycleException;
import io.certwright.http.ClientIdentity;
import io.certwright.http.HttpLimits;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** The operations of EST over HTTPS (RFC 7030, 3.2), asked as one client. */
final class EstWire {
    private static final HttpLimits LIMITS = new HttpLimits(Duration.ofSeconds(20), 1024 * 1024, false);
    private static final int LINE = 64;
    private static final byte[] LINE_END = {'\r', '\n'};

    private final EstSettings settings;
    private final CaExchange exchange;

    private EstWire(IssuerName issuer, EstSettings settings, HttpClient client) {
        this.settings = settings;
        this.exchange =
                new CaExchange(issuer, "the EST server " + settings.url().getHost(), client);
    }

    /** As the settings say; a client certificate is read now. */
    static EstWire open(IssuerName issuer, EstSettings settings) throws LifecycleException {
        return new EstWire(issuer, settings, settings.access().open(LIMITS));
    }

    /** As nobody: without client certificate, user and password. */
    static EstWire openAsNobody(IssuerName issuer, EstSettings settings) throws LifecycleException {
        EstSettings nobody = settings.withoutUser();
        return new EstWire(issuer, nobody, settings.access().open(LIMITS, Optional.empty()));
    }

    /** As the certificate that is to be renewed. */
    static EstWire openAs(ClientIdentity old, IssuerName issuer, EstSettings settings) throws LifecycleException {
        return new EstWire(issuer, settings, settings.access().open(LIMITS, Optional.of(old)));
    }

    /** Public by the protocol: no credentials go along. */
    HttpResponse<byte[]> authorities() throws LifecycleException {
        return exchange.send(
                HttpRequest.newBuilder(settings.addressOf("cacerts")).GET().build());
    }

    /** What the server wishes to see in a CSR; public too. */
    HttpResponse<byte[]> wishes() throws LifecycleException {
        return exchange.send(
                HttpRequest.newBuilder(settings.addressOf("csrattrs")).GET().build());
    }

    /** For a first certificate, with user and password where the settings name them. */
    HttpResponse<byte[]> enroll(byte[] csr) throws LifecycleException {
        HttpRequest.Builder request = post("simpleenroll", csr);
        settings.user().ifPresent(user -> request.header("Authorization", user.authorization()));
        return exchange.send(request.build());
    }

    /** Asks for a certificate without a CSR, which nobody can grant: who is not let in hears that before. */
    HttpResponse<byte[]> knock() throws LifecycleException {
        return enroll(new byte[0]);
    }

    /** For the next certificate of the client, whom TLS has shown. */
    HttpResponse<byte[]> renew(byte[] csr) throws LifecycleException {
        return exchange.send(post("simplereenroll", csr).build());
    }

    /** The body is base64 without its own header naming that (RFC 8951, 3). */
    private HttpRequest.Builder post(String operation, byte[] csr) {
        byte[] body = Base64.getMimeEncoder(LINE, LINE_END).encode(csr);
        return HttpRequest.newBuilder(settings.addressOf(operation))
                .header("Content-Type", "application/pkcs10")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }
}
