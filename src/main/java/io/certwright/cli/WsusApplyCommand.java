package io.certwright.cli;

import io.certwright.failure.LifecycleException;
import io.certwright.wsus.WsusApply;
import io.certwright.wsus.WsusOutcome;
import io.certwright.wsus.WsusServer;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wsus apply [HOST]}: the next due step of the switch to TLS, or what it waits for; one failed level stops the climb. */
@Command(
        name = "apply",
        description =
                "Does the next due step that brings a WSUS server to its desired state, or says what it waits for.")
final class WsusApplyCommand implements CommandBody {
    @Parameters(
            arity = "0..1",
            paramLabel = "HOST",
            description = "A server under wsus; all of them, from the bottom up.")
    private Optional<String> host = Optional.empty();

    @Option(names = "--dry-run", description = "Say what would be done, and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--accept-untrusting-clients",
            description = "Require TLS though clients are not known to have trust and URL.")
    private boolean clientsReady;

    @Override
    public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
        WsusApply apply = new WsusApply(rooms.wsus());
        WsusOutcomes outcomes = new WsusOutcomes();
        for (WsusServer server : WsusServers.meant(rooms, host)) {
            Optional<WsusServer> below = outcomes.findUnfinishedBelow(server);
            if (below.isPresent()) {
                outcomes.addNotBegun(server, below.get());
            } else {
                screen.progress("at " + server.host());
                applyOrExplain(apply, server, outcomes);
            }
        }
        screen.answer(outcomes);
        return outcomes.exit();
    }

    private void applyOrExplain(WsusApply apply, WsusServer server, WsusOutcomes outcomes) {
        try {
            WsusOutcome outcome = dryRun ? apply.preview(server) : apply.apply(server, clientsReady);
            outcomes.add(server, outcome);
        } catch (LifecycleException failed) {
            outcomes.add(server, failed);
        }
    }
}
