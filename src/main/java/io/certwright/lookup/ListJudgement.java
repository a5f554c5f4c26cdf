package io.certwright.lookup;

import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.crypto.RevocationList;
import io.certwright.crypto.RevokedEntry;
import io.certwright.lookup.Observation.NotRevoked;
import io.certwright.lookup.Observation.RevocationUnknown;
import io.certwright.lookup.Observation.Revoked;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What fetched revocation lists say of a certificate (RFC 5280, 6.3): signed by its issuer, in scope, fresh. A revocation counts though
 * the list is stale, for it is hardly ever taken back; a stale list clears nobody. Unlike {@link RevocationLists}, which judges files
 * that a person chose, deltas and indirect lists among them, it holds no entry in memory, whatever length a server sends.
 */
public final class ListJudgement {
    /** The clock of whoever signed the list may go before ours. */
    private static final Duration SKEW = Duration.ofMinutes(10);

    private ListJudgement() {}

    /** A list and how to call it in a sentence: {@code the list at http://…}. */
    public record Named(String name, RevocationList list) {}

    /** One answer for all lists together; {@code at} is the moment as of which freshness is judged. */
    public static Observation judge(
            X509Certificate certificate, X509Certificate issuer, List<Named> lists, Instant at) {
        Sha256Fingerprint subject = Sha256Fingerprint.of(certificate);
        List<String> unfit = new ArrayList<>();
        Optional<Instant> clearedUntil = Optional.empty();
        for (Named named : lists) {
            Optional<String> why = whyUnfit(named.list(), certificate, issuer);
            if (why.isPresent()) {
                unfit.add(named.name() + " " + why.get());
                continue;
            }
            Optional<RevokedEntry> entry = named.list().find(certificate.getSerialNumber());
            if (entry.isPresent()) {
                return new Revoked(subject, entry.get().reason(), entry.get().revokedAt(), at);
            }
            Optional<String> cannotClear = whyItCannotClear(named.list(), at);
            if (cannotClear.isPresent()) {
                unfit.add(named.name() + " " + cannotClear.get());
            } else {
                clearedUntil = named.list().nextUpdate();
            }
        }
        return clearedUntil.isPresent()
                ? new NotRevoked(subject, clearedUntil.get(), at)
                : new RevocationUnknown(subject, unfit.isEmpty() ? "there is no list" : String.join("; ", unfit), at);
    }

    private static Optional<String> whyUnfit(RevocationList list, X509Certificate certificate, X509Certificate issuer) {
        if (!list.issuer().equals(certificate.getIssuerX500Principal())) {
            return Optional.of("is of another CA");
        }
        Optional<String> scope = list.whyOutOfScope(certificate);
        if (scope.isPresent()) {
            return scope;
        }
        return list.isSignedBy(issuer) ? Optional.empty() : Optional.of("is not signed by the certificate's issuer");
    }

    private static Optional<String> whyItCannotClear(RevocationList list, Instant at) {
        if (list.coversSomeReasonsOnly()) {
            return Optional.of("lists revocations for some reasons only");
        }
        if (list.thisUpdate().isAfter(at.plus(SKEW))) {
            return Optional.of("is from the future, " + list.thisUpdate() + "; check the clock");
        }
        if (list.nextUpdate().isEmpty()) {
            return Optional.of("does not say until when it is fresh");
        }
        return list.nextUpdate().filter(end -> end.isBefore(at)).map(end -> "is stale since " + end);
    }
}
