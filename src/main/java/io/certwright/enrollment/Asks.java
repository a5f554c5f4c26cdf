package io.certwright.enrollment;

import io.certwright.failure.LifecycleException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
        Optional<Remembered> stands = find(request);
        if (stands.isEmpty()) {
            Remembered first = Remembered.first(KIND, request.intent().toString(), countedAs(1, mark), clock.instant());
            return Arrays.equals(memory.remember(issuer, first).value(), first.value());
        }
        Remembered earlier = stands.get();
        boolean underWay = clock.instant().isBefore(earlier.at().plus(LONGEST_ASK));
        return !underWay && replace(earlier, countedAs(timesIn(earlier) + 1, mark), clock.instant());
    }

    /** What {@link #mayAsk} counted left nothing at the CA after all: it counts no more, and the next ask may follow at once. */
    void takeBack(EnrollmentRequest request) throws LifecycleException {
        Optional<Remembered> stands = find(request);
        if (stands.isPresent()) {
            byte[] nobody = new byte[MARK_BYTES];
            replace(stands.get(), countedAs(timesIn(stands.get()) - 1, nobody), Instant.EPOCH);
        }
    }

    /** By any process. */
    public int timesAsked(EnrollmentRequest request) throws LifecycleException {
        return find(request).map(Asks::timesIn).orElse(0);
    }

    private Optional<Remembered> find(EnrollmentRequest request) throws LifecycleException {
        return memory.find(issuer, KIND, request.intent().toString());
    }

    private boolean replace(Remembered earlier, byte[] value, Instant at) throws LifecycleException {
        return memory.replace(issuer, earlier.next(value, at), earlier.version());
    }

    private static byte[] countedAs(int times, byte[] mark) {
        byte[] value = Arrays.copyOf(mark, MARK_BYTES + 1);
        value[MARK_BYTES] = (byte) Math.min(Byte.MAX_VALUE, times);
        return value;
    }

    private static int timesIn(Remembered fact) {
        return fact.value()[MARK_BYTES];
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
