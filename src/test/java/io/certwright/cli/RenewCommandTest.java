package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.ScriptedIssuer;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.TestWish;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RenewCommandTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private StoryBench bench;
    private BenchHouse house;

    @BeforeEach
    void setUp() throws LifecycleException {
        bench = new StoryBench(DATABASE);
        house = new BenchHouse(bench, DATABASE);
    }

    @Test
    void tells_the_story_of_one_step_by_step() throws LifecycleException {
        bench.wishInForce();

        Run run = house.run("renew", "wsus01");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains("  key ", "  issue ", "  check ", "  store ", "  bind ", "  prove ")
                .contains("wsus01  renewed: "
                        + bench.inUse().certificate().thumbprint().abbreviated() + "…");
    }

    @Test
    void says_when_it_is_due_and_renews_nothing_before() {
        bench.wishInForce();
        house.run("renew", "wsus01");

        Run run = house.run("renew", "wsus01");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .isEqualTo("wsus01  not renewed: expires in 90d 0h, due 2026-04-30 (66% of its lifetime)\n");
        assertThat(bench.issuer.asked()).hasSize(1);
    }

    @Test
    void renews_by_force_though_not_due() {
        bench.wishInForce();
        house.run("renew", "wsus01");

        assertThat(house.run("renew", "wsus01", "--force").exit()).isZero();
        assertThat(bench.issuer.asked()).hasSize(2);
    }

    @Test
    void guesses_which_name_was_meant() {
        bench.wishInForce();

        Run run = house.run("renew", "wsus10");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo(
                        "certwright: certificate \"wsus10\": there is none of this name in the settings; did you mean \"wsus01\"?\n");
    }

    @Test
    void wants_names_or_all_due_and_not_both() {
        assertThat(house.run("renew").err())
                .isEqualTo("certwright: renew: nothing to renew is named; give names of certificates or --all-due\n");
        assertThat(house.run("renew", "a", "--all-due").exit()).isEqualTo(2);
        assertThat(house.run("renew", "--force", "--all-due").exit()).isEqualTo(2);
    }

    @Test
    void stops_no_other_where_one_fails_and_sums_up() {
        bench.add(new ScriptedIssuer("broken", bench.ca, bench.clock)
                .then(ScriptedIssuer.fails(FailureKind.UNREACHABLE, "the CA is out of reach")));
        bench.add(new ScriptedIssuer("slow", bench.ca, bench.clock)
                .then(ScriptedIssuer.pending("7", Duration.ofHours(1), "taken under submission")));
        for (int i = 0; i < 5; i++) {
            bench.inForce(TestWish.named("good" + i));
        }
        bench.inForce(TestWish.named("bad").from("broken"));
        bench.inForce(TestWish.named("late").from("slow"));

        Run run = house.run("renew", "--all-due");

        assertThat(run.exit()).isEqualTo(5);
        assertThat(run.out())
                .contains("bad  the CA is out of reach\n")
                .contains("late  waiting: taken under submission\n")
                .endsWith("5 renewed, 1 waiting, 1 failed, 0 not due\n");
    }

    @Test
    void leaves_alone_what_is_to_be_tried_later_when_all_are_asked_for() {
        bench.issuer.then(ScriptedIssuer.fails(FailureKind.UNREACHABLE, "the CA is out of reach"));
        bench.inForce(TestWish.named("one"));
        assertThat(house.run("renew", "--all-due").exit()).isEqualTo(5);

        Run again = house.run("renew", "--all-due");
        assertThat(again.exit()).isEqualTo(5);
        assertThat(again.out()).startsWith("one  the CA is out of reach; goes on 2026-03-02 ");
        assertThat(bench.issuer.asked()).hasSize(1);

        bench.clock.advance(Duration.ofMinutes(2));
        assertThat(house.run("renew", "--all-due").exit()).isZero();
        assertThat(bench.issuer.asked()).hasSize(2);
    }

    @Test
    void waiting_is_six_for_a_named_one_and_zero_for_all() {
        bench.issuer.then(ScriptedIssuer.pending("7", Duration.ofHours(1), "taken under submission"));
        bench.inForce(TestWish.named("one"));

        assertThat(house.run("renew", "one").exit()).isEqualTo(6);
        assertThat(house.run("renew", "--all-due").exit()).isZero();
    }

    @Test
    void names_the_violations_of_what_is_refused() {
        bench.issuer.then(bench.issuer.issues(draft -> draft.noSan()));
        bench.inForce(TestWish.named("one"));

        Run run = house.run("renew", "one", "--json");

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out())
                .startsWith(
                        "{\"certificates\":[{\"name\":\"one\",\"dns\":[\"one.contoso.com\"],\"ips\":[],\"issuer\":\"lab\","
                                + "\"lastOutcome\":\"Rejected\"")
                .contains("\"violations\":[{\"code\":\"")
                .endsWith("\"summary\":{\"failed\":1,\"notDue\":0,\"renewed\":0,\"waiting\":0}}\n");
    }

    @Test
    void a_dry_run_changes_nothing() throws LifecycleException {
        bench.wishInForce();

        Run run = house.run("renew", "wsus01", "--dry-run");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .startsWith("wsus01\n  due now: there is no certificate yet\n")
                .contains("  binding: fake:web from no certificate to the new certificate");
        assertThat(bench.open()).isEmpty();
        assertThat(bench.web.journal()).isEmpty();
    }
}
