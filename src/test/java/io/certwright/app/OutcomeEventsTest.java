package io.certwright.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.CertificateName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.OutcomeWitness;
import io.certwright.lifecycle.Story;
import io.certwright.lifecycle.record.Hold;
import io.certwright.lifecycle.record.HoldKind;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestDatabase;
import io.certwright.windows.HostCall.Event;
import io.certwright.windows.HostCall.GetRecentEvents;
import io.certwright.windows.eventlog.EventLog;
import io.certwright.windows.eventlog.HostEvent;
import io.certwright.windows.simulated.FreshWsus;
import io.certwright.windows.simulated.SimulatedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.event.Level;

/** Of stories with a real database, in the log of a simulated server. */
class OutcomeEventsTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @Test
    void a_renewal_is_an_event_of_the_machine() throws Exception {
        StoryBench bench = new StoryBench(DATABASE);
        bench.wishInForce();
        SimulatedServer here =
                FreshWsus.on(new SimulatedServer("here", 20348, bench.clock, new SecureRandom()), 8530, 8531);

        try (EventLog log =
                new EventLog(here.host(), bench.clock, new EventLog.Terms(Level.WARN, Duration.ofSeconds(20)))) {
            new Story(bench.ports(), new OutcomeEvents(log)).lifecycle().renew(StoryBench.WSUS);
        }

        List<Event> events =
                here.host().perform(new GetRecentEvents("Certwright", 60)).events();
        assertThat(events).hasSize(1);
        assertThat(events.get(0).id()).isEqualTo(100);
        assertThat(events.get(0).message()).startsWith("certificate wsus01: renewed: ");
    }

    @Test
    void each_outcome_has_its_event_as_the_table_in_the_documentation_says() throws Exception {
        String documented = Files.readString(Path.of("docs/windows.md"));

        for (HostEvent event : HostEvent.values()) {
            assertThat(documented)
                    .contains("| " + event.id() + " | " + event.kind().name().toLowerCase(Locale.ROOT) + " | ");
        }
        assertThat(OutcomeEvents.find(
                        new RenewalOutcome.Failed(new LifecycleException(FailureKind.UNREACHABLE, "X", "x"))))
                .contains(HostEvent.FAILED);
        assertThat(OutcomeEvents.find(new RenewalOutcome.DeniedByCa("no"))).contains(HostEvent.DENIED);
        assertThat(OutcomeEvents.find(new RenewalOutcome.Rejected(List.of()))).contains(HostEvent.REJECTED);
        assertThat(OutcomeEvents.find(new RenewalOutcome.NotDue("later", Instant.EPOCH)))
                .isEmpty();
    }

    @Test
    void a_host_that_is_busy_for_a_minute_is_none() {
        assertThat(OutcomeEvents.find(waiting(HoldKind.BUSY_HOST))).isEmpty();
        assertThat(OutcomeEvents.find(waiting(HoldKind.APPROVAL))).contains(HostEvent.WAITING);
    }

    private static RenewalOutcome waiting(HoldKind kind) {
        return new RenewalOutcome.Waiting(Hold.until(kind, Instant.EPOCH, "for a while"));
    }

    @Test
    void elsewhere_than_on_windows_nothing_is_written() {
        try (OwnEvents events = OwnEvents.find(Map.of("PATH", "/bin"), Clock.systemUTC(), true)) {
            events.saw(CertificateName.of("a"), new RenewalOutcome.DeniedByCa("no"));

            assertThat(events.witness()).isSameAs(OutcomeWitness.NONE);
        }
    }
}
