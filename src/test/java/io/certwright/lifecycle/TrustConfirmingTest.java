package io.certwright.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.lifecycle.TrustConfirming.Confirmed;
import io.certwright.lifecycle.TrustReporting.Reported;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.TestWish;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientHost;
import io.certwright.trust.ClientReport;
import io.certwright.trust.ConfirmedShare;
import io.certwright.trust.ExpectedClients;
import io.certwright.trust.UpdateSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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

    private ClientGroup counting(String... hosts) {
        ClientGroup counting = new ClientGroup(
                group.name(),
                true,
                group.waitingTime(),
                group.retireAfter(),
                List.of(),
                group.publishTo(),
                UpdateSource.UNKNOWN,
                Optional.of(ExpectedClients.of(
                        Stream.of(hosts).map(ClientHost::new).toList(), Optional.of(ConfirmedShare.parse("60%")))));
        bench.wishes.put(counting);
        return counting;
    }

    private ClientReport has(String host) throws Exception {
        String packageName = ClientReport.nameOf(
                bench.stored().trust().findPresent(group.name()).orElseThrow());
        return new ClientReport(new ClientHost(host), packageName, true, "", bench.clock.instant());
    }

    @Test
    void enough_reports_end_the_wait_and_too_few_do_not() throws Exception {
        ClientGroup counting = counting("pc1", "pc2", "pc3");
        bench.renewed();
        bench.untilDue();
        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.Waiting.class);

        assertThat(bench.story()
                        .reporting()
                        .record(counting, List.of(has("pc1"), has("stranger")), "report.csv")
                        .orElseThrow()
                        .confirmed())
                .isEmpty();
        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.Waiting.class);

        Reported enough = bench.story()
                .reporting()
                .vouchFor(counting, List.of(new ClientHost("pc2")), "anna")
                .orElseThrow();

        assertThat(enough.confirmed().orElseThrow().trust().reason()).isEqualTo("confirmed by 2 of 3 expected hosts");
        assertThat(enough.confirmed().orElseThrow().goingOn()).containsExactly(StoryBench.WSUS);
        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.Renewed.class);
    }

    @Test
    void reports_of_the_package_before_do_not_end_the_wait_for_this_one() throws Exception {
        ClientGroup counting = counting("pc1");
        bench.renewed();
        bench.story().reporting().record(counting, List.of(has("pc1")), "old.csv");
        bench.untilDue();
        assertThat(bench.renew()).isInstanceOf(RenewalOutcome.Waiting.class);

        Reported nothingNew = bench.story()
                .reporting()
                .record(counting, List.of(), "empty.csv")
                .orElseThrow();

        assertThat(nothingNew.coverage().lacking()).hasSize(1);
        assertThat(nothingNew.confirmed()).isEmpty();
    }

    @Test
    void nobody_can_have_what_was_never_published() throws Exception {
        assertThat(bench.story().reporting().record(group, List.of(), "report.csv"))
                .isEmpty();
    }
}
