package io.certwright.windows;

import io.certwright.certificate.Printable;
import io.certwright.crypto.SecretBytes;
import io.certwright.windows.HostCall.Nothing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Calls that a scheduled task does as SYSTEM, for SYSTEM has the machine's credentials on the network, and what such tasks leave. */
public sealed interface SystemCall<A extends Record> extends WindowsCall<A> {
    /** What folders and tasks of the script are called. */
    Pattern NAME = Pattern.compile("certwright-[0-9a-f]{32}");

    /** What a task takes to be registered, started and removed beside the calls. */
    Duration AROUND = Duration.ofMinutes(1);

    /**
     * Registers a task, starts it once, waits for its answer, and removes it with its files.
     *
     * @param request the calls, as a request of their own
     * @param seconds how long the task may take
     */
    record InvokeAsSystem(SecretBytes request, int seconds) implements SystemCall<SystemAnswer> {
        public InvokeAsSystem {
            if (seconds < 1 || seconds > 86_400) {
                throw new IllegalArgumentException("seconds: got " + seconds + ", wanted 1 to 86,400");
            }
        }

        @Override
        public Duration limit() {
            return Duration.ofSeconds(seconds).plus(AROUND);
        }
    }

    /**
     * What a task left.
     *
     * @param result as Task Scheduler keeps it: the exit code, or 0x41301 where it still ran
     * @param answer Base64 of what the script would have printed; empty where there is none
     */
    record SystemAnswer(long result, String answer) {
        Optional<String> printed() {
            return answer.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new String(Base64.getDecoder().decode(answer), StandardCharsets.ISO_8859_1));
        }
    }

    /** Folders and tasks of this script that are there now. */
    record GetLeftovers() implements SystemCall<Leftovers> {}

    /**
     * What is there, some of it perhaps at work.
     *
     * @param now what the host's clock says
     * @param tasks their names; each has a folder of the same name
     */
    record Leftovers(Instant now, List<ClosedFolder> folders, List<String> tasks) {
        public Leftovers {
            folders = List.copyOf(folders);
            tasks = List.copyOf(tasks);
        }
    }

    /** A folder that SYSTEM and Administrators alone can open, made for one call. */
    record ClosedFolder(String name, Instant madeAt) {}

    /** Ends and removes a task and its folder, whichever of the two is there. */
    record RemoveLeftover(String name) implements SystemCall<Nothing> {
        public RemoveLeftover {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("leftover: got " + Printable.quote(name)
                        + ", wanted certwright- and 32 hex digits, as the script names what it makes");
            }
        }
    }
}
