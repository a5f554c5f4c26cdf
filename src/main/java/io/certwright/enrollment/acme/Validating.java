package io.certwright.enrollment.acme;

import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.PollPause;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Challenge;
import org.shredzone.acme4j.challenge.Dns01Challenge;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeServerException;

/** Proves the names of an order to the CA: all answers are shown first, then the CA is told to look at all of them. */
final class Validating {
    private final IssuerName issuer;
    private final List<Responder> responders;
    private final java.time.Duration settle;
    private final PollPause pause;
    private final AcmeFailures failures;

    Validating(
            IssuerName issuer,
            List<Responder> responders,
            java.time.Duration settle,
            PollPause pause,
            AcmeFailures failures) {
        this.issuer = issuer;
        this.responders = List.copyOf(responders);
        this.settle = settle;
        this.pause = pause;
        this.failures = failures;
    }

    /** One name that the CA has not taken yet, and how it is proven. */
    private record Open(
            Authorization authorization, Challenge challenge, Responder responder, ChallengeAnswer answer) {}

    /** The CA found a name wanting for good; {@code sentence} has its words. */
    static final class Denial extends Exception {
        private static final long serialVersionUID = 1L;

        Denial(String sentence) {
            super(sentence);
        }
    }

    /** Whether the CA has taken all names; false where it is still looking when the time is up. */
    boolean proveAll(EnrollmentRequest request, Order order, Pace pace)
            throws AcmeException, LifecycleException, Denial {
        List<Open> open = openOnes(request, order);
        boolean decided = true;
        try {
            for (Responder responder : responders) {
                responder.showAll(answersBy(responder, open));
            }
            settle(open);
            for (Open one : open) {
                tellToLook(one);
            }
            for (Open one : open) {
                decided = decided && awaitDecision(one, pace);
            }
            return decided;
        } finally {
            open.forEach(one -> one.responder().withdraw(one.answer()));
        }
    }

    private static List<ChallengeAnswer> answersBy(Responder responder, List<Open> open) {
        return open.stream()
                .filter(one -> one.responder().equals(responder))
                .map(Open::answer)
                .toList();
    }

    private static void tellToLook(Open one) throws AcmeException {
        if (one.challenge().getStatus() != Status.PENDING) {
            return;
        }
        try {
            one.challenge().trigger();
        } catch (AcmeServerException problem) {
            // Another node may have been quicker, and the CA takes a challenge only once.
            one.authorization().fetch();
            if (one.authorization().getStatus() == Status.PENDING) {
                throw problem;
            }
        }
    }

    private List<Open> openOnes(EnrollmentRequest request, Order order)
            throws AcmeException, LifecycleException, Denial {
        List<Open> open = new ArrayList<>();
        for (Authorization authorization : order.getAuthorizations()) {
            authorization.fetch();
            requireOurs(request, authorization);
            if (authorization.getStatus() == Status.PENDING || authorization.getStatus() == Status.PROCESSING) {
                open.add(opened(request, authorization));
            } else if (authorization.getStatus() != Status.VALID) {
                throw failed(authorization, Optional.empty());
            }
        }
        return open;
    }

    /** What is shown to prove a name goes into DNS, files and arguments of programs: a CA gets it for names that we asked for. */
    private void requireOurs(EnrollmentRequest request, Authorization authorization) throws LifecycleException {
        String name = authorization.getIdentifier().getValue();
        boolean ours = request.names().dns().stream()
                        .anyMatch(dns -> plain(dns.value()).equalsIgnoreCase(name))
                || request.names().ips().stream().anyMatch(ip -> ip.toString().equalsIgnoreCase(name));
        if (!ours) {
            throw new LifecycleException(
                    FailureKind.MALFORMED_ANSWER,
                    "CHALLENGE_FOR_ANOTHER_NAME",
                    "issuer " + issuer + ": the CA wants " + nameOf(authorization) + " proven for "
                            + request.certificate() + ", wanted only " + request.names()
                            + "; look at what stands between here and the CA");
        }
    }

    private static String plain(String dns) {
        return dns.startsWith("*.") ? dns.substring(2) : dns;
    }

    private Open opened(EnrollmentRequest request, Authorization authorization) throws LifecycleException {
        for (Responder responder : responders) {
            Optional<Challenge> challenge = authorization.getChallenges().stream()
                    .filter(one -> one.getType().equals(responder.type()))
                    .findFirst();
            if (challenge.isPresent()) {
                return new Open(authorization, challenge.get(), responder, answerTo(authorization, challenge.get()));
            }
        }
        throw new LifecycleException(
                FailureKind.REFUSED,
                "NO_CHALLENGE_FITS",
                "issuer " + issuer + ": for " + nameOf(authorization) + " of " + request.certificate()
                        + " the CA offers "
                        + authorization.getChallenges().stream()
                                .map(Challenge::getType)
                                .toList()
                        + ", set up is "
                        + responders.stream().map(Responder::type).toList()
                        + "; set up one that it offers (wildcards need dns-01)");
    }

    private static ChallengeAnswer answerTo(Authorization authorization, Challenge challenge) {
        String name = authorization.getIdentifier().getValue();
        if (challenge instanceof Http01Challenge http) {
            return new ChallengeAnswer(name, http.getToken(), http.getAuthorization(), "");
        }
        Dns01Challenge dns = (Dns01Challenge) challenge;
        return new ChallengeAnswer(name, "", "", dns.getDigest());
    }

    /** Only DNS needs time to settle, and once for all names. */
    private void settle(List<Open> open) {
        if (!settle.isZero()
                && open.stream().anyMatch(one -> one.responder().type().equals("dns-01"))) {
            pause.lasting(settle);
        }
    }

    private boolean awaitDecision(Open one, Pace pace) throws AcmeException, LifecycleException, Denial {
        one.authorization().fetch();
        while (isUndecided(one.authorization().getStatus())) {
            one.responder().keepShowing();
            if (!pace.waited(one.authorization().getRetryAfter())) {
                return false;
            }
            one.authorization().fetch();
        }
        if (one.authorization().getStatus() != Status.VALID) {
            throw failed(one.authorization(), one.responder().obstacle());
        }
        return true;
    }

    private static boolean isUndecided(Status status) {
        return status == Status.PENDING || status == Status.PROCESSING;
    }

    private LifecycleException failed(Authorization authorization, Optional<String> obstacle) throws Denial {
        Optional<Challenge> failed = authorization.getChallenges().stream()
                .filter(challenge -> challenge.getError().isPresent())
                .findFirst();
        Optional<Problem> problem = failed.flatMap(Challenge::getError);
        String word = problem.map(AcmeFailures::wordOf).orElse("");
        String sentence = "the CA did not believe that " + nameOf(authorization) + " is ours"
                + failed.map(challenge -> " by " + challenge.getType()).orElse("") + ": "
                + problem.map(AcmeFailures::wordsOf).orElse("it gave no reason");
        if (word.equals("caa") || word.equals("rejectedIdentifier")) {
            throw new Denial(sentence);
        }
        if (word.equals("rateLimited") && problem.isPresent()) {
            return failures.throttled("proving " + nameOf(authorization), problem.get(), Optional.empty());
        }
        return new LifecycleException(
                FailureKind.REFUSED,
                "VALIDATION_FAILED",
                "issuer " + issuer + ": " + sentence
                        + obstacle.map(text -> "; " + text).orElse("")
                        + "; make sure that the CA's own machines see the answer from outside");
    }

    private static String nameOf(Authorization authorization) {
        return io.certwright.certificate.Printable.quote(
                authorization.getIdentifier().getValue());
    }
}
