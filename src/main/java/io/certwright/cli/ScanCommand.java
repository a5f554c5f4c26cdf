package io.certwright.cli;

import io.certwright.binding.HostName;
import io.certwright.discovery.HostScan;
import io.certwright.discovery.ScannedHost;
import io.certwright.failure.LifecycleException;
import io.certwright.wsus.WsusPorts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code scan [HOST…]}: what is there, changing nothing. */
@Command(
        name = "scan",
        description =
                "Shows the https bindings of Windows hosts, their certificates, and where IIS and http.sys disagree.")
final class ScanCommand implements CommandBody {
    /** A host without transport, and this machine where it is no Windows one, are only told of when somebody asks for them. */
    private static final Set<String> NO_WAY_THERE = Set.of("HOST_WITHOUT_TRANSPORT", "POWERSHELL_MISSING");

    @Parameters(
            arity = "0..*",
            paramLabel = "HOST",
            description = "Hosts of the settings; all with a transport if none is given.")
    private List<String> hosts = List.of();

    @Override
    public ExitCode run(Screen screen, Rooms rooms) throws LifecycleException {
        WsusPorts ports = rooms.wsus();
        HostScan scan = new HostScan(ports.hosts(), ports.wishes(), rooms.certificates());
        List<ScannedHost> scanned = new ArrayList<>();
        Map<HostName, LifecycleException> failed = new LinkedHashMap<>();
        for (HostName host : KnownHosts.meant(rooms, hosts)) {
            screen.progress("looking at " + host);
            try {
                scanned.add(scan.scan(host));
            } catch (LifecycleException silent) {
                if (!hosts.isEmpty() || !NO_WAY_THERE.contains(silent.code())) {
                    failed.put(host, silent);
                }
            }
        }
        screen.answer(new ScanAnswer(scanned, failed, rooms.clock().instant()));
        return exit(scanned, failed);
    }

    private static ExitCode exit(List<ScannedHost> scanned, Map<HostName, LifecycleException> failed) {
        List<ExitCode> exits =
                new ArrayList<>(failed.values().stream().map(ExitCode::of).toList());
        if (!scanned.stream().allMatch(ScannedHost::isSettled)) {
            exits.add(ExitCode.FINDINGS);
        }
        return ExitCode.mostUrgent(exits);
    }
}
