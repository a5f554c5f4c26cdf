package io.certwright.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What this machine calls itself. Not asked of DNS, which may take long and say something else. */
final class OwnName {
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private OwnName() {}

    static String of(Map<String, String> environment) {
        String windows = environment.getOrDefault("COMPUTERNAME", "");
        if (!windows.isEmpty()) {
            return windows;
        }
        try {
            return Files.readString(KERNEL, StandardCharsets.UTF_8).strip();
        } catch (IOException notLinux) {
            return environment.getOrDefault("HOSTNAME", "unknown");
        }
    }
}
