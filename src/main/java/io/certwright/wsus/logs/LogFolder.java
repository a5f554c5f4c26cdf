package io.certwright.wsus.logs;

import io.certwright.certificate.Printable;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The logs of a site server and of clients, copied into one folder, with its subfolders one level down. */
public final class LogFolder {
    private static final long LARGEST = 64L * 1024 * 1024;

    private final Path folder;

    public LogFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * One verdict for each log that is there, in the order in which the change runs through them.
     *
     * @param since when the software update point was switched; older lines do not count
     */
    public List<LogVerdict> judge(UpdatePoint point, Instant since) throws LifecycleException {
        Map<Log, List<LogLine>> lines = read();
        if (lines.isEmpty()) {
            throw refused(
                    "LOGS_MISSING",
                    "none of WCM.log, wsyncmgr.log, LocationServices.log, ScanAgent.log and WUAHandler.log"
                            + " is there; copy them from the site server's Logs folder and from a client's C:\\Windows\\CCM\\Logs");
        }
        List<LogVerdict> verdicts = new ArrayList<>();
        lines.forEach((log, read) -> verdicts.add(LogReading.judge(log, read, point, since)));
        return verdicts;
    }

    private Map<Log, List<LogLine>> read() throws LifecycleException {
        Map<Log, List<LogLine>> lines = new EnumMap<>(Log.class);
        try (Stream<Path> files = Files.walk(folder, 2)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                for (Log log : Log.listFor(String.valueOf(file.getFileName()))) {
                    lines.computeIfAbsent(log, first -> new ArrayList<>()).addAll(LogText.read(content(file)));
                }
            }
        } catch (IOException unreadable) {
            throw refused(
                    "LOGS_UNREADABLE",
                    "cannot be read (" + unreadable.getClass().getSimpleName()
                            + "); name a folder that holds copies of the logs");
        }
        lines.values().forEach(each -> each.sort(Comparator.comparing(LogLine::at)));
        return lines;
    }

    private byte[] content(Path file) throws IOException, LifecycleException {
        if (Files.size(file) > LARGEST) {
            throw refused(
                    "LOG_TOO_LARGE", file.getFileName() + " has more than 64 MB; cut it to the days since the change");
        }
        return Files.readAllBytes(file);
    }

    private LifecycleException refused(String code, String what) {
        return new LifecycleException(
                FailureKind.REFUSED, code, "logs in " + Printable.quote(folder.toString()) + ": " + what);
    }
}
