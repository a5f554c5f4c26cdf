package io.certwright.enrollment.cmp;

import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Remembered;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/** The transactions of an issuer, one an intent: the latest. */
final class TransactionNotes {
    private static final String KIND = "cmp-transaction";
    private static final int MOST_ATTEMPTS = 20;

    private final IssuerName issuer;
    private final IssuerMemory memory;
    private final Clock clock;

    TransactionNotes(IssuerName issuer, IssuerMemory memory, Clock clock) {
        this.issuer = issuer;
        this.memory = memory;
        this.clock = clock;
    }

    Optional<TransactionNote> find(EnrollmentRequest request) throws LifecycleException {
        Optional<Remembered> fact = memory.find(issuer, KIND, request.intent().toString());
        try {
            return fact.isEmpty()
                    ? Optional.empty()
                    : Optional.of(TransactionNote.decode(fact.get().value()));
        } catch (IOException | RuntimeException damaged) {
            throw new LifecycleException(
                    FailureKind.INTERNAL,
                    "TRANSACTION_DAMAGED",
                    "issuer " + issuer + ": what was remembered of the transaction for " + request.certificate()
                            + " does not read; run \"certwright renew " + request.certificate() + " --force\"",
                    damaged);
        }
    }

    /** In place of what stands. */
    void put(EnrollmentRequest request, TransactionNote note) throws LifecycleException {
        Remembered first = Remembered.first(KIND, request.intent().toString(), note.encode(), clock.instant());
        Remembered stands = memory.remember(issuer, first);
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            boolean written = stands.version() == 1 && java.util.Arrays.equals(stands.value(), first.value());
            if (written || memory.replace(issuer, stands.next(first.value(), first.at()), stands.version())) {
                return;
            }
            stands = memory.find(issuer, KIND, first.key()).orElse(stands);
        }
        throw new LifecycleException(
                FailureKind.INTERNAL,
                "TRANSACTION_CONTENDED",
                "issuer " + issuer + ": others change the transaction for " + request.certificate()
                        + " again and again; try once more");
    }
}
