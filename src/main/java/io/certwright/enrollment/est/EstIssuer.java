package io.certwright.enrollment.est;

import io.certwright.crypto.CertificateFiles;
import io.certwright.enrollment.Denied;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.EnrollmentResult;
import io.certwright.enrollment.IntentAnswers;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.RequestId;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.http.ServerClock;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * A CA that speaks EST. The protocol has no name for a request: one that is pending is sent again as it was (RFC 7030, 4.2.3), and
 * an answer that was lost cannot be asked about, so that the story sends the same CSR once more at most.
 */
public final class EstIssuer implements Issuer {
    private final IssuerName name;
    private final EstSettings settings;
    private final IntentAnswers answers;
    private final Approaches approaches;
    private final EstReplies replies;
    private final Clock clock;

    public EstIssuer(IssuerName name, EstSettings settings, EstParts parts) {
        this.name = name;
        this.settings = settings;
        this.answers = new IntentAnswers(name, parts.memory(), parts.clock(), parts.random(), parts.pause());
        this.approaches = new Approaches(name, settings, parts);
        this.replies = new EstReplies(name, settings, parts.clock(), answers);
        this.clock = parts.clock();
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
        return answers.request(request, () -> {
            Optional<Approach> renewal = approaches.asPredecessor(request);
            Approach first = renewal.isPresent() ? renewal.get() : approaches.usual();
            CsrWishes wishes = EstAnswer.wishesIn(first.wire().wishes()).orElse(CsrWishes.none());
            requireWishedKey(request, wishes);
            return () -> withWishes(wishes, request, asked(request, first));
        });
    }

    /** A renewal that the server clearly refuses is asked for once more as a first certificate, where the settings say as whom. */
    private EnrollmentResult asked(EnrollmentRequest request, Approach first) throws LifecycleException {
        HttpResponse<byte[]> answer = first.ask(request);
        if (first.renewal() && EstReplies.refusesRenewal(answer) && settings.nameSomebody()) {
            Approach usual = approaches.usual();
            return replies.read(request, usual, usual.ask(request));
        }
        return replies.read(request, first, answer);
    }

    /** A denial may come of what the CA wished and the CSR lacks. */
    private static EnrollmentResult withWishes(CsrWishes wishes, EnrollmentRequest request, EnrollmentResult result) {
        List<String> missing = wishes.missingIn(request.csr());
        return result instanceof Denied denied && !missing.isEmpty()
                ? new Denied(
                        denied.sentence() + "; it wishes (csrattrs) what the CSR lacks: " + String.join(", ", missing))
                : result;
    }

    /** By the way on which it became pending, where that is still open. */
    @Override
    public EnrollmentResult collect(EnrollmentRequest request, RequestId id) throws LifecycleException {
        return answers.collect(request, () -> {
            Optional<Approach> renewal =
                    Approach.isOfRenewal(id) ? approaches.asPredecessor(request) : Optional.empty();
            Approach same = renewal.isPresent() ? renewal.get() : approaches.usual();
            return () -> replies.read(request, same, same.ask(request));
        });
    }

    /** With a key of another kind the CA could only say no, or give what nobody wished. */
    private void requireWishedKey(EnrollmentRequest request, CsrWishes wishes) throws LifecycleException {
        String missing = wishes.keyMissingIn(request.csr());
        if (!missing.isEmpty()) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "CA_WANTS_ANOTHER_KEY",
                    "issuer " + name + ": the CA wants a key of " + missing + " (csrattrs), and that of "
                            + request.certificate() + " is another; write that kind into its key");
        }
    }

    /** From the files of the settings. */
    @Override
    public List<X509Certificate> anchors() throws LifecycleException {
        return CertificateFiles.readAll(settings.anchors());
    }

    /** Reachability, trust, what the CA wishes, and whether it knows us, as far as that shows without a request. */
    @Override
    public String test() throws LifecycleException {
        Approach usual = approaches.usual();
        HttpResponse<byte[]> answer = usual.wire().wishes();
        Optional<CsrWishes> wishes = EstAnswer.wishesIn(answer).filter(some -> !some.areNone());
        return "est issuer " + name + ": " + settings.url() + " answers with "
                + usual.authorities().size() + " CA certificates"
                + wishes.map(some -> " and wishes (csrattrs) " + some).orElse("")
                + "; " + new Knock(name, settings, replies).words(usual)
                + ServerClock.appended(ServerClock.skewIn(answer.headers(), clock.instant()));
    }

    @Override
    public List<String> warnings() {
        return settings.nameSomebody()
                ? List.of()
                : List.of(
                        "it has neither user nor client-certificate: the server must know by other means who may ask");
    }
}
