package io.certwright.windows.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.MovableClock;
import io.certwright.windows.AccessCall.GetSslFlags;
import io.certwright.windows.AccessCall.SetSslFlags;
import io.certwright.windows.HostCall.GetHostFacts;
import io.certwright.windows.WindowsCall;
import io.certwright.windows.simulated.FreshWsus;
import io.certwright.windows.simulated.SimulatedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person who carries bundles to a simulated server and brings the answers back. */
class RunbookHostTest {
    private static final String DIRECTORY = "WSUS Administration/ApiRemoting30";

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock(Instant.now());
    private final SimulatedServer server =
            FreshWsus.on(new SimulatedServer("wsus02", 17763, clock, new SecureRandom()), 8530, 8531);
    private RunbookHost host;

    @BeforeEach
    void begin() {
        host = new RunbookHost("wsus02", folder.resolve("wsus02"), clock);
    }

    private Path bundle() throws IOException {
        try (Stream<Path> bundles = Files.list(folder.resolve("wsus02"))) {
            return bundles.findFirst().orElseThrow();
        }
    }

    private void waits(WindowsCall<?> call) {
        assertThatThrownBy(() -> host.perform(List.of(call)))
                .isInstanceOfSatisfying(LifecycleException.class, waiting -> {
                    assertThat(waiting.code()).isEqualTo("HOST_RUNBOOK_WAITS");
                    assertThat(waiting.kind()).isEqualTo(FailureKind.UNREACHABLE);
                });
    }

    private void carry() throws IOException {
        try (Stream<Path> bundles = Files.list(folder.resolve("wsus02"))) {
            for (Path each : bundles.toList()) {
                if (!Files.exists(each.resolve("answer.txt"))) {
                    Files.writeString(
                            each.resolve("answer.txt"), server.answer(Files.readString(each.resolve("request.json"))));
                }
            }
        }
    }

    @Test
    void writes_a_bundle_and_says_what_to_do_with_it() throws Exception {
        assertThatThrownBy(() -> host.perform(new GetHostFacts()))
                .hasMessage("host wsus02: a person has to carry Get-HostFacts there: copy " + bundle()
                        + " to the host, run run.cmd in it"
                        + " as an administrator, and copy answer.txt back into it; then run this again");
        assertThat(bundle().toFile().list())
                .containsExactlyInAnyOrder("certwright.ps1", "request.json", "run.cmd", "README.txt");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bundle())))
                .isEqualTo("rwx------");
        assertThat(bundle().resolve("run.cmd")).content().contains("-FromInput < \"%~dp0request.json\"");
    }

    @Test
    void goes_on_when_the_answer_is_back() throws Exception {
        waits(new GetHostFacts());
        carry();

        assertThat(host.perform(new GetHostFacts()).build()).isEqualTo(17763);
        assertThat(host.perform(new GetHostFacts()).build()).isEqualTo(17763);
    }

    @Test
    void takes_what_was_said_before_a_change_for_old() throws Exception {
        waits(new GetSslFlags(DIRECTORY));
        carry();
        assertThat(host.perform(new GetSslFlags(DIRECTORY)).value()).isEqualTo("0");

        waits(new SetSslFlags(DIRECTORY, "Ssl"));
        carry();
        assertThat(host.perform(List.of(new SetSslFlags(DIRECTORY, "Ssl"))).inOrder())
                .hasSize(1);

        waits(new GetSslFlags(DIRECTORY));
        carry();
        assertThat(host.perform(new GetSslFlags(DIRECTORY)).value()).isEqualTo("Ssl");
        waits(new SetSslFlags(DIRECTORY, "Ssl"));
    }

    @Test
    void asks_again_after_a_day() throws Exception {
        waits(new GetHostFacts());
        carry();
        Files.setLastModifiedTime(bundle().resolve("answer.txt"), FileTime.from(clock.instant()));

        clock.advance(Duration.ofHours(25));

        waits(new GetHostFacts());
    }

    @Test
    void refuses_an_answer_that_is_none_and_asks_again() throws Exception {
        waits(new GetHostFacts());
        Files.writeString(bundle().resolve("answer.txt"), "run.cmd is not recognized");

        assertThatThrownBy(() -> host.perform(new GetHostFacts()))
                .hasMessageContaining("gave no answer, saying \"run.cmd is not recognized\"");
        waits(new GetHostFacts());
    }
}
