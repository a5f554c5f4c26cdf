package io.certwright.testing;

import java.nio.file.Path;
import java.util.List;

/** A Java process of this test run that is killed soon: it starts as fast as it can, and what it loads was verified by others. */
public final class QuickJava {
    private QuickJava() {}

    /** The words that start {@code main}; its arguments follow. */
    public static List<String> command(Class<?> main) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx256m",
                "-cp",
                TestClassPath.text(),
                main.getName());
    }
}
