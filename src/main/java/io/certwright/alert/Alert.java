package io.certwright.alert;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * One thing a person is told. Words that do not fit on their line are mended, never refused: an alert must go out.
 *
 * @param sentence the whole news on one line, without a full stop; it is the subject line of the mail
 * @param whatHappened some lines for who opens the mail, with the other side's own words where there are any
 * @param whatNext what will happen by itself if nobody does anything
 * @param commands what a person can do now, each one a line to copy
 * @param at when it was noticed
 */
public record Alert(
        AlertKey key,
        AlertSeverity severity,
        String sentence,
        String whatHappened,
        String whatNext,
        List<String> commands,
        Instant at) {
    public Alert {
        sentence = AlertText.line(sentence);
        whatHappened = AlertText.lines(whatHappened);
        whatNext = AlertText.lines(whatNext);
        commands = commands.stream().map(AlertText::line).toList();
        if (sentence.isEmpty()) {
            throw new IllegalArgumentException(
                    "alert about " + key.subject() + ": got no sentence, wanted the news on one line");
        }
    }

    /** With the severity that the kind usually has. */
    public static Alert of(
            AlertKey key, String sentence, String whatHappened, String whatNext, List<String> commands, Instant at) {
        return new Alert(key, key.kind().usualSeverity(), sentence, whatHappened, whatNext, commands, at);
    }

    /** With its times in words of the reader's zone; commands stay as they are. */
    Alert in(TimeWords times) {
        return new Alert(
                key,
                severity,
                times.localized(sentence),
                times.localized(whatHappened),
                times.localized(whatNext),
                commands,
                at);
    }

    /** With one more command after the others. */
    Alert withCommand(String command) {
        List<String> more = Stream.concat(commands.stream(), Stream.of(command)).toList();
        return new Alert(key, severity, sentence, whatHappened, whatNext, more, at);
    }
}
