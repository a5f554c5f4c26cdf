package io.certwright.enrollment;

import io.certwright.failure.LifecycleException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * How often a CA was asked for an intent, for issuers whose CA does not know that two requests are the same. Of several processes at
 * once one asks, and the others wait for what it gets.
 */
public final class Asks {
    private static final String KIND = "asked";
    private static final int MARK_BYTES = 16;

    /** An ask younger than this may still be under way elsewhere. */
    private static final Duration LONGEST_ASK = Duration.ofMinutes(2);

    private static final Duration A_MOMENT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private final IssuerName issuer;
    private final IssuerMemory memory;
    private final Clock clock;
    private final SecureRandom random;
    private final PollPause pause;

    public Asks(IssuerName issuer, IssuerMemory memory, Clock clock, SecureRandom random, PollPause pause) {
        this.issuer = issuer;
        this.memory = memory;
        this.clock = clock;
        this.random = random;
        this.pause = pause;
    }

    /** Whether it is this process that asks now; then it is counted. The mark that stands was drawn by the one that asks. */
    public boolean mayAsk(EnrollmentRequest request) throws LifecycleException {
        byte[] mark = new byte[MARK_BYTES];
        random.nextBytes(mark);
        Remembered first = Remembered.first(KIND, request.intent().toString(), mark, clock.instant());
        Optional<Remembered> stands = memory.find(issuer, KIND, first.key());
        if (stands.isEmpty()) {
            return Arrays.equals(memory.remember(issuer, first).value(), mark);
        }
        return !first.at().isBefore(stands.get().at().plus(LONGEST_ASK))
                && memory.replace(
                        issuer,
                        stands.get().next(mark, first.at()),
                        stands.get().version());
    }

    /** By any process. */
    public int timesAsked(EnrollmentRequest request) throws LifecycleException {
        return memory.find(issuer, KIND, request.intent().toString())
                .map(fact -> (int) fact.version())
                .orElse(0);
    }

    /** Waits for what the process gets that asks at this moment; throws {@code ASKED_AT_THE_SAME_TIME} where that takes too long. */
    public EnrollmentResult answerOfTheOther(EnrollmentRequest request, RememberedCertificates given)
            throws LifecycleException {
        for (Duration waited = Duration.ZERO; waited.compareTo(LONGEST_WAIT) < 0; waited = waited.plus(A_MOMENT)) {
            pause.lasting(A_MOMENT);
            Optional<EnrollmentResult> known = given.find(request);
            if (known.isPresent()) {
                return known.get();
            }
        }
        throw LifecycleException.throttled(
                "ASKED_AT_THE_SAME_TIME",
                "issuer " + issuer + ": another process asks for " + request.certificate()
                        + " at the same time and has no answer yet; it is looked up next time",
                Duration.ofMinutes(1));
    }
}
