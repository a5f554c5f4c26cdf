package io.certwright.lifecycle.record;

import java.time.Instant;
import java.util.Optional;

/**
 * What a renewal waits for.
 *
 * @param until when it is looked at again by itself; empty where only a person ends it
 */
public record Hold(HoldKind kind, String sentence, Optional<Instant> until) {
    public static Hold until(HoldKind kind, Instant until, String sentence) {
        return new Hold(kind, sentence, Optional.of(until));
    }

    public static Hold forPerson(HoldKind kind, String sentence) {
        return new Hold(kind, sentence, Optional.empty());
    }

    public boolean needsPerson() {
        return kind == HoldKind.APPROVAL || kind == HoldKind.REPORT_MODE || kind == HoldKind.PERSON;
    }
}
