package io.certwright.cli;

import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.Urge;
import io.certwright.lifecycle.wish.ManagedCertificate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bind NAME}: the last steps by hand. */
@Command(
        name = "bind",
        description = {
            "Binds the stored certificate and proves it, though it is no maintenance window and though it was rolled back before.",
            "Clients' trust is waited for: \"renew --accept-untrusting-clients\" does not."
        })
final class BindCommand implements CommandBody {
    @Parameters(paramLabel = "NAME", description = "A certificate of the settings.")
    private String name = "";

    @Override
    public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
        ManagedCertificate wish = Wanted.inSettings(rooms, name);
        StoryTeller teller = new StoryTeller(screen, rooms.clock());
        Told told = Told.of(wish, rooms.story().lifecycle().renew(wish.name(), Urge.BIND, teller));
        screen.answer(told.answer(rooms.clock().instant()));
        return told.exit();
    }
}
