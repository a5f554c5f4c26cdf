package io.certwright.alert;

import java.time.Instant;
import java.util.List;

/**
 * Something that is wrong now and may last. What it is called stays the same while it lasts, so that it is told once; when it comes
 * back after it was over it is news again.
 *
 * @param what distinguishes two troubles of one subject and kind: the folder, the faults of the settings
 * @param sentence the whole news on one line
 */
public record Condition(
        String subject,
        AlertKind kind,
        String what,
        String sentence,
        String whatHappened,
        String whatNext,
        List<String> commands) {
    private static final String SINCE = " since ";

    public Condition {
        commands = List.copyOf(commands);
    }

    Alert since(Instant since, Instant now) {
        return Alert.of(
                AlertKey.of(subject, kind, what + SINCE + since), sentence, whatHappened, whatNext, commands, now);
    }

    /** Whether that alert tells of this very condition. */
    boolean isToldBy(Alert alert) {
        return alert.key().subject().equals(subject)
                && alert.key().kind() == kind
                && alert.key().stage().startsWith(what + SINCE);
    }
}
