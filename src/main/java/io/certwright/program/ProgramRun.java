package io.certwright.program;

import io.certwright.certificate.Printable;
import java.time.Duration;
import java.util.Optional;

/** How a run of a {@link Program} ended, as a clause to go behind its name, and what it answered. */
public final class ProgramRun {
    /** The ways to end. */
    public enum Ending {
        /** With 0. */
        DONE,
        /** With another exit code. */
        FAILED,
        /** At its limit, with all that it started. */
        TOO_SLOW,
        /** Because we were, with all that it started. */
        INTERRUPTED,
        /** Before it began: it is not there, or may not be run. */
        NOT_STARTED
    }

    private static final int SHOWN = 300;
    private static final String WITH_ALL = "ended with all that it started";

    private final Ending ending;
    private final String clause;
    private final byte[] answer;

    private ProgramRun(Ending ending, String clause, byte[] answer) {
        this.ending = ending;
        this.clause = clause;
        this.answer = answer;
    }

    static ProgramRun ended(int exitCode, Printed output, Printed shown) {
        return exitCode == 0
                ? new ProgramRun(Ending.DONE, "", output.beginning())
                : unanswered(Ending.FAILED, "ended with " + exitCode + words(shown));
    }

    static ProgramRun tooSlow(Duration limit, Printed shown) {
        return unanswered(
                Ending.TOO_SLOW, "did not end within " + limit.toSeconds() + " s and was " + WITH_ALL + words(shown));
    }

    static ProgramRun interrupted() {
        return unanswered(Ending.INTERRUPTED, "was interrupted and " + WITH_ALL);
    }

    static ProgramRun notStarted() {
        return unanswered(Ending.NOT_STARTED, "cannot be started, being absent or not allowed to run");
    }

    private static ProgramRun unanswered(Ending ending, String clause) {
        return new ProgramRun(ending, clause, new byte[0]);
    }

    public Ending ending() {
        return ending;
    }

    /** {@code ended with 3, saying "no such zone"}; empty where it did what it should. Fit for a message. */
    public Optional<String> complaint() {
        return Optional.of(clause).filter(words -> !words.isEmpty());
    }

    /** What it printed, at most its first 32 KiB; nothing where it complains. May be a secret. */
    public byte[] answer() {
        return answer.clone();
    }

    private static String words(Printed shown) {
        String text = shown.end();
        String end = text.length() > SHOWN ? "…" + text.substring(text.length() - SHOWN) : text;
        return end.isEmpty() ? ", saying nothing" : ", saying \"" + Printable.escape(end, SHOWN + 1) + '"';
    }
}
