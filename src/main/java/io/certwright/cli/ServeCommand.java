package io.certwright.cli;

import io.certwright.failure.LifecycleException;
import picocli.CommandLine.Command;

/** {@code serve}: the service, until it is asked to end. */
@Command(
        name = "serve",
        description =
                "Runs the service: listeners, scheduled renewals, watches and mails. Changed settings come into force when they are sound.")
final class ServeCommand implements CommandBody {
    @Override
    public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException, InterruptedException {
        rooms.stay();
        ServiceRoom service = rooms.service();
        service.startListening();
        service.startSchedule();
        screen.say(service.sentence());
        service.awaitEnd();
        return ExitCode.DONE;
    }
}
