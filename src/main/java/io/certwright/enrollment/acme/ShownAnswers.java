package io.certwright.enrollment.acme;

import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Remembered;
import io.certwright.failure.LifecycleException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Answers to http-01 challenges by token, seen by every process: whichever of them the CA reaches can answer. */
final class ShownAnswers {
    private static final String KIND = "http-01";

    private final IssuerMemory memory;
    private final Clock clock;
    private final Map<String, String> own = new ConcurrentHashMap<>();

    ShownAnswers(IssuerMemory memory, Clock clock) {
        this.memory = memory;
        this.clock = clock;
    }

    void put(IssuerName issuer, ChallengeAnswer answer) throws LifecycleException {
        own.put(answer.token(), answer.authorization());
        memory.remember(
                issuer,
                Remembered.first(
                        KIND,
                        answer.token(),
                        answer.authorization().getBytes(StandardCharsets.US_ASCII),
                        clock.instant()));
    }

    /** Not looked for any more; others may still find it in the memory, where it harms nobody. */
    void forget(ChallengeAnswer answer) {
        own.remove(answer.token());
    }

    Optional<String> find(String token) throws LifecycleException {
        String here = own.get(token);
        if (here != null) {
            return Optional.of(here);
        }
        for (IssuerName issuer : memory.listIssuers(KIND)) {
            Optional<Remembered> fact = memory.find(issuer, KIND, token);
            if (fact.isPresent()) {
                return Optional.of(new String(fact.get().value(), StandardCharsets.US_ASCII));
            }
        }
        return Optional.empty();
    }
}
