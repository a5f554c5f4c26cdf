package io.certwright.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where a command shows things: its answer on stdout, everything else on stderr.
 *
 * <p>With {@code --json} stdout carries exactly one JSON document: the answer, or the error. It is built whole before the first
 * byte leaves, so a failure in between leaves no half of a document. Safe for use by several threads.
 */
public final class Screen {
    /** A script may read a document by whatever code page its console has: Windows PowerShell does. */
    private static final int LAST_OF_ASCII = 0x7e;

    private final PrintStream out;
    private final PrintStream err;
    private final Terminal terminal;
    private final Mode mode;
    private String progress = "";
    private boolean answered;
    private boolean silent;

    /**
     * How much a command shows.
     *
     * @param json one JSON document instead of text for people
     * @param quiet no notes and no progress
     */
    public record Mode(boolean json, boolean quiet) {}

    public Screen(PrintStream out, PrintStream err, Terminal terminal, Mode mode) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.mode = mode;
    }

    public boolean isJson() {
        return mode.json();
    }

    /** Shows the answer. With {@code --json} a command has one answer and no more. */
    public synchronized void answer(Answer answer) {
        if (silent) {
            return;
        }
        if (mode.json()) {
            document(answer::write);
        } else {
            clearProgress();
            lines(answer.lines(terminal.answers() && terminal.colours()));
        }
        out.flush();
    }

    /** In one piece: each println would be a write to the system of its own. */
    private void lines(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append(System.lineSeparator()));
        out.print(text);
    }

    /** A line for a person who follows what happens: on stdout, or with {@code --json} on stderr. */
    public synchronized void say(String line) {
        if (!silent) {
            clearProgress();
            (mode.json() ? err : out).println(line);
        }
    }

    /** A line beside the matter, on stderr; not with {@code -q}. */
    public synchronized void note(String line) {
        if (!silent && !mode.quiet()) {
            clearProgress();
            err.println(line);
        }
    }

    /** What goes on right now, in one line that the next thing shown replaces; only on a terminal and not with {@code -q}. */
    public synchronized void progress(String line) {
        if (silent || mode.quiet() || !terminal.notes()) {
            return;
        }
        clearProgress();
        progress = DisplayWidth.cut(line, terminal.columns() - 1);
        err.print(Tone.FAINT.paint(progress, terminal.colours()));
        err.flush();
    }

    /** The sentence that a command ends with when it did not do what was asked. */
    synchronized void failure(ExitCode exit, String code, String sentence) {
        if (silent) {
            return;
        }
        clearProgress();
        if (mode.json() && !answered) {
            document(json -> json.putObject(
                    "error",
                    error -> error.put("exit", exit.number()).put("code", code).put("message", sentence)));
            out.flush();
        } else {
            err.println(Tone.BAD.paint("certwright:", terminal.notes() && terminal.colours()) + " " + sentence);
        }
    }

    /** Ends all output but one last sentence: from now on what is interrupted has nothing to say. */
    synchronized void lastWords(ExitCode exit, String code, String sentence) {
        if (terminal.notes() && !silent && progress.isEmpty()) {
            err.println();
        }
        failure(exit, code, sentence);
        silent = true;
        out.flush();
        err.flush();
    }

    private void document(Consumer<JsonObject> content) {
        if (answered) {
            throw new IllegalStateException("A command answers with one JSON document, but it answered before.");
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
            generator.setHighestNonEscapedChar(LAST_OF_ASCII);
            generator.writeStartObject();
            content.accept(new JsonObject(generator));
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        answered = true;
        out.println(text);
    }

    private void clearProgress() {
        if (!progress.isEmpty()) {
            err.print("\r" + " ".repeat(DisplayWidth.of(progress)) + "\r");
            progress = "";
        }
    }
}
