package io.certwright.cli;

import io.certwright.failure.LifecycleException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code why NAME}. */
@Command(
        name = "why",
        description =
                "Says when a certificate will be renewed and why then, what it waits for, how it failed, when it is tried again.")
final class WhyCommand implements CommandBody {
    @Parameters(paramLabel = "NAME", description = "A certificate of the settings, or one issued by hand.")
    private String name = "";

    @Override
    public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
        rooms.expectDatabase();
        Outlook outlook = Outlook.of(rooms, Wanted.anywhere(rooms, name));
        screen.answer(Answer.of(
                outlook.lines(),
                json -> json.putObjects("certificates", List.of(outlook), (each, one) -> one.write(each))));
        return ExitCode.DONE;
    }
}
