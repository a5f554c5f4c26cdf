package io.certwright.windows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the 64-bit Windows PowerShell 5.1 lies on this machine. */
public final class WindowsPowerShell {
    private static final String PROGRAM = "WindowsPowerShell/v1.0/powershell.exe";

    private WindowsPowerShell() {}

    /**
     * A 32-bit process sees the 64-bit one only under {@code sysnative}; there is no such folder for a 64-bit process.
     *
     * @param environment of this process, of which {@code SystemRoot} counts
     * @return empty where there is none, as on any other system than Windows
     */
    public static Optional<Path> find(Map<String, String> environment) {
        return environment.entrySet().stream()
                .filter(variable -> variable.getKey().equalsIgnoreCase("SystemRoot"))
                .map(variable -> Path.of(variable.getValue()))
                .flatMap(root -> Stream.of("sysnative", "System32").map(root::resolve))
                .map(folder -> folder.resolve(PROGRAM))
                .filter(Files::isRegularFile)
                .findFirst();
    }
}
