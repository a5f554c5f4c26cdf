package io.certwright.cli;

import io.certwright.failure.LifecycleException;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.PinEnforcement;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code trust emergency GROUP}: what lets pinned clients go on that lack the certificate a server shows. Changes nothing. */
@Command(
        name = "emergency",
        description = "Says the setting and the commands that let pinned clients go on, and how to end it.")
final class TrustEmergency implements CommandBody {
    @Parameters(paramLabel = "GROUP", description = "The client group, as the settings name it.")
    private String group = "";

    @Override
    public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
        ClientGroup known = Named.group(rooms, group);
        String policy = "Trust " + known.name();
        List<String> release = PinEnforcement.release(policy);
        List<String> end = PinEnforcement.end(policy);
        List<String> lines = new ArrayList<>();
        if (!known.pinning()) {
            lines.add("client group " + known.name()
                    + " compares no pins; this helps only where clients still hold some");
        }
        lines.add("this makes clients go on without comparing pins, after their next policy refresh:");
        lines.add("  " + PinEnforcement.setting());
        lines.add("by Group Policy, on one machine, by Intune:");
        release.forEach(line -> lines.add("  " + line));
        lines.add("when every client has the pins, the end of it:");
        end.forEach(line -> lines.add("  " + line));
        screen.answer(Answer.of(
                lines,
                json -> json.put("group", known.name().value())
                        .put("setting", PinEnforcement.setting())
                        .putTexts("release", release)
                        .putTexts("end", end)));
        return ExitCode.DONE;
    }
}
