package io.certwright.cli;

import io.certwright.certificate.DnsName;
import io.certwright.failure.LifecycleException;
import io.certwright.wsus.logs.LogFolder;
import io.certwright.wsus.logs.LogVerdict;
import io.certwright.wsus.logs.UpdatePoint;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code wsus check}: what differs, each with its fix; with {@code --logs}, what ConfigMgr's logs say of the switch. */
@Command(name = "check", description = "Says what differs from the desired state, each with its fix.")
final class WsusCheckCommand implements CommandBody {
    @Option(
            names = "--logs",
            paramLabel = "DIR",
            description =
                    "Read the logs of ConfigMgr in this folder: WCM, wsyncmgr, LocationServices, ScanAgent, WUAHandler.")
    private Optional<Path> logs = Optional.empty();

    @Option(names = "--server", paramLabel = "FQDN", description = "With --logs: the name of the WSUS server.")
    private Optional<String> server = Optional.empty();

    @Option(names = "--port", paramLabel = "PORT", description = "With --logs: its https port; 8531 if not given.")
    private int port = 8531;

    @Option(
            names = "--since",
            paramLabel = "INSTANT",
            description =
                    "With --logs: when the software update point was switched, such as 2026-11-22T10:00:00Z; older lines"
                            + " do not count.")
    private Optional<String> since = Optional.empty();

    @Override
    public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
        if (logs.isEmpty() || server.isEmpty()) {
            throw new WrongUsage("wsus check: got "
                    + (logs.isEmpty() ? "no --logs DIR" : "--logs without --server FQDN") + ", wanted both.");
        }
        List<LogVerdict> verdicts = new LogFolder(logs.get()).judge(point(), moment());
        screen.answer(new LogAnswer(verdicts));
        return LogAnswer.exitOf(verdicts);
    }

    private UpdatePoint point() {
        try {
            return new UpdatePoint(DnsName.parse(server.orElseThrow()), port);
        } catch (IllegalArgumentException wrong) {
            throw new WrongUsage("wsus check: " + wrong.getMessage() + ".");
        }
    }

    private Instant moment() {
        try {
            return since.map(Instant::parse).orElse(Instant.EPOCH);
        } catch (DateTimeParseException wrong) {
            throw new WrongUsage("wsus check: got --since " + since.orElseThrow()
                    + ", wanted a moment such as 2026-11-22T10:00:00Z.");
        }
    }
}
