package io.certwright.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeWatchTest {
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    @TempDir
    private Path folder;

    private Path settings;
    private Path secret;
    private final SettableClock clock = new SettableClock();
    private ChangeWatch watch;

    @BeforeEach
    void two_files() throws IOException {
        settings = Files.writeString(folder.resolve("c.yml"), "a: 1\n");
        secret = folder.resolve("secret");
        watch = new ChangeWatch(List.of(settings, secret), clock, INTERVAL);
    }

    private boolean looksAgain() {
        clock.now = clock.now.plus(INTERVAL);
        return watch.hasChanged();
    }

    @Test
    void tells_a_change_once_when_two_looks_found_the_same() throws IOException {
        assertThat(looksAgain()).isFalse();
        Files.writeString(settings, "a: 2\n");

        assertThat(looksAgain()).isFalse();
        assertThat(looksAgain()).isTrue();
        assertThat(looksAgain()).isFalse();
    }

    @Test
    void waits_for_a_file_that_is_still_being_written() throws IOException {
        Files.writeString(settings, "a: ");
        assertThat(looksAgain()).isFalse();
        Files.writeString(settings, "a: 2\n");
        assertThat(looksAgain()).isFalse();
        assertThat(looksAgain()).isTrue();
    }

    @Test
    void says_nothing_of_the_same_contents_written_anew_or_a_change_taken_back() throws IOException {
        Files.delete(settings);
        Files.writeString(settings, "a: 1\n");
        assertThat(looksAgain()).isFalse();
        Files.writeString(settings, "a: 2\n");
        assertThat(looksAgain()).isFalse();
        Files.writeString(settings, "a: 1\n");
        assertThat(looksAgain()).isFalse();
        assertThat(looksAgain()).isFalse();
    }

    @Test
    void notices_files_that_come_and_go() throws IOException {
        Files.writeString(secret, "hunter2");
        assertThat(looksAgain()).isFalse();
        assertThat(looksAgain()).isTrue();
        Files.delete(settings);
        assertThat(looksAgain()).isFalse();
        assertThat(looksAgain()).isTrue();
    }

    @Test
    void looks_again_only_after_the_interval_or_when_the_clock_was_set_back() throws IOException {
        Files.writeString(settings, "a: 2\n");
        clock.now = clock.now.plus(INTERVAL).minusMillis(1);
        assertThat(watch.hasChanged()).isFalse();
        clock.now = clock.now.minus(Duration.ofDays(365));
        assertThat(watch.hasChanged()).isFalse();
        assertThat(looksAgain()).isTrue();
    }

    private static final class SettableClock extends Clock {
        private Instant now = Instant.parse("2026-11-22T08:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
