package io.certwright.lifecycle.record;

import io.certwright.certificate.CertificateName;
import io.certwright.certificate.CertificateSigningRequest;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.RequestId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One run for one managed certificate: the facts so far, each with the instant at which it happened. There is at most one open
 * renewal per certificate; every change of the record compares {@link #version()}, so that of two processes only one goes on.
 *
 * @param issuer whom it asks
 * @param wishDigest the wish this renewal works for; when the wish changes it ends as superseded
 * @param keyReady the key and CSR made for it, recorded before the CA is asked
 * @param requested the last time the CA was asked, recorded before asking
 * @param pending what the CA said when it could not answer yet
 * @param issued the certificate that the CA gave, recorded before it is looked at
 * @param checkedAt when our checks accepted it
 * @param standing how the last run ended, while the renewal is open
 */
public record Renewal(
        UUID id,
        CertificateName name,
        RenewalReason reason,
        IssuerName issuer,
        String wishDigest,
        Instant openedAt,
        Optional<KeyReady> keyReady,
        Optional<Requested> requested,
        Optional<AtCa> pending,
        Optional<Sha256Fingerprint> issued,
        Optional<Instant> issuedAt,
        Optional<Instant> checkedAt,
        Optional<Instant> storedAt,
        Optional<Instant> trustPublishedAt,
        Optional<Instant> boundAt,
        Optional<Instant> verifiedAt,
        Optional<Standing> standing,
        Optional<Instant> closedAt,
        long version) {

    /** How often a CA that cannot look an answer up is asked with one CSR: once, and once more when the answer was lost. */
    public static final int MOST_ASKS = 2;

    /** The key of this renewal: a sealed key of ours by id, or a reference to a key on the host, and the CSR made with it. */
    public record KeyReady(
            Optional<UUID> sealedKey, Optional<String> hostKey, CertificateSigningRequest csr, Instant at) {}

    /** Asked, {@code times} times by now with this CSR, last {@code at}. */
    public record Requested(Instant at, int times) {}

    /** The request waits at the CA, under its handle for it. */
    public record AtCa(RequestId id, Instant since, Instant askAgainAt, String sentence) {}

    /**
     * How the last run ended.
     *
     * @param outcome the simple name of the outcome
     * @param failures how many runs in a row failed with the same kind
     * @param nextAttemptAt when it is tried again by itself; empty where a person must act first
     * @param plan fingerprint of what was to be bound where, when it was rolled back
     */
    public record Standing(
            String outcome,
            String sentence,
            String failureKind,
            int failures,
            Instant at,
            Optional<Instant> nextAttemptAt,
            String plan) {
        /** The same standing, looked at again by itself at {@code instant}. */
        public Standing goingOnAt(Instant instant) {
            return new Standing(outcome, sentence, failureKind, failures, at, Optional.of(instant), plan);
        }
    }

    public static Renewal opened(
            UUID id, CertificateName name, RenewalReason reason, IssuerName issuer, String wishDigest, Instant at) {
        return new Renewal(
                id,
                name,
                reason,
                issuer,
                wishDigest,
                at,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0);
    }

    /** A new run for the certificate that this one brought, from stored on: to bind it once more, or to wait for a person. */
    public Renewal again(UUID newId, RenewalReason why, Optional<Standing> how, Instant at) {
        return new Renewal(
                newId,
                name,
                why,
                issuer,
                wishDigest,
                at,
                keyReady,
                requested,
                Optional.empty(),
                issued,
                issuedAt,
                checkedAt,
                storedAt,
                trustPublishedAt,
                Optional.empty(),
                Optional.empty(),
                how,
                Optional.empty(),
                0);
    }

    /** Asked as often as a CA is asked that cannot look answers up, and none came. */
    public boolean isAnswerLostForGood() {
        return issued.isEmpty()
                && pending.isEmpty()
                && requested.filter(asked -> asked.times() >= MOST_ASKS).isPresent();
    }

    public boolean isOpen() {
        return closedAt.isEmpty();
    }

    /** Whether clients were given what it needs and it waits before the first binding: for them, or for a window after that. */
    public boolean waitsToBind() {
        return stage() == Stage.TRUST_PUBLISHED
                && standing.filter(how -> how.outcome().equals("Waiting")).isPresent();
    }

    /** The furthest fact that is not undone. */
    public Stage stage() {
        if (reason == RenewalReason.ADOPTED) {
            return Stage.ADOPTED;
        }
        if (verifiedAt.isPresent()) {
            return Stage.VERIFIED;
        }
        if (boundAt.isPresent()) {
            return Stage.BOUND;
        }
        if (trustPublishedAt.isPresent()) {
            return Stage.TRUST_PUBLISHED;
        }
        if (storedAt.isPresent()) {
            return Stage.STORED;
        }
        if (checkedAt.isPresent()) {
            return Stage.CHECKED;
        }
        if (issued.isPresent()) {
            return Stage.ISSUED;
        }
        if (requested.isPresent()) {
            return Stage.REQUESTED;
        }
        return keyReady.isPresent() ? Stage.KEY_READY : Stage.OPENED;
    }
}
