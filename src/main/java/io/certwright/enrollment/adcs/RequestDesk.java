package io.certwright.enrollment.adcs;

import io.certwright.certificate.Printable;
import io.certwright.crypto.ChainOrder;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.Denied;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.EnrollmentResult;
import io.certwright.enrollment.IntentAnswers;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Pending;
import io.certwright.enrollment.Remembered;
import io.certwright.enrollment.RequestId;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Asks a CA that numbers its requests: once for an intent, and by the number from then on, over restarts and nodes. Where the answer
 * was lost before the number was known, the same CSR is sent once more at most.
 */
public final class RequestDesk {
    private static final String NUMBER = "request-number";
    private static final int MOST_ASKS = 2;
    private static final int LONGEST_WORDS = 300;

    private final IssuerName issuer;
    private final Counter counter;
    private final AdcsParts parts;
    private final Duration askAgain;
    private final IntentAnswers answers;

    public RequestDesk(IssuerName issuer, Counter counter, AdcsParts parts, Duration askAgain) {
        this.issuer = issuer;
        this.counter = counter;
        this.parts = parts;
        this.askAgain = askAgain;
        this.answers = new IntentAnswers(issuer, parts.memory(), parts.clock(), parts.random(), parts.pause());
    }

    /** As {@link io.certwright.enrollment.Issuer#request}. */
    public EnrollmentResult request(EnrollmentRequest request) throws LifecycleException {
        Optional<EnrollmentResult> known = knownOf(request);
        return known.isPresent()
                ? known.get()
                : answers.request(request, () -> {
                    counter.prepare(request);
                    return () -> resultOf(request, counter.ask(request, number -> keep(request, number)));
                });
    }

    /** As {@link io.certwright.enrollment.Issuer#collect}. */
    public EnrollmentResult collect(EnrollmentRequest request, RequestId id) throws LifecycleException {
        return answers.collect(request, () -> {
            keep(request, id);
            return () -> resultOf(request, counter.collect(request, id));
        });
    }

    /** Empty where asking is safe, or is the one thing left. Throws {@code ANSWER_UNKNOWN} where it was asked too often for that. */
    public Optional<EnrollmentResult> lookUp(EnrollmentRequest request) throws LifecycleException {
        Optional<EnrollmentResult> known = knownOf(request);
        int times = answers.timesAsked(request);
        if (known.isEmpty() && times >= MOST_ASKS) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "ANSWER_UNKNOWN",
                    "issuer " + issuer + ": asked " + times
                            + " times with the same CSR, and no answer told the number of the"
                            + " request; look at the CA for certificates for " + request.names()
                            + ", revoke what is not needed, then run \"certwright renew " + request.certificate()
                            + " --force\"");
        }
        return known;
    }

    /**
     * The CA's own certificate among those that it shows, the first that issued none of the others. Throws {@code CA_EXPIRED} where it
     * cannot issue any more.
     */
    public static X509Certificate requireValid(IssuerName issuer, List<X509Certificate> shown, Instant now)
            throws LifecycleException {
        X509Certificate authority = shown.stream()
                .filter(one -> shown.stream().noneMatch(other -> !other.equals(one) && isIssuedBy(other, one)))
                .findFirst()
                .orElse(shown.get(0));
        if (authority.getNotAfter().toInstant().isBefore(now)) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "CA_EXPIRED",
                    "issuer " + issuer + ": the CA's own certificate "
                            + Printable.quote(
                                    authority.getSubjectX500Principal().getName()) + " ended on "
                            + authority.getNotAfter().toInstant() + "; it must be renewed at the CA");
        }
        return authority;
    }

    private static boolean isIssuedBy(X509Certificate one, X509Certificate candidate) {
        return ChainOrder.upTo(List.of(candidate), one, List.of()).size() > 1;
    }

    private Optional<EnrollmentResult> knownOf(EnrollmentRequest request) throws LifecycleException {
        Optional<EnrollmentResult> known = answers.find(request);
        Optional<RequestId> number = known.isPresent() ? Optional.empty() : findNumber(request);
        return number.isEmpty() ? known : Optional.of(resultOf(request, counter.collect(request, number.get())));
    }

    private Optional<RequestId> findNumber(EnrollmentRequest request) throws LifecycleException {
        return parts.memory()
                .find(issuer, NUMBER, request.intent().toString())
                .map(fact -> new RequestId(new String(fact.value(), StandardCharsets.UTF_8)));
    }

    /** The last number counts: an intent that was asked for twice is told by the second. */
    private void keep(EnrollmentRequest request, RequestId number) throws LifecycleException {
        byte[] value = number.value().getBytes(StandardCharsets.UTF_8);
        Remembered first = Remembered.first(
                NUMBER, request.intent().toString(), value, parts.clock().instant());
        Remembered stands = parts.memory().remember(issuer, first);
        if (!Arrays.equals(stands.value(), value)) {
            parts.memory().replace(issuer, stands.next(value, first.at()), stands.version());
        }
    }

    private EnrollmentResult resultOf(EnrollmentRequest request, Disposition answer) throws LifecycleException {
        if (answer instanceof Disposition.Given issued) {
            return answers.issued(request, issued.certificates(), List.of());
        }
        if (answer instanceof Disposition.UnderSubmission waiting) {
            return pending(request, waiting);
        }
        Disposition.Refused refused = (Disposition.Refused) answer;
        return new Denied("issuer " + issuer + " denied the certificate for " + request.names() + numberIn(request)
                + ": " + quoted(refused.words())
                + refused.code().map(Denials::explanationOf).orElse(""));
    }

    private Pending pending(EnrollmentRequest request, Disposition.UnderSubmission waiting) throws LifecycleException {
        RequestId number = findNumber(request)
                .orElseThrow(() -> AnswerLostException.after(new LifecycleException(
                        FailureKind.MALFORMED_ANSWER,
                        "CA_ANSWER_MALFORMED",
                        "issuer " + issuer + ": the CA took the request for " + request.certificate()
                                + " under submission and gave it no number; look at the CA for it")));
        return new Pending(
                number,
                askAgain,
                "issuer " + issuer + ": the CA has not decided on request " + Printable.escape(number.value(), 40)
                        + " yet: "
                        + quoted(waiting.words())
                        + "; people there may have to approve it");
    }

    private static String quoted(String words) {
        return '"' + Printable.escape(words, LONGEST_WORDS) + '"';
    }

    private String numberIn(EnrollmentRequest request) throws LifecycleException {
        return findNumber(request)
                .map(number -> ", request " + Printable.escape(number.value(), 40))
                .orElse("");
    }
}
