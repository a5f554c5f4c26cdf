package io.certwright.store.postgres.embedded;

import io.certwright.certificate.Printable;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Why PostgreSQL did not start, read from what its programs printed, said in one sentence with its fix. */
enum StartFailure {
    NO_NAMESPACES(
            "unshare",
            FailureKind.REFUSED,
            "EMBEDDED_ROOT",
            "PostgreSQL does not run as root, and this system allows no user namespace to change that",
            "run Certwright as an ordinary user, allow them (sysctl -w user.max_user_namespaces=15000), or name a server by database.url"),
    PORT_TAKEN(
            "could not bind|Address already in use|could not create any TCP/IP sockets",
            FailureKind.UNREACHABLE,
            "EMBEDDED_PORT",
            "its port was taken by another process",
            "run it again"),
    DISK_FULL(
            "No space left on device|not enough space on the disk|Disk quota exceeded",
            FailureKind.INTERNAL,
            "EMBEDDED_DISK_FULL",
            "the disk is full",
            "make room on it and run it again, nothing is lost"),
    ALREADY_RUNNING(
            "lock file \"postmaster\\.pid\"|pre-existing shared memory block|another server might be running",
            FailureKind.UNREACHABLE,
            "EMBEDDED_BUSY",
            "processes of an earlier start still use its data",
            "wait until they end, or end them, and run it again"),
    OTHER_VERSION(
            "database files are incompatible with server",
            FailureKind.REFUSED,
            "EMBEDDED_VERSION",
            "its data was made by another version of PostgreSQL",
            "go back to the Certwright that made it, or restore a backup"),
    WRONG_SETTINGS(
            "unrecognized configuration parameter|in file \".*local\\.conf\"|local\\.conf\" contains errors",
            FailureKind.REFUSED,
            "EMBEDDED_SETTINGS",
            "its local.conf has a setting that PostgreSQL does not take",
            "correct local.conf in the data folder"),
    DAMAGED(
            "PANIC|could not locate a valid checkpoint|invalid page|not a valid data directory|global/pg_|pg_filenode|"
                    + "incorrect checksum|could not open file|could not read file|could not open directory|"
                    + "is missing|does not exist|invalid magic|could not load",
            FailureKind.INTERNAL,
            "EMBEDDED_DAMAGED",
            "its data folder is damaged",
            "restore it from a backup; to begin anew instead, move it away"),
    NOT_ALLOWED(
            "Permission denied|Operation not permitted|Access is denied|has wrong ownership|invalid permissions",
            FailureKind.UNAUTHORIZED,
            "EMBEDDED_PERMISSION",
            "this user may not use its folder",
            "give the folder and all in it to the user that Certwright runs as"),
    STILL_STARTING(
            "did not start in time|the database system is starting up",
            FailureKind.UNREACHABLE,
            "EMBEDDED_TIMEOUT",
            "it is not ready in time, perhaps still recovering from a crash",
            "run it again in a while"),
    UNKNOWN("", FailureKind.INTERNAL, "EMBEDDED_START", "it did not start", "see its log for the rest");

    private static final List<String> TELLING = List.of("PANIC:", "FATAL:", "error:", "unshare:", "ERROR:", "LOG:");

    private final Pattern sign;
    private final FailureKind kind;
    private final String code;
    private final String meaning;
    private final String fix;

    StartFailure(String sign, FailureKind kind, String code, String meaning, String fix) {
        this.sign = Pattern.compile(sign);
        this.kind = kind;
        this.code = code;
        this.meaning = meaning;
        this.fix = fix;
    }

    static StartFailure of(String output) {
        for (StartFailure failure : values()) {
            if (failure.sign.matcher(output).find()) {
                return failure;
            }
        }
        return UNKNOWN;
    }

    LifecycleException on(Path folder, String output) {
        return new LifecycleException(
                kind,
                code,
                "embedded PostgreSQL in " + folder + " cannot start: " + meaning + " (it says "
                        + Printable.quote(mostTellingLine(output)) + "); " + fix);
    }

    private String mostTellingLine(String output) {
        List<String> lines = output.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        Optional<String> signed = this == UNKNOWN
                ? Optional.empty()
                : lines.stream().filter(line -> sign.matcher(line).find()).findFirst();
        return signed.or(() -> TELLING.stream()
                        .flatMap(word -> lines.stream().filter(line -> line.contains(word)))
                        .findFirst())
                .map(line -> line.replaceFirst("^.*?(PANIC|FATAL|ERROR|LOG|error): +", ""))
                .orElse(lines.isEmpty() ? "nothing" : lines.get(lines.size() - 1));
    }
}
