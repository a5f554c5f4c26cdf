package io.certwright.store.postgres.embedded;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The systems there are PostgreSQL binaries for. */
enum Platform {
    LINUX_AMD64("postgres-linux-x86_64.txz"),
    LINUX_ARM64("postgres-linux-arm_64.txz"),
    WINDOWS_AMD64("postgres-windows-x86_64.txz");

    private final String archive;

    Platform(String archive) {
        this.archive = archive;
    }

    static Platform of(String osName, String osArch) throws LifecycleException {
        String system = osName.toLowerCase(Locale.ROOT);
        boolean amd64 = osArch.equals("amd64") || osArch.equals("x86_64");
        if (system.startsWith("windows") && amd64) {
            return WINDOWS_AMD64;
        }
        if (system.startsWith("linux") && amd64) {
            return LINUX_AMD64;
        }
        if (system.startsWith("linux") && osArch.equals("aarch64")) {
            return LINUX_ARM64;
        }
        throw new LifecycleException(
                FailureKind.REFUSED,
                "EMBEDDED_PLATFORM",
                "embedded PostgreSQL: got " + osName + " on " + osArch
                        + ", wanted Linux on amd64 or aarch64, or Windows on amd64; name a server of your own by database.url");
    }

    static Platform current() throws LifecycleException {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    /** The name of the archive with the binaries, at the root of the class path. */
    String archive() {
        return archive;
    }

    boolean isWindows() {
        return this == WINDOWS_AMD64;
    }

    String executable(String name) {
        return isWindows() ? name + ".exe" : name;
    }

    /** Whether this process is the superuser, which PostgreSQL refuses to run as. Windows has its own way round (a restricted token). */
    boolean isSuperuser() {
        try {
            return !isWindows()
                    && Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException unknown) {
            return false;
        }
    }
}
