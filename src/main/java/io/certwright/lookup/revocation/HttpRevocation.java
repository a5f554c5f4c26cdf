package io.certwright.lookup.revocation;

import io.certwright.certificate.Printable;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.crypto.CertificateDetails;
import io.certwright.crypto.CertificateReader;
import io.certwright.crypto.OcspAnswer;
import io.certwright.crypto.OcspQuestion;
import io.certwright.crypto.RevokedEntry;
import io.certwright.failure.LifecycleException;
import io.certwright.lookup.ListJudgement;
import io.certwright.lookup.Observation;
import io.certwright.lookup.Observation.NotRevoked;
import io.certwright.lookup.Observation.RevocationUnknown;
import io.certwright.lookup.Observation.Revoked;
import io.certwright.lookup.RevocationLookup;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks where the certificate itself says one should: OCSP first, whose answers are newer, then the lists of its CDP. The first that
 * can say decides. Safe for many threads.
 */
public final class HttpRevocation implements RevocationLookup {
    private static final Duration LIMIT = Duration.ofSeconds(4);
    private static final Duration SKEW = Duration.ofMinutes(10);
    /** How old an OCSP answer may be that does not say until when it holds. */
    private static final Duration OLDEST = Duration.ofDays(1);

    private static final int LARGEST_ANSWER = 1024 * 1024;
    private static final int MOST_ADDRESSES = 3;

    private final HttpExchange http;
    private final ListCache lists;
    private final Clock clock;

    public HttpRevocation(Clock clock) {
        this(LIMIT, clock);
    }

    /** @param limit of each exchange */
    HttpRevocation(Duration limit, Clock clock) {
        this.http = new HttpExchange(limit);
        this.lists = new ListCache(http, clock);
        this.clock = clock;
    }

    @Override
    public Observation look(X509Certificate certificate, X509Certificate issuer) {
        Instant now = clock.instant();
        Sha256Fingerprint subject = Sha256Fingerprint.of(certificate);
        try {
            CertificateDetails details = CertificateReader.read(certificate);
            List<String> unanswered = new ArrayList<>();
            Optional<Observation> answer = byOcsp(certificate, issuer, details, unanswered, now);
            if (answer.isEmpty()) {
                answer = byLists(certificate, issuer, details, unanswered, now);
            }
            return answer.orElseGet(() -> new RevocationUnknown(subject, why(unanswered), now));
        } catch (LifecycleException malformed) {
            return new RevocationUnknown(subject, "it cannot be read", now);
        }
    }

    private static String why(List<String> unanswered) {
        return unanswered.isEmpty()
                ? "it names neither a revocation list nor an OCSP responder"
                : String.join("; ", unanswered);
    }

    private Optional<Observation> byOcsp(
            X509Certificate certificate,
            X509Certificate issuer,
            CertificateDetails details,
            List<String> unanswered,
            Instant now) {
        OcspQuestion question = new OcspQuestion(certificate, issuer);
        for (URI address : reachable(details.ocspUris(), unanswered)) {
            String what = "the responder at " + shown(address);
            try {
                byte[] answer = http.post(address, "application/ocsp-request", question.der(), LARGEST_ANSWER);
                Observation seen =
                        observed(Sha256Fingerprint.of(certificate), OcspAnswer.parse(what, answer, question, now), now);
                if (!(seen instanceof RevocationUnknown unknown)) {
                    return Optional.of(seen);
                }
                unanswered.add(what + " " + unknown.why());
            } catch (LifecycleException failed) {
                unanswered.add(failed.getMessage());
            }
        }
        return Optional.empty();
    }

    private static Observation observed(Sha256Fingerprint subject, OcspAnswer answer, Instant now) {
        if (answer.revoked().isPresent()) {
            RevokedEntry entry = answer.revoked().get();
            return new Revoked(subject, entry.reason(), entry.revokedAt(), now);
        }
        Instant until = answer.nextUpdate().orElse(answer.thisUpdate().plus(OLDEST));
        if (answer.thisUpdate().isAfter(now.plus(SKEW))) {
            return new RevocationUnknown(subject, "answers from the future, " + answer.thisUpdate(), now);
        }
        if (until.plus(SKEW).isBefore(now)) {
            return new RevocationUnknown(subject, "gives an answer that is stale since " + until, now);
        }
        return answer.status() == OcspAnswer.Status.GOOD
                ? new NotRevoked(subject, until, now)
                : new RevocationUnknown(subject, "does not know the certificate", now);
    }

    private Optional<Observation> byLists(
            X509Certificate certificate,
            X509Certificate issuer,
            CertificateDetails details,
            List<String> unanswered,
            Instant now) {
        for (URI address : reachable(details.crlDistributionPoints(), unanswered)) {
            try {
                ListJudgement.Named named =
                        new ListJudgement.Named("the list at " + shown(address), lists.get(address));
                Observation seen = ListJudgement.judge(certificate, issuer, List.of(named), now);
                if (!(seen instanceof RevocationUnknown unknown)) {
                    return Optional.of(seen);
                }
                unanswered.add(unknown.why());
            } catch (LifecycleException failed) {
                unanswered.add(failed.getMessage());
            }
        }
        return Optional.empty();
    }

    /** Those that can be asked, the first three of them; of the others it is said that nobody asked them. */
    private static List<URI> reachable(List<String> addresses, List<String> unanswered) {
        List<URI> reachable = new ArrayList<>();
        for (String address : addresses) {
            Optional<URI> uri = HttpExchange.parse(address);
            if (uri.isPresent() && reachable.size() < MOST_ADDRESSES) {
                reachable.add(uri.get());
            } else if (uri.isEmpty()) {
                unanswered.add(Printable.escape(address, 80) + " is no HTTP address, which nobody here asks");
            }
        }
        return reachable;
    }

    private static String shown(URI address) {
        return Printable.escape(address.toString(), 120);
    }
}
