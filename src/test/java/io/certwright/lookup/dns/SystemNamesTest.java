package io.certwright.lookup.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.IpAddress;
import io.certwright.lookup.NameResolution;
import io.certwright.lookup.Observation.NameUnknown;
import io.certwright.lookup.Observation.Resolved;
import io.certwright.testing.MovableClock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SystemNamesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final DnsName NAME = DnsName.parse("wsus.contoso.com");

    private final MovableClock clock = new MovableClock(NOW);

    private SystemNames names(NameResolution.Source source) {
        return new SystemNames(source, clock);
    }

    @Test
    void tells_all_addresses_of_a_name() {
        SystemNames names = names(host ->
                new InetAddress[] {InetAddress.getByAddress(new byte[] {10, 0, 0, 1}), InetAddress.getByName("fd00::1")
                });

        assertThat(names.look(NAME))
                .isEqualTo(new Resolved(NAME, List.of(IpAddress.parse("10.0.0.1"), IpAddress.parse("fd00::1")), NOW));
    }

    @Test
    void tells_a_name_that_does_not_exist_from_a_server_that_could_not_say() {
        SystemNames unknown = names(host -> {
            throw new UnknownHostException(host + ": Name or service not known");
        });
        SystemNames troubled = names(host -> {
            throw new UnknownHostException(host + ": Temporary failure in name resolution");
        });

        assertThat(unknown.look(NAME)).isEqualTo(new Resolved(NAME, List.of(), NOW));
        assertThat(troubled.look(NAME)).isEqualTo(new NameUnknown(NAME, "the DNS server could not say", NOW));
    }

    @Test
    void what_the_jdk_remembers_of_a_server_that_could_not_say_is_no_answer() {
        AtomicInteger asked = new AtomicInteger();
        SystemNames names = names(host -> {
            throw new UnknownHostException(
                    asked.getAndIncrement() == 0 ? host + ": Temporary failure in name resolution" : host);
        });
        NameUnknown unsaid = new NameUnknown(NAME, "the DNS server could not say", NOW);

        assertThat(names.look(NAME)).isEqualTo(unsaid);
        clock.advance(Duration.ofSeconds(10));
        assertThat(names.look(NAME)).isEqualTo(new NameUnknown(NAME, unsaid.why(), clock.instant()));
        clock.advance(Duration.ofSeconds(1));
        assertThat(names.look(NAME)).isEqualTo(new Resolved(NAME, List.of(), clock.instant()));
    }

    @Test
    @Tag("long")
    void asks_nobody_for_a_minute_after_an_answer_that_did_not_come() {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        SystemNames names = names(host -> {
            asked.incrementAndGet();
            try {
                never.await();
            } catch (InterruptedException givenUp) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        });

        assertThat(names.look(NAME)).isEqualTo(new NameUnknown(NAME, "name resolution did not answer within 5 s", NOW));
        assertThat(names.look(NAME))
                .isEqualTo(new NameUnknown(NAME, "name resolution did not answer a moment ago", NOW));
        assertThat(asked).hasValue(1);
        clock.advance(Duration.ofSeconds(61));
        names.look(NAME);
        assertThat(asked).hasValue(2);
    }
}
