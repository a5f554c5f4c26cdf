package io.certwright.enrollment;

import io.certwright.crypto.ChainOrder;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a CA answered to each intent, for issuers whose CA does not know that two requests are the same: what was answered before
 * comes back, of several processes at once one asks, and each certificate is remembered before anybody sees it.
 */
public final class IntentAnswers {
    private final IssuerName issuer;
    private final Clock clock;
    private final RememberedCertificates given;
    private final Asks asks;

    public IntentAnswers(IssuerName issuer, IssuerMemory memory, Clock clock, SecureRandom random, PollPause pause) {
        this.issuer = issuer;
        this.clock = clock;
        this.given = new RememberedCertificates(issuer, memory);
        this.asks = new Asks(issuer, memory, clock, random, pause);
    }

    /** What comes before the question and leaves nothing at the CA: keys opened, its certificates fetched. Its failures count as not asked. */
    @FunctionalInterface
    public interface Preparation {
        Question prepare() throws LifecycleException;
    }

    /** From here on the CA may hold the request: a failure that does not rule that out is an {@link AnswerLostException}. */
    @FunctionalInterface
    public interface Question {
        EnrollmentResult ask() throws LifecycleException;
    }

    /** As {@link Issuer#request}: prepared, then counted as asked, then asked. */
    public EnrollmentResult request(EnrollmentRequest request, Preparation preparation) throws LifecycleException {
        Optional<EnrollmentResult> known = given.find(request);
        if (known.isPresent()) {
            return known.get();
        }
        Question question = preparation.prepare();
        return asks.mayAsk(request) ? asked(request, question) : asks.answerOfTheOther(request, given);
    }

    private EnrollmentResult asked(EnrollmentRequest request, Question question) throws LifecycleException {
        try {
            return question.ask();
        } catch (AnswerLostException mayHoldIt) {
            throw mayHoldIt;
        } catch (LifecycleException holdsNothing) {
            asks.takeBack(request);
            throw holdsNothing;
        }
    }

    /** As {@link Issuer#collect}: asks about a pending request, which is never counted as asked anew. */
    public EnrollmentResult collect(EnrollmentRequest request, Preparation preparation) throws LifecycleException {
        Optional<EnrollmentResult> known = given.find(request);
        return known.isPresent() ? known.get() : preparation.prepare().ask();
    }

    /** What was answered before, by whichever process it was asked. */
    public Optional<EnrollmentResult> find(EnrollmentRequest request) throws LifecycleException {
        return given.find(request);
    }

    /** By any process. */
    public int timesAsked(EnrollmentRequest request) throws LifecycleException {
        return asks.timesAsked(request);
    }

    /**
     * Remembers the certificate of the request's key with its chain, whatever the order and whatever strangers are among them. Where
     * there is none, an {@link AnswerLostException} with {@code ANSWER_FOR_ANOTHER_KEY}: the CA may have issued something.
     *
     * @param answer what the CA gave for this request
     * @param authorities the CA's own certificates, which the answer may lack
     */
    public Issued issued(
            EnrollmentRequest request, Collection<X509Certificate> answer, Collection<X509Certificate> authorities)
            throws LifecycleException {
        Optional<X509Certificate> leaf = ChainOrder.findByKey(request.csr().publicKey(), answer);
        if (leaf.isEmpty()) {
            throw AnswerLostException.after(forAnotherKey(request, answer.size()));
        }
        List<X509Certificate> pool = new ArrayList<>(answer);
        pool.addAll(authorities);
        return given.remember(request, ChainOrder.from(leaf.get(), pool), clock.instant());
    }

    private LifecycleException forAnotherKey(EnrollmentRequest request, int certificates) {
        return new LifecycleException(
                FailureKind.MALFORMED_ANSWER,
                "ANSWER_FOR_ANOTHER_KEY",
                "issuer " + issuer + ": none of the " + certificates + " certificates that the CA gave for "
                        + request.certificate() + " carries the key of " + request.csr()
                        + "; look at the CA for what it issued, and revoke what is not needed");
    }
}
