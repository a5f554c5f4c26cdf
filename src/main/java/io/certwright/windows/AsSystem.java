package io.certwright.windows;

import io.certwright.crypto.SecretBytes;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.SystemCall.ClosedFolder;
import io.certwright.windows.SystemCall.GetLeftovers;
import io.certwright.windows.SystemCall.InvokeAsSystem;
import io.certwright.windows.SystemCall.Leftovers;
import io.certwright.windows.SystemCall.RemoveLeftover;
import io.certwright.windows.SystemCall.SystemAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Has calls done on a host by a task as SYSTEM, after what killed runs left there is removed. */
final class AsSystem {
    /** Older than this, nothing of ours is at work: no list of calls takes half as long. */
    private static final Duration LONGEST = Duration.ofHours(2);

    /** Task Scheduler's word for a task that runs. */
    private static final long RUNS = 0x41301;

    private final WindowsHost direct;

    AsSystem(WindowsHost direct) {
        this.direct = direct;
    }

    Answers perform(List<? extends WindowsCall<?>> calls, Duration limit) throws LifecycleException {
        removeLeftovers();
        try (SecretBytes request = SecretBytes.of(RequestJson.write(calls))) {
            SystemAnswer done = direct.perform(new InvokeAsSystem(request, Math.toIntExact(limit.toSeconds())));
            String printed = printed(done, limit);
            return AnswerJson.read(direct.name(), calls, new VisitOutput((int) done.result(), printed, ""));
        }
    }

    private String printed(SystemAnswer done, Duration limit) throws LifecycleException {
        try {
            return done.printed().orElseThrow(() -> noAnswer(done.result(), limit));
        } catch (IllegalArgumentException noBase64) {
            throw AnswerComplaint.otherShape(direct.name(), "Invoke-AsSystem", noBase64);
        }
    }

    private void removeLeftovers() throws LifecycleException {
        List<RemoveLeftover> removing = stale(direct.perform(new GetLeftovers())).stream()
                .map(RemoveLeftover::new)
                .toList();
        direct.perform(removing);
    }

    /** Old folders, and tasks whose folder is old or gone. */
    static List<String> stale(Leftovers found) {
        Set<String> young = found.folders().stream()
                .filter(folder -> folder.madeAt().isAfter(found.now().minus(LONGEST)))
                .map(ClosedFolder::name)
                .collect(Collectors.toSet());
        return Stream.concat(found.folders().stream().map(ClosedFolder::name), found.tasks().stream())
                .filter(name -> SystemCall.NAME.matcher(name).matches() && !young.contains(name))
                .distinct()
                .sorted()
                .toList();
    }

    private LifecycleException noAnswer(long result, Duration limit) {
        String task = VisitFailure.of(direct.name()) + "the task that does calls as SYSTEM ";
        if (result == RUNS) {
            return new LifecycleException(
                    FailureKind.UNREACHABLE,
                    "HOST_TASK_TOO_SLOW",
                    task + "gave no answer within " + limit.toSeconds()
                            + " s and was ended; see whether the host reaches the other machine, it is tried again");
        }
        return new LifecycleException(
                FailureKind.MALFORMED_ANSWER,
                "HOST_TASK_NO_ANSWER",
                task + "ended with " + String.format("0x%X", result)
                        + " and left no answer; see whether a policy there forbids SYSTEM to run scripts, and install the script"
                        + " (certwright windows install-script) at a path that the policy trusts");
    }
}
