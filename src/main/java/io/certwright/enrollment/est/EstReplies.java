package io.certwright.enrollment.est;

import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.Denied;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.EnrollmentResult;
import io.certwright.enrollment.IntentAnswers;
import io.certwright.enrollment.Issued;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Pending;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;

/** What the answers to {@code simpleenroll} and {@code simplereenroll} mean (RFC 7030, 4.2.3). */
final class EstReplies {
    private final IssuerName name;
    private final EstSettings settings;
    private final Clock clock;
    private final IntentAnswers answers;

    EstReplies(IssuerName name, EstSettings settings, Clock clock, IntentAnswers answers) {
        this.name = name;
        this.settings = settings;
        this.clock = clock;
        this.answers = answers;
    }

    /** The CA certainly holds no request: it wants another client, or knows no renewal. */
    static boolean refusesRenewal(HttpResponse<byte[]> answer) {
        return switch (answer.statusCode()) {
            case 400, 401, 403, 404, 405 -> true;
            default -> false;
        };
    }

    EnrollmentResult read(EnrollmentRequest request, Approach approach, HttpResponse<byte[]> answer)
            throws LifecycleException {
        return switch (answer.statusCode()) {
            case 200 -> issued(request, answer.body(), approach.authorities());
            case 202 ->
                new Pending(
                        approach.idOf(request),
                        EstAnswer.retryAfter(answer.headers(), clock.instant()),
                        "issuer " + name + ": the CA has not decided yet; people there may have to approve it");
            case 400, 403 ->
                new Denied("issuer " + name + " denied the certificate for " + request.names() + ": "
                        + EstAnswer.wordsOf(answer.body()));
            case 401 -> throw unauthorized(approach, answer);
            case 429, 503 -> throw throttled(answer);
            default -> throw refused(answer);
        };
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

    /** The server knows nobody by what was shown. */
    LifecycleException unauthorized(Approach approach, HttpResponse<byte[]> answer) {
        return new LifecycleException(
                FailureKind.UNAUTHORIZED,
                "CA_CREDENTIALS_REFUSED",
                "issuer " + name + ": the EST server does not take " + whatWasShown(approach) + ": "
                        + EstAnswer.wordsOf(answer.body()) + "; " + whatToDo(answer));
    }

    private String whatWasShown(Approach approach) {
        return approach.renewal() ? "the certificate that is to be renewed" : whatIsShown();
    }

    /** With a first request. */
    String whatIsShown() {
        boolean certificate = settings.access().identity().isPresent();
        if (settings.user().isPresent()) {
            return "user and password" + (certificate ? " with the client certificate" : "") + " of the settings";
        }
        return certificate ? "the client certificate of the settings" : "requests without user and password";
    }

    private String whatToDo(HttpResponse<byte[]> answer) {
        List<String> schemes = answer.headers().allValues("WWW-Authenticate").stream()
                .map(header -> header.strip().split("[ ,]", 2)[0])
                .toList();
        if (!schemes.isEmpty() && schemes.stream().noneMatch("basic"::equalsIgnoreCase)) {
            return "it asks for " + EstAnswer.shown(String.join(", ", schemes))
                    + ", and only Basic or a client certificate can be shown here";
        }
        if (settings.user().isPresent()) {
            return "correct user and password";
        }
        return settings.access().identity().isPresent()
                ? "renew or correct client-certificate, or write user and password"
                : "write user and password, or client-certificate";
    }

    private LifecycleException throttled(HttpResponse<byte[]> answer) {
        return LifecycleException.throttled(
                "CA_THROTTLES",
                "issuer " + name + ": the EST server asks to come back later, with HTTP status " + answer.statusCode()
                        + ": " + EstAnswer.wordsOf(answer.body()),
                EstAnswer.retryAfter(answer.headers(), clock.instant()));
    }

    /** A 5xx may have been preceded by a certificate, and anything else is no EST. */
    private LifecycleException refused(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        LifecycleException failed = new LifecycleException(
                status >= 500 ? FailureKind.UNREACHABLE : FailureKind.REFUSED,
                "CA_REFUSED",
                "issuer " + name + ": the EST server answers with HTTP status " + status
                        + ", wanted 200, 202, 400, 401 or 403: " + EstAnswer.wordsOf(answer.body())
                        + "; check url and label, and the server's own log");
        return status >= 500 ? AnswerLostException.after(failed) : failed;
    }
}
