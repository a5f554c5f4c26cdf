package io.certwright.benchmark;

import io.certwright.app.settings.Settings;
import io.certwright.app.settings.SettingsReading;
import io.certwright.config.Faults;
import io.certwright.config.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Reading the settings of a thousand certificates, warm as a service does when they change. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 5)
@Fork(1)
public class SettingsBenchmark {
    private static final int CERTIFICATES = 1_000;

    private Path file;

    @Setup
    public void write() throws IOException {
        String certificates = IntStream.range(0, CERTIFICATES)
                .mapToObj(i -> "  c" + i + ": { dns: [c" + i
                        + ".contoso.com], issuer: lab, key: { algorithm: ec, size: 256 } }\n")
                .collect(Collectors.joining());
        file = Files.createTempFile("certwright", ".yml");
        Files.writeString(file, "issuers: { lab: { type: builtin } }\ncertificates:\n" + certificates);
    }

    @TearDown
    public void delete() throws IOException {
        Files.delete(file);
    }

    @Benchmark
    public Settings readThousand() {
        Faults faults = new Faults();
        return SettingsReading.read(new SettingsFile(file, Map.of()), faults)
                .orElseThrow(() -> new IllegalStateException(faults.toString()));
    }
}
