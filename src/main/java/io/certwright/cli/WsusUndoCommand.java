package io.certwright.cli;

import io.certwright.failure.LifecycleException;
import io.certwright.wsus.WsusServer;
import io.certwright.wsus.WsusUndo;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code wsus undo HOST}: back to how the server was when its switch to TLS began. */
@Command(
        name = "undo",
        description = "Puts bindings, flags and recorded values back to how they were when the switch to TLS began.")
final class WsusUndoCommand implements CommandBody {
    @Parameters(paramLabel = "HOST", description = "A server under wsus.")
    private String host = "";

    @Override
    public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
        WsusServer server = WsusServers.meant(rooms, Optional.of(host)).get(0);
        WsusOutcomes outcomes = new WsusOutcomes();
        outcomes.add(server, new WsusUndo(rooms.wsus()).undo(server));
        screen.answer(outcomes);
        return outcomes.exit();
    }
}
