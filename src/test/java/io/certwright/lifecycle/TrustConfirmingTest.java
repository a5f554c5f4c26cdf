package io.certwright.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.lifecycle.TrustConfirming.Confirmed;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.TestWish;
import io.certwright.trust.ClientGroup;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TrustConfirmingTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private StoryBench bench;
    private ClientGroup group;

    @BeforeEach
    void set() throws Exception {
        bench = new StoryBench(DATABASE);
        group = bench.group("wsus-clients", true, Duration.ofDays(14));
        bench.inForce(TestWish.named("wsus01").boundTo(bench.web).forClients("wsus-clients"));
    }

    @Test
    void has_nothing_to_confirm_before_anything_is_published() throws Exception {
        assertThat(bench.story().confirming().confirm(group, "anna")).isEmpty();
    }

    @Test
    void ends_the_wait_of_a_renewal_for_its_clients_for_good() throws Exception {
        bench.renewed();
        bench.untilDue();
        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.Waiting.class);

        Confirmed confirmed = bench.story().confirming().confirm(group, "anna").orElseThrow();

        assertThat(confirmed.goingOn()).containsExactly(StoryBench.WSUS);
        assertThat(confirmed.trust().effectiveFrom()).isEqualTo(bench.clock.instant());
        assertThat(confirmed.trust().reason()).isEqualTo("confirmed by anna");
        assertThat(bench.stored().looks().listDue(bench.clock.instant(), 10)).containsExactly(StoryBench.WSUS);
        bench.story().nextLook().replanAll(bench.clock.instant());
        assertThat(bench.stored().looks().listDue(bench.clock.instant(), 10)).containsExactly(StoryBench.WSUS);
        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.Renewed.class);
    }

    @Test
    void leaves_alone_what_does_not_wait() throws Exception {
        bench.renewed();

        assertThat(bench.story()
                        .confirming()
                        .confirm(group, "anna")
                        .orElseThrow()
                        .goingOn())
                .isEmpty();
    }
}
