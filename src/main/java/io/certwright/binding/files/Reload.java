package io.certwright.binding.files;

import io.certwright.certificate.Printable;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.program.Program;
import io.certwright.program.ProgramRun;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The command after which a server has read its files again. */
final class Reload {
    private final List<String> command;
    private final Duration limit;

    Reload(List<String> command, Duration limit) {
        this.command = command;
        this.limit = limit;
    }

    boolean isWanted() {
        return !command.isEmpty();
    }

    /** The program alone: its arguments may name what is nobody's business. */
    String program() {
        return command.isEmpty() ? "" : command.get(0);
    }

    void run() throws LifecycleException {
        ProgramRun run = new Program(command, limit).run();
        Optional<String> complaint = run.complaint();
        if (complaint.isPresent()) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    codeOf(run.ending()),
                    "files: the reload command " + Printable.quote(program()) + " " + complaint.get()
                            + "; run it by hand and correct it or the server's settings");
        }
    }

    private static String codeOf(ProgramRun.Ending ending) {
        return switch (ending) {
            case TOO_SLOW -> "RELOAD_TOO_SLOW";
            case INTERRUPTED -> "RELOAD_INTERRUPTED";
            case DONE, FAILED, NOT_STARTED -> "RELOAD_FAILED";
        };
    }
}
