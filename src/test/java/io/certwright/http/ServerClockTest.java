package io.certwright.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerClockTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static HttpHeaders dated(String date) {
        return HttpHeaders.of(Map.of("Date", List.of(date)), (name, value) -> true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 22 Nov 2026 12:03:00 GMT | its clock is 2h 3m ahead of this machine's; correct the one that is wrong",
                "Sun, 22 Nov 2026 09:50:00 GMT | its clock is 10m behind this machine's; correct the one that is wrong",
                "Wed, 25 Nov 2026 12:00:00 GMT | its clock is 3d 2h ahead of this machine's; correct the one that is wrong"
            })
    void a_difference_that_does_harm_is_told(String date, String clause) {
        assertThat(ServerClock.skewIn(dated(date), NOW)).contains(clause);
    }

    @Test
    void what_does_no_harm_or_says_nothing_is_not_told() {
        assertThat(ServerClock.skewIn(dated("Sun, 22 Nov 2026 10:05:00 GMT"), NOW))
                .isEmpty();
        assertThat(ServerClock.skewIn(dated("yesterday\r\n"), NOW)).isEmpty();
        assertThat(ServerClock.skewIn(HttpHeaders.of(Map.of(), (name, value) -> true), NOW))
                .isEmpty();
    }
}
