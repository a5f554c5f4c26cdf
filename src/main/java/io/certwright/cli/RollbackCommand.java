package io.certwright.cli;

import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.wish.ManagedCertificate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rollback NAME}: back to the certificate bound before. */
@Command(
        name = "rollback",
        description =
                "Points the bindings back to the certificate bound before; nothing binds the newer one again by itself.")
final class RollbackCommand implements CommandBody {
    @Parameters(paramLabel = "NAME", description = "A certificate of the settings.")
    private String name = "";

    @Override
    public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
        ManagedCertificate wish = Wanted.inSettings(rooms, name);
        StoryTeller teller = new StoryTeller(screen, rooms.clock());
        RenewalOutcome outcome = rooms.story().rollingBack().rollBack(wish.name(), teller);
        Told told = Told.of(wish, outcome);
        if (outcome instanceof RenewalOutcome.RolledBack) {
            told = told.ending(
                    ExitCode.DONE,
                    "rolled back to the previous certificate; \"certwright bind " + wish.name()
                            + "\" binds the newer one again");
        }
        screen.answer(told.answer(rooms.clock().instant()));
        return told.exit();
    }
}
