package io.certwright.windows.simulated;

import io.certwright.windows.HostCall.Nothing;
import io.certwright.windows.Presence;
import io.certwright.windows.SystemCall.ClosedFolder;
import io.certwright.windows.SystemCall.GetLeftovers;
import io.certwright.windows.SystemCall.InvokeAsSystem;
import io.certwright.windows.SystemCall.Leftovers;
import io.certwright.windows.SystemCall.RemoveLeftover;
import io.certwright.windows.SystemCall.SystemAnswer;
import io.certwright.windows.VisitOutput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Task Scheduler, as far as the script uses it: tasks that run the script once as SYSTEM, and what killed ones left. */
final class SimulatedTasks {
    private static final long DONE = 0;
    private static final long STILL_RUNS = 0x41301;
    /** What powershell.exe ends with where a policy keeps it from a script file. */
    private static final long FILE_REFUSED = 0xFFFD0000L;

    private final SimulatedServer server;
    private final Map<String, Instant> folders = new TreeMap<>();
    private final List<String> tasks = new ArrayList<>();
    private boolean system;

    SimulatedTasks(SimulatedServer server) {
        this.server = server;
    }

    void answer(CallTable table) {
        table.on(InvokeAsSystem.class, this::run);
        table.on(GetLeftovers.class, call -> leftovers());
        table.on(RemoveLeftover.class, this::remove);
    }

    /** Whether what is done now is done as SYSTEM. */
    boolean isSystem() {
        return system;
    }

    void leave(String name, Duration age, boolean withFolder) {
        tasks.add(name);
        if (withFolder) {
            folders.put(name, server.machine().now().minus(age));
        }
    }

    List<String> tasks() {
        return List.copyOf(tasks);
    }

    private SystemAnswer run(InvokeAsSystem call) {
        if (server.is(Behaviour.FORBIDS_TASK_SCRIPTS)) {
            return new SystemAnswer(FILE_REFUSED, "");
        }
        String request = call.request().open(bytes -> new String(bytes, StandardCharsets.US_ASCII));
        system = true;
        try {
            VisitOutput output = server.visits().answer(request, Presence.INSTALLED);
            boolean hangs = output.exitCode() == SimulatedVisits.LOST;
            return new SystemAnswer(
                    hangs ? STILL_RUNS : DONE, base64(output.stdout().strip()));
        } finally {
            system = false;
        }
    }

    private static String base64(String printed) {
        return Base64.getEncoder().encodeToString(printed.getBytes(StandardCharsets.US_ASCII));
    }

    private Leftovers leftovers() {
        List<ClosedFolder> found = folders.entrySet().stream()
                .map(each -> new ClosedFolder(each.getKey(), each.getValue()))
                .toList();
        return new Leftovers(server.machine().now(), found, tasks);
    }

    private Nothing remove(RemoveLeftover call) {
        tasks.remove(call.name());
        folders.remove(call.name());
        return new Nothing();
    }
}
