package io.certwright.lifecycle.wish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.config.WeeklyTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MaintenanceWindowTest {
    private static final MaintenanceWindow SUNDAY = MaintenanceWindow.parse("Sun 02:00-05:00 Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T00:59:59Z, false", // Sunday 01:59:59 in winter
        "2026-03-01T01:00:00Z, true",
        "2026-03-01T03:59:59Z, true",
        "2026-03-01T04:00:00Z, false",
        "2026-07-05T00:00:00Z, true", // Sunday 02:00 in summer
        "2026-07-05T03:00:00Z, false",
        "2026-03-02T01:30:00Z, false" // Monday
    })
    void it_is_open_from_its_beginning_until_just_before_its_end_by_local_time(Instant at, boolean open) {
        assertThat(SUNDAY.isOpenAt(at)).isEqualTo(open);
    }

    // The clocks go forward on 29 March 2026 at 01:00Z: 02:00 becomes 03:00.
    @ParameterizedTest
    @CsvSource({
        "Sun 02:00-05:00, 2026-03-29T01:00:00Z, PT2H",
        "Sun 02:30-05:00, 2026-03-29T01:30:00Z, PT1H30M",
        "Sun 02:00-02:30, 2026-03-29T01:00:00Z, PT30M",
        "Sun 01:30-04:00, 2026-03-29T00:30:00Z, PT1H30M",
        "Sat 23:00-03:00, 2026-03-28T22:00:00Z, PT3H"
    })
    void in_the_night_that_loses_an_hour_it_opens_when_that_hour_would_have_begun(
            String window, Instant opens, Duration length) {
        assertOpens(window, Instant.parse("2026-03-28T12:00:00Z"), opens, length);
    }

    // The clocks go back on 25 October 2026 at 01:00Z: 03:00 becomes 02:00.
    @ParameterizedTest
    @CsvSource({
        "Sun 02:00-05:00, 2026-10-25T00:00:00Z, PT4H",
        "Sun 02:30-05:00, 2026-10-25T00:30:00Z, PT3H30M",
        "Sun 02:00-02:30, 2026-10-25T00:00:00Z, PT30M",
        "Sun 03:00-05:00, 2026-10-25T02:00:00Z, PT2H",
        "Sat 23:00-03:00, 2026-10-24T21:00:00Z, PT5H"
    })
    void in_the_night_that_gains_an_hour_it_opens_at_the_first_coming(String window, Instant opens, Duration length) {
        assertOpens(window, Instant.parse("2026-10-24T12:00:00Z"), opens, length);
    }

    @Test
    void past_midnight_it_belongs_to_the_day_on_which_it_opened() {
        MaintenanceWindow night = MaintenanceWindow.parse("Sat 22:00-04:00 UTC");

        assertThat(night.isOpenAt(Instant.parse("2026-03-07T22:00:00Z"))).isTrue();
        assertThat(night.isOpenAt(Instant.parse("2026-03-08T03:59:59Z")))
                .as("Sunday morning")
                .isTrue();
        assertThat(night.isOpenAt(Instant.parse("2026-03-08T04:00:00Z"))).isFalse();
        assertThat(night.isOpenAt(Instant.parse("2026-03-07T03:00:00Z")))
                .as("Saturday morning")
                .isFalse();
        assertThat(night.isOpenAt(Instant.parse("2026-03-08T22:30:00Z")))
                .as("Sunday night")
                .isFalse();
    }

    @Test
    void a_window_of_a_whole_day_is_open_all_day() {
        MaintenanceWindow whole = MaintenanceWindow.parse("Mon 00:00-00:00 UTC");

        assertThat(whole.isOpenAt(Instant.parse("2026-03-02T00:00:00Z"))).isTrue();
        assertThat(whole.isOpenAt(Instant.parse("2026-03-02T23:59:59Z"))).isTrue();
        assertThat(whole.isOpenAt(Instant.parse("2026-03-03T00:00:00Z"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T10:00:00Z, 2026-03-08T01:00:00Z",
        "2026-03-08T02:00:00Z, 2026-03-08T02:00:00Z", // open: now
        "2026-03-08T04:00:00Z, 2026-03-15T01:00:00Z", // just over: in a week
        "2026-03-22T05:00:00Z, 2026-03-29T01:00:00Z" // into the night that loses an hour
    })
    void the_next_opening_is_now_or_the_first_to_come(Instant from, Instant opening) {
        assertThat(SUNDAY.nextOpeningFrom(from)).isEqualTo(opening);
    }

    @ParameterizedTest
    @CsvSource({
        "Sun 02:00-05:00 UTC, P6DT22H",
        "'Sat,Sun 22:00-04:00 UTC', P5DT19H",
        "'Mon,Wed,Fri 00:00-01:00 UTC', P3D",
        "daily 01:00-03:00 UTC, PT23H",
        "daily 00:00-00:00 UTC, PT1H"
    })
    void the_longest_gap_reckons_with_a_clock_change(String window, Duration gap) {
        assertThat(MaintenanceWindow.parse(window).longestGap()).isEqualTo(gap);
    }

    @Test
    void no_gap_of_a_whole_year_is_longer_than_the_longest_gap() {
        for (String text : new String[] {
            "Sun 02:00-05:00 Europe/Berlin", "Sat,Sun 22:00-04:00 Europe/Berlin", "daily 02:30-03:30 Europe/Berlin"
        }) {
            MaintenanceWindow window = MaintenanceWindow.parse(text);
            Instant at = Instant.parse("2026-01-01T00:00:00Z");
            Instant end = Instant.parse("2027-01-01T00:00:00Z");
            while (at.isBefore(end)) {
                Instant opening = window.nextOpeningFrom(at);
                assertThat(Duration.between(at, opening)).isLessThanOrEqualTo(window.longestGap());
                at = at.plus(Duration.ofMinutes(30));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun 02:00-05:00 Europe/Berlin",
                "Sat,Sun 22:00-04:00 UTC",
                "daily 01:00-03:00 UTC",
                "Mon,Tue,Wed,Thu,Fri 12:00-13:00 America/New_York"
            })
    void what_is_written_is_read_again(String text) {
        assertThat(MaintenanceWindow.parse(text)).hasToString(text);
        assertThat(MaintenanceWindow.parse("  " + text + " ")).isEqualTo(MaintenanceWindow.parse(text));
    }

    @Test
    void days_are_read_in_any_case_and_order() {
        assertThat(MaintenanceWindow.parse("SUN,sat 22:00-04:00 UTC")).hasToString("Sat,Sun 22:00-04:00 UTC");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Sun",
                "Sun 02:00 UTC",
                "Sun 02:00-05:00",
                "Sun 2:00-5:00 UTC",
                "Sun 24:00-25:00 UTC",
                "Sun 02:60-03:00 UTC",
                "Son 02:00-05:00 UTC",
                "Sunday 02:00-05:00 UTC",
                "Sun, Mon 02:00-05:00 UTC",
                "Sun 02:00-05:00 Berlin",
                "Sun 02:00-05:00 Europe/Berlin extra"
            })
    void what_is_no_window_is_refused_with_an_example(String text) {
        assertThatThrownBy(() -> MaintenanceWindow.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "maintenance window: got \"" + text
                                + "\", wanted days, times and a zone such as \"Sun 02:00-05:00 Europe/Berlin\" or \"daily 01:00-03:00 UTC\"");
    }

    @Test
    void a_window_without_days_is_refused() {
        assertThatThrownBy(() -> new WeeklyTimes(Set.of(), LocalTime.NOON, LocalTime.NOON, ZoneOffset.UTC))
                .hasMessage("weekly times: got no day, wanted at least one");
    }

    private static void assertOpens(String text, Instant from, Instant opens, Duration length) {
        MaintenanceWindow window = MaintenanceWindow.parse(text + " Europe/Berlin");
        assertThat(window.nextOpeningFrom(from)).isEqualTo(opens);
        assertThat(window.isOpenAt(opens.minusSeconds(1))).isFalse();
        assertThat(window.isOpenAt(opens.plus(length).minusSeconds(1))).isTrue();
        assertThat(window.isOpenAt(opens.plus(length))).isFalse();
    }
}
