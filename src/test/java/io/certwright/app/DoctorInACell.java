package io.certwright.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.testing.TestClassPath;
import io.certwright.testing.TestNames;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The doctor in a network namespace where the resolver of the system asks port 53 of loopback, and what is there changes. */
final class DoctorInACell {
    private static final String BETWEEN = "\f";
    private static final int DNS = 53;

    private DoctorInACell() {}

    /** What he says before a real DNS server, before a closed port, and before one who takes questions and never answers. */
    static List<String> ask(Path settings, Path resolver, Path folder) throws IOException, InterruptedException {
        Path out = folder.resolve("told");
        Path err = folder.resolve("complaints");
        Process process = new ProcessBuilder(
                        "unshare",
                        "--user",
                        "--map-root-user",
                        "--net",
                        "--mount",
                        "--fork",
                        "--kill-child",
                        "sh",
                        "-c",
                        "ip link set lo up && mount --bind \"$1\" /etc/resolv.conf && shift && exec \"$@\"",
                        "sh",
                        resolver.toString(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        TestClassPath.text(),
                        DoctorInACell.class.getName(),
                        settings.toString(),
                        folder.toString())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        return List.of(Files.readString(out).split(BETWEEN, -1));
    }

    public static void main(String... words) throws IOException, InterruptedException {
        Path settings = Path.of(words[0]);
        String served;
        try (TestNames names = TestNames.start(Path.of(words[1], "names"), DNS)) {
            assertThat(names.port()).isEqualTo(DNS);
            served = DoctorOfRealTroubleTest.doctor(settings);
        }
        String closed = DoctorOfRealTroubleTest.doctor(withOtherNames(settings, "web"));
        try (DatagramSocket mute = new DatagramSocket(DNS, InetAddress.getLoopbackAddress())) {
            assertThat(mute.isBound()).isTrue();
            System.out.print(String.join(
                    BETWEEN, served, closed, DoctorOfRealTroubleTest.doctor(withOtherNames(settings, "old"))));
        }
    }

    /** The JDK would answer what it was asked a moment ago without asking anybody. */
    private static Path withOtherNames(Path settings, String first) throws IOException {
        return Files.writeString(
                settings.resolveSibling(first + ".yml"),
                Files.readString(settings).replace("wsus", first));
    }
}
