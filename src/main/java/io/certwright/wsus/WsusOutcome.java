package io.certwright.wsus;

import io.certwright.lifecycle.record.Hold;
import java.util.List;

/** How {@code wsus apply} or {@code wsus undo} ended. */
public sealed interface WsusOutcome {
    /** What was done, or would be, or is known besides; one sentence each. */
    List<String> sentences();

    /** What it is called in records and JSON. */
    default String word() {
        return this instanceof Held ? "Waiting" : getClass().getSimpleName();
    }

    /** As it should be: nothing was to be done, or all of it is done and proven. */
    record Compliant(List<String> sentences) implements WsusOutcome {}

    /** The next step waits. */
    record Held(Hold hold, List<String> sentences) implements WsusOutcome {}

    /** It was put back as it was. */
    record Undone(List<String> sentences) implements WsusOutcome {}

    /** A step made worse what was good before; it was put back and proven so. */
    record RolledBack(String reason, List<String> sentences) implements WsusOutcome {}

    /** It could not be put back: a person must act now. */
    record RestoreFailed(String reason, List<String> sentences) implements WsusOutcome {}

    /** A rehearsal: what would be done. */
    record Planned(List<String> sentences) implements WsusOutcome {}
}
