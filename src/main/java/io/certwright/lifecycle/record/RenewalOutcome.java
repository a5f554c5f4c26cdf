package io.certwright.lifecycle.record;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.failure.LifecycleException;
import io.certwright.policy.Violation;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** How a run of the story ended. Each has a sentence for people; scripts see the exit code that the command line gives it. */
public sealed interface RenewalOutcome {
    String sentence();

    /** Nothing to do yet. */
    record NotDue(String sentence, Instant dueAt) implements RenewalOutcome {}

    /** The new certificate is in use, and proven to be served wherever it is bound. */
    record Renewed(IssuedCertificate certificate, Proof proof) implements RenewalOutcome {
        @Override
        public String sentence() {
            String until = "renewed: " + certificate.thumbprint().abbreviated() + "…, valid until "
                    + certificate.validity().notAfter();
            return proof.bindings().isEmpty() ? until : until + "; " + proof.sentence();
        }
    }

    /** It goes on by itself, or when a person acts: the hold says which. */
    record Waiting(Hold hold) implements RenewalOutcome {
        public static final String WORD = "Waiting";

        @Override
        public String sentence() {
            return "waiting: " + hold.sentence();
        }
    }

    /** Our own checks refuse what the CA gave. Recorded, never promoted, never bound. */
    record Rejected(List<Violation> violations) implements RenewalOutcome {
        public Rejected {
            violations = List.copyOf(violations);
        }

        @Override
        public String sentence() {
            return "refused by our checks: "
                    + violations.stream().map(Violation::message).collect(Collectors.joining("; "));
        }
    }

    /** The CA says no, in its own words. */
    record DeniedByCa(String words) implements RenewalOutcome {
        public static final String WORD = "DeniedByCa";
        private static final String BEGINNING = "denied by the CA: ";

        /** The CA's own words in a sentence of this outcome, as it was recorded. */
        public static String wordsIn(String sentence) {
            return sentence.startsWith(BEGINNING) ? sentence.substring(BEGINNING.length()) : sentence;
        }

        @Override
        public String sentence() {
            return BEGINNING + words;
        }
    }

    /** A step could not be done; tried again by the table of its kind. */
    record Failed(LifecycleException cause) implements RenewalOutcome {
        @Override
        public String sentence() {
            return cause.getMessage();
        }
    }

    /** The proof failed, and the certificate bound before is back and proven. */
    record RolledBack(Proof proof, String plan) implements RenewalOutcome {
        @Override
        public String sentence() {
            return "rolled back to the previous certificate: " + proof.sentence();
        }
    }

    /** The proof failed, and the previous certificate could not, or must not, be put back. */
    record RestoreFailed(Proof proof, String reason, String plan) implements RenewalOutcome {
        @Override
        public String sentence() {
            return "act now: " + proof.sentence() + "; the previous certificate was not restored: " + reason;
        }
    }

    /** The wish changed, or a stronger reason came: another renewal takes its place. */
    record Superseded(String sentence) implements RenewalOutcome {}

    /** The word under which it is recorded and shown: {@code Renewed}, {@code RolledBack}. */
    default String word() {
        return getClass().getSimpleName();
    }
}
