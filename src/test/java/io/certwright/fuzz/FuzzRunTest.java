package io.certwright.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.testing.TestClassPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jazzer, guided by coverage, from the corpus on: half a minute for each target, or {@code -Dfuzz.seconds}. */
@Tag("long")
class FuzzRunTest {
    private static final int SECONDS = Integer.getInteger("fuzz.seconds", 30);
    private static final int TO_START_AND_END = 120;
    private static final String GUIDED_BY = String.join(
            ":",
            "io.certwright.**",
            "org.bouncycastle.asn1.**",
            "org.bouncycastle.cert.**",
            "org.bouncycastle.pkcs.**",
            "org.bouncycastle.cms.**",
            "org.snakeyaml.**",
            "org.jose4j.json.**",
            "org.shredzone.acme4j.**",
            "org.codelibs.jcifs.**",
            "sun.security.x509.**",
            "sun.security.pkcs.**",
            "sun.security.provider.certpath.**");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(FuzzTarget.class)
    void finds_nothing_that_ends_in_anything_but_a_sentence(FuzzTarget target) throws Exception {
        Path corpus = folder.resolve("corpus");
        FuzzCorpus.unpack(target, corpus);
        Path log = folder.resolve("log");
        Process jazzer = new ProcessBuilder(command(target, corpus))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(jazzer.waitFor(SECONDS + TO_START_AND_END, TimeUnit.SECONDS))
                    .as("ended in time")
                    .isTrue();
            assertThat(jazzer.exitValue()).as(() -> end(log)).isZero();
        } finally {
            jazzer.destroyForcibly();
        }
    }

    private List<String> command(FuzzTarget target, Path corpus) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx900m",
                "-XX:+UseSerialGC",
                "-cp",
                TestClassPath.text(),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzEntry.class.getName(),
                "--target_args=" + target.folder(),
                "--instrumentation_includes=" + GUIDED_BY,
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.*",
                "--reproducer_path=" + folder,
                corpus.toString(),
                "-max_total_time=" + SECONDS,
                "-timeout=30",
                "-rss_limit_mb=0",
                "-max_len=16384",
                "-artifact_prefix=" + folder + "/");
    }

    private static String end(Path log) {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
        } catch (IOException unreadable) {
            return "no log: " + unreadable.getMessage();
        }
    }
}
