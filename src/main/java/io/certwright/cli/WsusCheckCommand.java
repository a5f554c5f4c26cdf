package io.certwright.cli;

import io.certwright.certificate.DnsName;
import io.certwright.failure.LifecycleException;
import io.certwright.wsus.WsusCheck;
import io.certwright.wsus.WsusDrift;
import io.certwright.wsus.WsusServer;
import io.certwright.wsus.logs.LogFolder;
import io.certwright.wsus.logs.LogVerdict;
import io.certwright.wsus.logs.UpdatePoint;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wsus check}: what differs, each with its fix; with {@code --logs}, what ConfigMgr's logs say of the switch. */
@Command(name = "check", description = "Says what differs from the desired state, each with its fix.")
final class WsusCheckCommand implements CommandBody {
    @Parameters(arity = "0..1", paramLabel = "HOST", description = "A server under wsus; all of them if not given.")
    private Optional<String> host = Optional.empty();

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
        if (logs.isPresent()) {
            List<LogVerdict> verdicts = new LogFolder(logs.get()).judge(point(rooms), moment());
            screen.answer(new LogAnswer(verdicts));
            return LogAnswer.exitOf(verdicts);
        }
        if (server.isPresent() || since.isPresent()) {
            throw new WrongUsage("wsus check: got --server or --since without --logs DIR, wanted them together.");
        }
        Map<WsusServer, List<WsusDrift>> found = new LinkedHashMap<>();
        WsusCheck check = new WsusCheck(rooms.wsus());
        for (WsusServer each : WsusServers.meant(rooms, host)) {
            screen.progress("looking at " + each.host());
            found.put(each, inspectOrExplain(check, each));
        }
        DriftAnswer answer = new DriftAnswer(found);
        screen.answer(answer);
        return answer.isCompliant() ? ExitCode.DONE : ExitCode.FINDINGS;
    }

    /** One server that cannot be looked at keeps no other from being looked at. */
    private static List<WsusDrift> inspectOrExplain(WsusCheck check, WsusServer server) {
        try {
            return check.inspect(server);
        } catch (LifecycleException silent) {
            return List.of(new WsusDrift(silent.code(), silent.getMessage(), "mend that, then check again"));
        }
    }

    /** By the words of the command, or the one server of the settings that is meant. */
    private UpdatePoint point(Rooms rooms) throws LifecycleException {
        try {
            if (server.isPresent()) {
                return new UpdatePoint(DnsName.parse(server.get()), port);
            }
        } catch (IllegalArgumentException wrong) {
            throw new WrongUsage("wsus check: " + wrong.getMessage() + ".");
        }
        if (host.isEmpty()) {
            throw new WrongUsage("wsus check: got --logs without HOST or --server FQDN, wanted one of them.");
        }
        WsusServer meant = WsusServers.meant(rooms, host).get(0);
        return new UpdatePoint(meant.sslName(), meant.port());
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
