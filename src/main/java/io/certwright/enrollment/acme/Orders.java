package io.certwright.enrollment.acme;

import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Remembered;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/** Which order serves which intent: one at a time, whichever node placed it. */
final class Orders {
    private static final String KIND = "order";

    private final IssuerName issuer;
    private final IssuerMemory memory;
    private final Clock clock;

    Orders(IssuerName issuer, IssuerMemory memory, Clock clock) {
        this.issuer = issuer;
        this.memory = memory;
        this.clock = clock;
    }

    Optional<OrderNote> find(EnrollmentRequest request) throws LifecycleException {
        Optional<Remembered> fact = memory.find(issuer, KIND, keyOf(request));
        return fact.isEmpty() ? Optional.empty() : Optional.of(read(request, fact.get()));
    }

    /** Stores a new order unless one that is not over stands already; what stands then, comes back. */
    OrderNote ensure(EnrollmentRequest request, OrderNote placed) throws LifecycleException {
        Remembered stands =
                memory.remember(issuer, Remembered.first(KIND, keyOf(request), placed.encode(), clock.instant()));
        OrderNote found = read(request, stands);
        if (found.state() != OrderNote.State.OVER
                || memory.replace(issuer, stands.next(placed.encode(), clock.instant()), stands.version())) {
            return found.state() == OrderNote.State.OVER ? placed : found;
        }
        return ensure(request, placed);
    }

    /** Where another node changed it meanwhile, what that one wrote stands. */
    void mark(EnrollmentRequest request, OrderNote next) throws LifecycleException {
        Optional<Remembered> stands = memory.find(issuer, KIND, keyOf(request));
        if (stands.isPresent() && read(request, stands.get()).address().equals(next.address())) {
            memory.replace(
                    issuer,
                    stands.get().next(next.encode(), clock.instant()),
                    stands.get().version());
        }
    }

    private static String keyOf(EnrollmentRequest request) {
        return request.intent().toString();
    }

    private OrderNote read(EnrollmentRequest request, Remembered fact) throws LifecycleException {
        try {
            return OrderNote.decode(fact.value());
        } catch (IOException | IllegalArgumentException damaged) {
            throw new LifecycleException(
                    FailureKind.INTERNAL,
                    "ORDER_DAMAGED",
                    "issuer " + issuer + ": the record of the order for " + request.certificate()
                            + " does not parse; renew it with --force to place a new one",
                    damaged);
        }
    }
}
