package io.certwright.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.failure.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class RetryTableTest {
    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "UNREACHABLE, 1 5 15 60 240 720",
        "THROTTLED, 60 360 1440",
        "UNAUTHORIZED, 60 360 1440",
        "MALFORMED_ANSWER, 15 60 360 1440",
        "REFUSED, 360 1440",
        "INTERNAL, 5 60 360 1440"
    })
    void each_kind_of_failure_has_its_visible_row_of_minutes(FailureKind kind, String minutes) {
        List<Duration> row = List.of(minutes.split(" ")).stream()
                .map(text -> Duration.ofMinutes(Long.parseLong(text)))
                .toList();

        assertThat(RetryTable.intervalsFor(kind)).isEqualTo(row);
        for (int failures = 1; failures <= row.size(); failures++) {
            assertThat(waitAfter(kind, failures, Optional.empty(), Optional.empty()))
                    .isEqualTo(row.get(failures - 1));
        }
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void nothing_is_ever_given_up(FailureKind kind) {
        List<Duration> row = RetryTable.intervalsFor(kind);

        assertThat(row).isSorted();
        assertThat(waitAfter(kind, 1000, Optional.empty(), Optional.empty())).isEqualTo(row.get(row.size() - 1));
    }

    @Test
    void what_the_other_side_asks_for_is_never_undercut() {
        assertThat(waitAfter(FailureKind.THROTTLED, 1, Optional.of(Duration.ofHours(9)), Optional.empty()))
                .isEqualTo(Duration.ofHours(9));
        assertThat(waitAfter(FailureKind.THROTTLED, 1, Optional.of(Duration.ofMinutes(2)), Optional.empty()))
                .isEqualTo(Duration.ofHours(1));
        assertThat(waitAfter(
                        FailureKind.THROTTLED,
                        3,
                        Optional.of(Duration.ofHours(9)),
                        Optional.of(NOW.plus(Duration.ofHours(1)))))
                .as("not even near the end")
                .isEqualTo(Duration.ofHours(9));
    }

    @ParameterizedTest
    @CsvSource({
        "P30D, PT24H", // far away: the table
        "P4D, PT12H",
        "PT16H, PT2H",
        "PT1H, PT7M30S",
        "PT30M, PT5M", // the shortest interval near the end
        "PT0S, PT5M",
        "-P10D, PT5M"
    })
    void near_the_end_an_eighth_of_what_is_left_is_the_longest_wait(Duration left, Duration wait) {
        assertThat(waitAfter(FailureKind.REFUSED, 9, Optional.empty(), Optional.of(NOW.plus(left))))
                .isEqualTo(wait);
    }

    @Test
    void an_interval_of_the_table_is_never_lengthened_near_the_end() {
        assertThat(waitAfter(FailureKind.UNREACHABLE, 1, Optional.empty(), Optional.of(NOW.plusSeconds(60))))
                .isEqualTo(Duration.ofMinutes(1));
    }

    private static Duration waitAfter(
            FailureKind kind, int failures, Optional<Duration> asked, Optional<Instant> ends) {
        return Duration.between(NOW, RetryTable.nextAttempt(kind, failures, asked, ends, NOW));
    }
}
