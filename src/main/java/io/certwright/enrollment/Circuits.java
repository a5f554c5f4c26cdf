package io.certwright.enrollment;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Whether a CA is asked at this moment. After a few failures in a row to reach it, all processes leave it alone for some minutes; then
 * one certificate finds out for all. Only what says that the CA is out of reach counts: a rate limit often concerns one name.
 *
 * <p>A circuit that is closed costs one read of the memory every few seconds, not one for each certificate. Safe for many threads.
 */
public final class Circuits {
    private static final String KIND = "circuit";
    private static final String KEY = "reach";

    /** No longer than a renewal whose certificate is about to end waits between two attempts. */
    private static final List<Duration> OPEN_FOR =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(5));

    /** For whoever finds out; no issuer takes longer. */
    private static final Duration PROBE = Duration.ofMinutes(2);

    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final int MOST_ATTEMPTS = 20;

    private final IssuerMemory memory;
    private final Clock clock;
    private final Map<IssuerName, Seen> seen = new ConcurrentHashMap<>();

    public Circuits(IssuerMemory memory, Clock clock) {
        this.memory = memory;
        this.clock = clock;
    }

    /** What this process last read, and when. */
    private record Seen(Optional<Remembered> fact, Outage outage, Instant at) {
        boolean isFreshAt(Instant now) {
            return now.isBefore(at.plus(KEPT)) && !now.isBefore(at);
        }
    }

    /** The outage of a CA that is left alone now; empty where it is asked as usual. */
    public Optional<Outage> findOpen(IssuerName issuer) throws LifecycleException {
        return Optional.of(read(issuer).outage()).filter(Outage::isOpen);
    }

    /** Whether the CA is out of reach, as far as this process knows: for who would ask it for no renewal. */
    public boolean isOpen(IssuerName issuer) throws LifecycleException {
        return known(issuer).outage().isOpen();
    }

    /**
     * Throws {@code CA_LEFT_ALONE}, of kind UNREACHABLE, where the CA is not to be asked now. Where its rest is over, one caller of all
     * processes passes and the others go on waiting for what it finds.
     */
    public void requireAskable(IssuerName issuer) throws LifecycleException {
        Instant now = now();
        Outage outage = known(issuer).outage();
        if (outage.isOpen() && (outage.restsAt(now) || !claimProbe(issuer, now))) {
            throw leftAlone(issuer, known(issuer).outage());
        }
    }

    private boolean claimProbe(IssuerName issuer, Instant now) throws LifecycleException {
        Seen fresh = read(issuer);
        return !fresh.outage().isOpen()
                || (!fresh.outage().restsAt(now)
                        && store(issuer, fresh, fresh.outage().restingUntil(now.plus(PROBE))));
    }

    private static LifecycleException leftAlone(IssuerName issuer, Outage outage) {
        return new LifecycleException(
                FailureKind.UNREACHABLE,
                "CA_LEFT_ALONE",
                "issuer " + issuer + ": not asked, it " + outage.sentence() + "; \"certwright issuer test " + issuer
                        + "\" asks it now");
    }

    /** It answered, whatever it said. */
    public void reached(IssuerName issuer) throws LifecycleException {
        if (known(issuer).outage().failures() > 0) {
            record(issuer, outage -> Outage.NONE);
        }
    }

    /** Takes note of a failure; one that does not say that the CA is out of reach shows that it was reached. */
    public void failed(IssuerName issuer, LifecycleException failure) throws LifecycleException {
        Instant now = now();
        switch (failure.kind()) {
            case UNREACHABLE ->
                record(issuer, outage -> outage.andFailed(failure.getMessage(), now, restAfter(outage)));
            case UNAUTHORIZED, MALFORMED_ANSWER -> reached(issuer);
            case THROTTLED, REFUSED, INTERNAL -> {
                // May be said without the CA.
            }
        }
    }

    private static Duration restAfter(Outage before) {
        int opened = before.failures() + 1 - Outage.FAILURES_TO_OPEN;
        return opened < 0 ? Duration.ZERO : OPEN_FOR.get(Math.min(opened, OPEN_FOR.size() - 1));
    }

    private void record(IssuerName issuer, UnaryOperator<Outage> change) throws LifecycleException {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Seen stands = read(issuer);
            Outage next = change.apply(stands.outage());
            if (next.equals(stands.outage()) || store(issuer, stands, next)) {
                return;
            }
        }
    }

    private boolean store(IssuerName issuer, Seen stands, Outage next) throws LifecycleException {
        Instant now = now();
        byte[] value = next.encode();
        if (stands.fact().isEmpty()) {
            Remembered first = Remembered.first(KIND, KEY, value, now);
            Remembered kept = memory.remember(issuer, first);
            seen.put(issuer, new Seen(Optional.of(kept), Outage.decode(kept.value()), now));
            return kept.equals(first);
        }
        Remembered fact = stands.fact().get().next(value, now);
        boolean stored = memory.replace(issuer, fact, stands.fact().get().version());
        if (stored) {
            seen.put(issuer, new Seen(Optional.of(fact), next, now));
        }
        return stored;
    }

    private Seen known(IssuerName issuer) throws LifecycleException {
        Seen last = seen.get(issuer);
        return last != null && last.isFreshAt(now()) ? last : read(issuer);
    }

    private Seen read(IssuerName issuer) throws LifecycleException {
        Optional<Remembered> fact = memory.find(issuer, KIND, KEY);
        Outage outage = fact.map(known -> Outage.decode(known.value())).orElse(Outage.NONE);
        Seen read = new Seen(fact, outage, now());
        seen.put(issuer, read);
        return read;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
