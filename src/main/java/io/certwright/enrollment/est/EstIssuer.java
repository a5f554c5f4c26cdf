package io.certwright.enrollment.est;

import io.certwright.crypto.CertificateFiles;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.Denied;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.EnrollmentResult;
import io.certwright.enrollment.IntentAnswers;
import io.certwright.enrollment.Issued;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Pending;
import io.certwright.enrollment.RequestId;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A CA that speaks EST. The protocol has no name for a request: one that is pending is sent again as it was (RFC 7030, 4.2.3), and
 * an answer that was lost cannot be asked about, so that the story sends the same CSR once more at most.
 */
public final class EstIssuer implements Issuer {
    private final IssuerName name;
    private final EstSettings settings;
    private final EstParts parts;
    private final EstWire wire;
    private final IntentAnswers answers;

    public EstIssuer(IssuerName name, EstSettings settings, EstParts parts) {
        this.name = name;
        this.settings = settings;
        this.parts = parts;
        this.wire = new EstWire(name, settings);
        this.answers = new IntentAnswers(name, parts.memory(), parts.clock(), parts.random(), parts.pause());
    }

    @Override
    public IssuerName name() {
        return name;
    }

    @Override
    public String type() {
        return "est";
    }

    @Override
    public EnrollmentResult request(EnrollmentRequest request) throws LifecycleException {
        return answers.request(request, () -> prepared(request));
    }

    @Override
    public EnrollmentResult collect(EnrollmentRequest request, RequestId id) throws LifecycleException {
        return answers.collect(request, () -> prepared(request));
    }

    private IntentAnswers.Question prepared(EnrollmentRequest request) throws LifecycleException {
        List<X509Certificate> authorities = authorities();
        return () -> sent(request, authorities);
    }

    private EnrollmentResult sent(EnrollmentRequest request, List<X509Certificate> authorities)
            throws LifecycleException {
        HttpResponse<byte[]> answer = enrolled(request);
        return switch (answer.statusCode()) {
            case 200 -> issued(request, answer.body(), authorities);
            case 202 -> pending(request, answer);
            case 401 -> throw unauthorized(answer);
            case 429, 503 -> throw throttled(answer);
            default -> refused(request, answer);
        };
    }

    private HttpResponse<byte[]> enrolled(EnrollmentRequest request) throws AnswerLostException {
        try {
            return wire.enroll(request.csr().der());
        } catch (LifecycleException failed) {
            throw AnswerLostException.after(failed);
        }
    }

    /** The CA may have issued, though what it answered cannot be used. */
    private Issued issued(EnrollmentRequest request, byte[] body, List<X509Certificate> authorities)
            throws LifecycleException {
        List<X509Certificate> given;
        try {
            given = EstAnswer.certificatesIn(name, body);
        } catch (LifecycleException garbage) {
            throw AnswerLostException.after(garbage);
        }
        return answers.issued(request, given, authorities);
    }

    private Pending pending(EnrollmentRequest request, HttpResponse<byte[]> answer) {
        Duration wait = EstAnswer.retryAfter(answer.headers(), parts.clock().instant());
        return new Pending(
                new RequestId(request.csr().sha256()),
                wait,
                "issuer " + name + ": the CA has not decided yet; people there may have to approve it");
    }

    private LifecycleException unauthorized(HttpResponse<byte[]> answer) {
        return new LifecycleException(
                FailureKind.UNAUTHORIZED,
                "CA_CREDENTIALS_REFUSED",
                "issuer " + name + ": the EST server does not take "
                        + (settings.user().isPresent()
                                ? "user and password of the settings"
                                : "requests without user and password")
                        + ": " + EstAnswer.wordsOf(answer.body()) + "; correct user and password");
    }

    private LifecycleException throttled(HttpResponse<byte[]> answer) {
        return LifecycleException.throttled(
                "CA_THROTTLES",
                "issuer " + name + ": the EST server asks to come back later, with HTTP status " + answer.statusCode()
                        + ": " + EstAnswer.wordsOf(answer.body()),
                EstAnswer.retryAfter(answer.headers(), parts.clock().instant()));
    }

    /** A 4xx is the CA's no (RFC 7030, 4.2.3); a 5xx may have been preceded by a certificate, and anything else is no EST. */
    private Denied refused(EnrollmentRequest request, HttpResponse<byte[]> answer) throws LifecycleException {
        int status = answer.statusCode();
        if (status == 400 || status == 403) {
            return new Denied("issuer " + name + " denied the certificate for " + request.names() + ": "
                    + EstAnswer.wordsOf(answer.body()));
        }
        LifecycleException failed = new LifecycleException(
                status >= 500 ? FailureKind.UNREACHABLE : FailureKind.REFUSED,
                "CA_REFUSED",
                "issuer " + name + ": the EST server answers with HTTP status " + status
                        + ", wanted 200, 202, 400, 401 or 403: " + EstAnswer.wordsOf(answer.body())
                        + "; check url and label, and the server's own log");
        throw status >= 500 ? AnswerLostException.after(failed) : failed;
    }

    /** Also shows, before anything is asked, that it is an EST server. */
    private List<X509Certificate> authorities() throws LifecycleException {
        HttpResponse<byte[]> answer = wire.authorities();
        if (answer.statusCode() != 200) {
            throw new LifecycleException(
                    answer.statusCode() >= 500 ? FailureKind.UNREACHABLE : FailureKind.REFUSED,
                    "CA_REFUSED",
                    "issuer " + name + ": the EST server answers with HTTP status " + answer.statusCode()
                            + " to cacerts, wanted 200; check url and label");
        }
        return EstAnswer.certificatesIn(name, answer.body());
    }

    /** From the files of the settings. */
    @Override
    public List<X509Certificate> anchors() throws LifecycleException {
        List<X509Certificate> anchors = new ArrayList<>();
        for (Path file : settings.anchors()) {
            anchors.addAll(CertificateFiles.read(file).certificates());
        }
        return List.copyOf(anchors);
    }

    /** Reachability, trust and the CA's certificates; the protocol has no question that shows whether user and password are right. */
    @Override
    public String test() throws LifecycleException {
        return "est issuer " + name + ": " + settings.url() + " answers with "
                + authorities().size()
                + " CA certificates; user and password show only when a certificate is asked for";
    }
}
