package io.certwright.enrollment.acme;

import io.certwright.certificate.Printable;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.http.AnswerTooLongException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeLazyLoadingException;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeServerException;

/** What an ACME CA or the way to it did wrong, as the failure that decides what happens next. */
final class AcmeFailures {
    private static final int LONGEST_WORDS = 400;
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofDays(7);

    /** Problems (RFC 8555, 6.7) that the same request would meet again. */
    private static final Set<String> DENIALS = Set.of(
            "badCSR",
            "badPublicKey",
            "caa",
            "compound",
            "malformed",
            "rejectedIdentifier",
            "unsupportedIdentifier",
            "invalidProfile",
            "invalidContact",
            "unsupportedContact");

    /** Problems that a person must solve at the CA or in the settings of the account. */
    private static final Set<String> ACCOUNT_TROUBLE =
            Set.of("unauthorized", "externalAccountRequired", "accountDoesNotExist", "userActionRequired");

    private final IssuerName issuer;
    private final Clock clock;

    AcmeFailures(IssuerName issuer, Clock clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    /** Work that asks the CA. */
    interface Work<T> {
        T run() throws AcmeException, LifecycleException;
    }

    /** The word of the problem, such as {@code rateLimited}; empty where the CA gave none. */
    static String wordOf(AcmeException failure) {
        return failure instanceof AcmeServerException problem ? wordOf(problem.getProblem()) : "";
    }

    static String wordOf(Problem problem) {
        String type = problem.getType().toString();
        return type.substring(type.lastIndexOf(':') + 1);
    }

    static boolean isDenial(String word) {
        return DENIALS.contains(word);
    }

    /** The CA's own words, fit for a message. */
    static String wordsOf(Problem problem) {
        return '"' + Printable.escape(problem.toString(), LONGEST_WORDS) + "\" ("
                + Printable.escape(wordOf(problem), 40) + ')';
    }

    /** Runs the work and gives each of the library's exceptions, checked or not, its kind and sentence. */
    <T> T telling(String doing, Work<T> work) throws LifecycleException {
        try {
            return work.run();
        } catch (AcmeException failed) {
            throw failureOf(doing, failed);
        } catch (AcmeLazyLoadingException failed) {
            throw failed.getCause() instanceof AcmeException cause ? failureOf(doing, cause) : malformed(doing, failed);
        } catch (RuntimeException garbage) {
            throw malformed(doing, garbage);
        }
    }

    LifecycleException failureOf(String doing, AcmeException failed) {
        if (failed instanceof AcmeRateLimitedException limited) {
            return throttled(doing, limited.getProblem(), limited.getRetryAfter());
        }
        if (failed instanceof AcmeServerException problem) {
            return problem(doing, problem.getProblem(), failed);
        }
        if (failed instanceof AcmeNetworkException && failed.getCause() instanceof IOException cause) {
            return network(doing, cause);
        }
        String words = String.valueOf(failed.getMessage());
        if (words.startsWith("HTTP 429")) {
            return LifecycleException.throttled(
                    "CA_THROTTLES",
                    sentence(doing, "answers with HTTP status 429: too many requests"),
                    Duration.ofHours(1));
        }
        return words.startsWith("HTTP 5") ? ailing(doing, words, failed) : malformed(doing, failed);
    }

    LifecycleException throttled(String doing, Problem problem, Optional<Instant> until) {
        Duration wait = until.map(this::waitUntil).orElse(Duration.ofHours(1));
        return LifecycleException.throttled(
                "CA_THROTTLES",
                sentence(doing, "asks to come back later: " + wordsOf(problem)) + "; it is asked again in "
                        + io.certwright.config.DurationText.format(wait),
                wait);
    }

    /** From now; never nothing and never for ever, whatever the CA or its clock says. */
    Duration waitUntil(Instant instant) {
        Duration wait = Duration.between(clock.instant(), instant);
        if (wait.compareTo(SHORTEST_WAIT) < 0) {
            return SHORTEST_WAIT;
        }
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : Duration.ofSeconds(wait.toSeconds());
    }

    private LifecycleException problem(String doing, Problem problem, AcmeException cause) {
        String word = wordOf(problem);
        if (word.equals("serverInternal")) {
            return ailing(doing, "its own fault: " + wordsOf(problem), cause);
        }
        FailureKind kind = ACCOUNT_TROUBLE.contains(word) ? FailureKind.UNAUTHORIZED : FailureKind.REFUSED;
        String fix = kind == FailureKind.UNAUTHORIZED
                ? "; look at the account, its external-account and its terms of service"
                : "; change what was asked for, or ask the CA's people";
        return new LifecycleException(
                kind,
                kind == FailureKind.UNAUTHORIZED ? "CA_ACCOUNT_REFUSED" : "CA_REFUSED",
                sentence(doing, "says no: " + wordsOf(problem)) + fix,
                cause);
    }

    private LifecycleException ailing(String doing, String words, Exception cause) {
        return new LifecycleException(
                FailureKind.UNREACHABLE,
                "CA_AILING",
                sentence(doing, "answers with an error of its own: " + Printable.escape(words, LONGEST_WORDS))
                        + "; it is asked again later",
                cause);
    }

    private LifecycleException network(String doing, IOException cause) {
        if (cause instanceof AnswerTooLongException) {
            return malformed(doing, cause);
        }
        if (cause instanceof SSLHandshakeException) {
            return new LifecycleException(
                    FailureKind.UNREACHABLE,
                    "CA_TLS_UNTRUSTED",
                    sentence(
                                    doing,
                                    "shows a TLS certificate that is not trusted here ("
                                            + Printable.escape(String.valueOf(cause.getMessage()), 120)
                                            + ")")
                            + "; if it is the right CA, write the file with its root into tls-trust",
                    cause);
        }
        return new LifecycleException(
                FailureKind.UNREACHABLE,
                "CA_UNREACHABLE",
                sentence(
                                doing,
                                "cannot be reached (" + cause.getClass().getSimpleName() + ": "
                                        + Printable.escape(String.valueOf(cause.getMessage()), 120)
                                        + ")")
                        + "; check the address, the network and proxy",
                cause);
    }

    LifecycleException malformed(String doing, Exception cause) {
        return new LifecycleException(
                FailureKind.MALFORMED_ANSWER,
                "CA_ANSWER_MALFORMED",
                sentence(
                                doing,
                                "gives an answer that is none of ACME ("
                                        + Printable.escape(String.valueOf(cause.getMessage()), 120)
                                        + ")")
                        + "; check that directory is the address of an ACME directory",
                cause);
    }

    private String sentence(String doing, String what) {
        return "issuer " + issuer + ": " + doing + ", the CA " + what;
    }
}
