package io.certwright.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.failure.LifecycleException;
import io.certwright.testing.TestClassPath;
import io.certwright.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two processes, two nodes, one database. */
final class TwoNodesTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @BeforeAll
    static void createTables() throws LifecycleException {
        RowChores.createTables(DATABASE.database());
    }

    @BeforeEach
    void empty() throws LifecycleException {
        DATABASE.empty();
    }

    @Test
    void what_a_killed_node_was_at_is_done_by_the_other() throws Exception {
        Process first = start(RowChores.TRAPPED_NODE);
        Process second = null;
        try {
            due(RowChores.PITFALL);
            await("the first node is in the pitfall", () -> tended().equals(List.of("pitfall first false")));
            second = start("second");
            awaitReady("second");
            first.destroyForcibly();
            assertThat(first.waitFor(20, TimeUnit.SECONDS)).isTrue();
            await("nothing is due any more", () -> number("SELECT count(*) AS n FROM errand WHERE NOT done") == 0);
            end(second);
        } finally {
            first.destroyForcibly();
            if (second != null) {
                second.destroyForcibly();
            }
        }
        assertThat(tended()).containsExactly("pitfall first false", "pitfall second true");
    }

    @Test
    void forty_due_certificates_are_tended_once_each_by_two_nodes() throws Exception {
        List<String> names =
                IntStream.rangeClosed(1, 40).mapToObj("web%02d"::formatted).toList();
        Process first = start(RowChores.TRAPPED_NODE);
        Process second = start("second");
        try {
            awaitReady(RowChores.TRAPPED_NODE);
            awaitReady("second");
            due(names.toArray(String[]::new));
            await("nothing is due any more", () -> number("SELECT count(*) AS n FROM errand WHERE NOT done") == 0);
            end(first);
            end(second);
        } finally {
            first.destroyForcibly();
            second.destroyForcibly();
        }
        assertThat(DATABASE.database()
                        .list("SELECT name FROM tending WHERE done ORDER BY name", row -> row.text("name")))
                .containsExactlyElementsOf(names);
        assertThat(number("SELECT count(*) AS n FROM tending")).isEqualTo(40);
        assertThat(number("SELECT count(DISTINCT node) AS n FROM tending")).isEqualTo(2);
    }

    private Process start(String node) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                TestClassPath.text(),
                NodeProcess.class.getName(),
                Path.of("target", "test-postgres").toAbsolutePath().toString(),
                DATABASE.address().url().replaceFirst(".*/([^/?]+)(\\?.*)?$", "$1"),
                node);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output(node).toFile())
                .start();
    }

    private Path output(String node) {
        return folder.resolve(node + ".log");
    }

    private void awaitReady(String node) throws LifecycleException {
        await(node + " is ready, see " + output(node), () -> {
            try {
                return Files.readAllLines(output(node)).contains("ready");
            } catch (IOException unread) {
                throw new AssertionError(unread);
            }
        });
    }

    private static void end(Process node) throws IOException, InterruptedException {
        node.getOutputStream().close();
        assertThat(node.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(node.exitValue()).isZero();
    }

    private static void due(String... names) throws LifecycleException {
        DATABASE.database().inTransaction(() -> {
            for (String name : names) {
                DATABASE.database().update("INSERT INTO errand (name) VALUES (?)", name);
            }
            return names.length;
        });
    }

    private static List<String> tended() throws LifecycleException {
        return DATABASE.database()
                .list(
                        "SELECT name, node, done FROM tending ORDER BY id",
                        row -> row.text("name") + " " + row.text("node") + " " + row.flag("done"));
    }

    private static long number(String sql) throws LifecycleException {
        return DATABASE.database().list(sql, row -> row.number("n")).get(0);
    }

    private static void await(String what, Waiting.Condition condition) throws LifecycleException {
        Waiting.until(what, LIMIT, condition);
    }
}
