package io.certwright.alert;

import io.certwright.failure.FailureKind;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one run over the outbox came to.
 *
 * @param mails how many digests were taken by the other side, {@code alerts} in all of them
 * @param failures one for each digest that did not go out
 */
public record Dispatched(int mails, int alerts, List<Unsent> failures) {
    /** Why a digest did not go out. */
    public record Unsent(FailureKind kind, String sentence) {}

    static final Dispatched NOTHING = new Dispatched(0, 0, List.of());

    public Dispatched {
        failures = List.copyOf(failures);
    }

    static Dispatched sent(Digest digest) {
        return new Dispatched(1, digest.alerts().size(), List.of());
    }

    static Dispatched failed(FailureKind kind, String sentence) {
        return new Dispatched(0, 0, List.of(new Unsent(kind, sentence)));
    }

    Dispatched plus(Dispatched other) {
        List<Unsent> all =
                Stream.concat(failures.stream(), other.failures.stream()).toList();
        return new Dispatched(mails + other.mails, alerts + other.alerts, all);
    }
}
