package io.certwright.windows.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.certwright.testing.MovableClock;
import io.certwright.windows.HostCall.Event;
import io.certwright.windows.HostCall.GetRecentEvents;
import io.certwright.windows.simulated.FreshWsus;
import io.certwright.windows.simulated.Mishap;
import io.certwright.windows.simulated.SimulatedServer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** On the simulated server. */
class EventLogTest {
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-29T00:00:00Z"));
    private final SimulatedServer server =
            FreshWsus.on(new SimulatedServer("here", 20348, clock, new SecureRandom()), 8530, 8531);
    private final EventLog log = log();

    private EventLog log() {
        return new EventLog(server.host(), clock, new EventLog.Terms(Level.DEBUG, Duration.ofSeconds(20)));
    }

    /** Closing waits until all is written. */
    private List<Event> written() throws Exception {
        log.close();
        return server.host().perform(new GetRecentEvents("Certwright", 100_000)).events();
    }

    @Test
    void an_outcome_is_an_event_with_its_id() throws Exception {
        log.write("certificate wsus01", HostEvent.RENEWED, "renewed: Grüße an “WSUS”\nand more");

        assertThat(written())
                .extracting(Event::id, Event::level, Event::message)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        100, 4, "certificate wsus01: renewed: Grüße an “WSUS”\\u000aand more"));
    }

    @Test
    void what_happens_again_is_written_once_a_day() throws Exception {
        for (int i = 0; i < 500; i++) {
            log.write("certificate a", HostEvent.FAILED, "try " + i);
            clock.advance(Duration.ofMinutes(3));
        }

        assertThat(written())
                .extracting(Event::message)
                .containsExactlyInAnyOrder("certificate a: try 0", "certificate a: try 480");
    }

    @Test
    void after_a_renewal_a_failure_is_news_again() throws Exception {
        log.write("certificate a", HostEvent.FAILED, "first");
        log.write("certificate a", HostEvent.RENEWED, "well");
        log.write("certificate a", HostEvent.FAILED, "second");

        assertThat(written()).hasSize(3);
    }

    @Test
    void of_a_thousand_at_once_a_hundred_are_written_and_the_last_says_so() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            log.write("certificate c" + i, HostEvent.FAILED, "the CA is down");
        }
        log.close();

        assertThat(server.called().stream().filter("Write-HostEvent"::equals)).hasSize(100);
        assertThat(written().get(0).message())
                .isEqualTo(
                        "certificate c99: the CA is down (More in this hour is not written here: see \"certwright list\" and the"
                                + " service's own log.)");
    }

    @Test
    void a_log_that_takes_nothing_stops_nobody() {
        server.plan(Mishap.at("Write-HostEvent", false, Mishap.Kind.ERROR));

        assertThatCode(() -> {
                    log.write("certificate a", HostEvent.RENEWED, "well");
                    log.close();
                    log.write("certificate a", HostEvent.RENEWED, "after the end");
                })
                .doesNotThrowAnyException();
    }
}
