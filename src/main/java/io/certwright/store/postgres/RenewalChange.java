package io.certwright.store.postgres;

import io.certwright.lifecycle.record.Fact;
import io.certwright.lifecycle.record.Renewal;
import java.time.Instant;
import java.util.List;

/**
 * What a fact changes of a renewal's row.
 *
 * @param assignments with a question mark for each value
 * @param parameters the values, in their order
 */
record RenewalChange(String assignments, List<Object> parameters) {
    private static RenewalChange of(String assignments, Object... parameters) {
        return new RenewalChange(assignments, List.of(parameters));
    }

    static RenewalChange by(Fact fact) {
        if (fact instanceof Fact.KeyMade made) {
            return of(
                    "key_id = ?, csr = ?, csr_public_key = ?, key_ready_at = ?",
                    made.keyId(),
                    made.csr().der(),
                    made.csr().publicKey(),
                    made.at());
        }
        if (fact instanceof Fact.HostKeyMade made) {
            return of(
                    "host_key = ?, csr = ?, csr_public_key = ?, key_ready_at = ?",
                    made.reference(),
                    made.csr().der(),
                    made.csr().publicKey(),
                    made.at());
        }
        if (fact instanceof Fact.AboutToAsk ask) {
            return of("requested_at = ?, times_asked = ?", ask.at(), ask.times());
        }
        if (fact instanceof Fact.NotAsked) {
            return of("requested_at = null, times_asked = greatest(times_asked - 1, 0)");
        }
        if (fact instanceof Fact.PendingAtCa pending) {
            return of(
                    "request_id = ?, pending_since = coalesce(pending_since, ?), ask_again_at = ?, pending_sentence = ?",
                    pending.id().value(),
                    pending.at(),
                    pending.askAgainAt(),
                    pending.sentence());
        }
        if (fact instanceof Fact.Received received) {
            return of(
                    "certificate_sha256 = ?, issued_at = ?",
                    received.certificate().sha256().hex(),
                    received.at());
        }
        return changeOfStage(fact);
    }

    private static RenewalChange changeOfStage(Fact fact) {
        if (fact instanceof Fact.Accepted accepted) {
            return of("checked_at = ?", accepted.at());
        }
        if (fact instanceof Fact.Stored stored) {
            return of("stored_at = ?", stored.at());
        }
        if (fact instanceof Fact.TrustPublished published) {
            return of("trust_published_at = ?", published.at());
        }
        if (fact instanceof Fact.Bound bound) {
            return of("bound_at = ?", bound.at());
        }
        if (fact instanceof Fact.Verified verified) {
            return of("verified_at = ?", verified.at());
        }
        if (fact instanceof Fact.Unbound) {
            return of("bound_at = null, verified_at = null");
        }
        return changeOfOutcome(fact);
    }

    private static RenewalChange changeOfOutcome(Fact fact) {
        if (fact instanceof Fact.Stands stands) {
            Renewal.Standing how = stands.standing();
            return of(
                    "outcome = ?, sentence = ?, failure_kind = ?, failures = ?, outcome_at = ?, next_attempt_at = ?, plan = ?",
                    how.outcome(),
                    how.sentence(),
                    how.failureKind(),
                    how.failures(),
                    how.at(),
                    how.nextAttemptAt(),
                    how.plan());
        }
        if (fact instanceof Fact.Completed completed) {
            return closed("Renewed", completed.sentence(), completed.at());
        }
        if (fact instanceof Fact.Adopted adopted) {
            return closed("Adopted", adopted.sentence(), adopted.at());
        }
        if (fact instanceof Fact.Abandoned abandoned) {
            return closed(abandoned.outcome(), abandoned.sentence(), abandoned.at());
        }
        throw new IllegalArgumentException("no column for " + fact);
    }

    private static RenewalChange closed(String outcome, String sentence, Instant at) {
        return of(
                "outcome = ?, sentence = ?, failure_kind = '', failures = 0, outcome_at = ?, next_attempt_at = null, closed_at = ?",
                outcome,
                sentence,
                at,
                at);
    }
}
