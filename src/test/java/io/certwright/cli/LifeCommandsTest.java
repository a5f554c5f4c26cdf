package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.alert.Alert;
import io.certwright.alert.AlertKey;
import io.certwright.alert.AlertKind;
import io.certwright.alert.OutboxEntry;
import io.certwright.certificate.Thumbprint;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.testing.FakeBinding;
import io.certwright.testing.ScriptedIssuer;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.TestWish;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code show}, {@code why}, {@code bind}, {@code rollback}, {@code retire}, {@code revoke}. */
class LifeCommandsTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private StoryBench bench;
    private BenchHouse house;

    @BeforeEach
    void setUp() throws LifecycleException {
        bench = new StoryBench(DATABASE);
        house = new BenchHouse(bench, DATABASE);
        bench.wishInForce();
    }

    @Test
    void why_says_when_and_why_then() throws LifecycleException {
        StoredCertificate current = bench.renewed();

        Run run = house.run("why", "wsus01");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .startsWith("wsus01  renews 2026-04-30 ")
                .contains(
                        ": 66% of its lifetime\n",
                        "  in use  " + current.certificate().thumbprint());
    }

    @Test
    void why_names_the_failure_and_the_next_try() {
        bench.issuer.then(ScriptedIssuer.fails(FailureKind.UNREACHABLE, "the CA is out of reach"));
        bench.renew();

        Run run = house.run("why", "wsus01");

        assertThat(run.out())
                .startsWith("wsus01  is being renewed, and will be tried again\n")
                .contains("at stage KEY_READY, because there is none yet")
                .contains("Failed: the CA is out of reach")
                .contains("  next try  2026-03-02 ", "in 1m\n");
    }

    @Test
    void why_tells_scripts_the_same() {
        bench.issuer.then(ScriptedIssuer.pending("7", Duration.ofHours(1), "taken under submission"));
        bench.renew();

        assertThat(house.run("why", "wsus01", "--json").out())
                .isEqualTo("{\"certificates\":[{\"name\":\"wsus01\",\"dns\":[\"wsus01.contoso.com\"],\"ips\":[],"
                        + "\"issuer\":\"lab\",\"managed\":true,\"stage\":\"REQUESTED\",\"dueAt\":\"2026-03-02T10:00:00Z\","
                        + "\"dueReason\":\"FIRST\",\"waitingFor\":\"taken under submission\","
                        + "\"waitingUntil\":\"2026-03-02T11:00:00Z\",\"lastOutcome\":\"Waiting\","
                        + "\"message\":\"waiting: taken under submission\"}]}\n");
    }

    @Test
    void why_of_an_unknown_name_is_wrong_usage() {
        assertThat(house.run("why", "wsus02").err())
                .isEqualTo(
                        "certwright: certificate \"wsus02\": there is none of this name in the settings or on record; did you mean \"wsus01\"?\n");
    }

    @Test
    void show_has_the_whole_of_it() throws LifecycleException {
        StoredCertificate current = bench.renewed();

        Run run = house.run("show", "wsus01");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains(
                        "wish\n  names    wsus01.contoso.com\n",
                        "  issuer   lab\n",
                        "  key      P-256, origin SERVICE\n")
                .contains("bindings\n  fake:web  " + current.certificate().thumbprint() + ", valid until ")
                .contains("history\n", "FIRST", "VERIFIED", "Renewed: renewed: ");
        assertThat(house.run("show", "wsus01", "--json").out())
                .contains(
                        "\"bindings\":[{\"name\":\"fake:web\",\"endpoints\":[\"web.contoso.com:443\"],\"thumbprint\":\""
                                + current.certificate().thumbprint() + "\"}]",
                        "\"renewals\":[{\"reason\":\"FIRST\"",
                        "\"inventory\":[{\"serial\":\"");
    }

    @Test
    void show_goes_on_where_a_host_says_nothing() throws LifecycleException {
        bench.renewed();
        bench.web.unreadable(true);

        Run run = house.run("show", "wsus01");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("  fake:web  host local: does not say what is bound\n");
    }

    @Test
    void bind_says_what_was_restored() throws LifecycleException {
        bench.renewed();
        house.run("issue", "wsus01");
        bench.web.with(FakeBinding.Fault.SERVES_THE_OLD_ONE);

        assertThat(house.run("bind", "wsus01").exit()).isEqualTo(7);
    }

    @Test
    void rollback_puts_the_previous_one_back_and_bind_the_newer_one_again() throws LifecycleException {
        StoredCertificate first = bench.renewed();
        bench.untilDue();
        StoredCertificate second = bench.renewed();

        Run run = house.run("rollback", "wsus01");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .endsWith(
                        "wsus01  rolled back to the previous certificate; \"certwright bind wsus01\" binds the newer one again\n");
        assertThat(served()).isEqualTo(first.certificate().thumbprint());

        assertThat(house.run("bind", "wsus01").exit()).isZero();
        assertThat(served()).isEqualTo(second.certificate().thumbprint());
    }

    @Test
    void rollback_without_a_switch_over_fails_with_a_sentence() {
        Run run = house.run("rollback", "wsus01");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out())
                .isEqualTo("wsus01  certificate wsus01: cannot go back: no switch-over of it is on record\n");
    }

    @Test
    void retire_takes_the_old_one_away_once() throws LifecycleException {
        StoredCertificate first = bench.renewed();
        bench.untilDue();
        bench.renewed();

        assertThat(house.run("retire", "wsus01").out())
                .startsWith(
                        "wsus01  retired " + first.certificate().thumbprint().abbreviated() + "…, valid until ");
        assertThat(bench.web.journal()).contains("forget " + FakeBinding.brief(first.certificate()));
        assertThat(house.run("retire", "wsus01").out())
                .isEqualTo("wsus01  nothing to retire: no predecessor is left that is bound nowhere\n");
    }

    @Test
    void revoke_without_a_reason_lists_the_reasons() {
        Run run = house.run("revoke", "wsus01");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo(
                        "certwright: revoke wsus01: --reason is missing; give one of unspecified, key-compromise, affiliation-changed, "
                                + "superseded, cessation-of-operation, privilege-withdrawn (RFC 5280, 5.3.1)\n");
    }

    @Test
    void revoke_replaces_what_is_served_first() throws LifecycleException {
        StoredCertificate old = bench.renewed();

        Run run = house.run("revoke", "wsus01", "--reason", "keyCompromise");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains("wsus01  revoked " + old.certificate().thumbprint().abbreviated() + "…, serial "
                        + old.certificate().serial() + ", reason key-compromise\n");
        assertThat(bench.issuer.revoked()).containsExactly(old.certificate());
        assertThat(served()).isNotEqualTo(old.certificate().thumbprint());
    }

    @Test
    void revoke_of_one_issued_by_hand_replaces_nothing(@TempDir Path folder) {
        house.run("issue", "--dns", "a.contoso.com", "--issuer", "lab", "--out", folder.toString());

        assertThat(house.run("revoke", "a.contoso.com", "--reason", "superseded")
                        .exit())
                .isZero();
        assertThat(bench.issuer.revoked()).hasSize(1);
        assertThat(bench.issuer.asked()).hasSize(1);
        assertThat(house.run("list").out()).contains("revoked");
    }

    @Test
    void list_shows_wishes_certificates_and_open_renewals() throws LifecycleException {
        bench.renewed();
        bench.inForce(TestWish.named("early"));
        bench.issuer.then(ScriptedIssuer.pending("7", Duration.ofHours(1), "taken under submission"));
        bench.inForce(TestWish.named("late").dns("late.contoso.com", "later.contoso.com"));
        house.run("renew", "late");

        assertThat(house.run("list").out().lines().map(line -> line.replaceAll(" {2,}", "|")))
                .containsExactly(
                        "NAME|NAMES|ISSUER|EXPIRES|DUE|STATE|WAITING FOR",
                        "early|early.contoso.com|lab|-|now|none yet",
                        "late|late.contoso.com +1|lab|-|now|renewing, requested|taken under submission",
                        "wsus01|wsus01.contoso.com|lab|in 90d 0h|2026-04-30|in use");
    }

    @Test
    void list_says_that_alerts_were_given_up() throws LifecycleException {
        bench.wishInForce();
        var outbox = bench.stored().outbox();
        outbox.offer(
                Alert.of(
                        AlertKey.of("wsus01", AlertKind.DENIED, "r1"),
                        "wsus01: denied",
                        "",
                        "",
                        List.of(),
                        bench.clock.instant()),
                TestWish.ADMINS);
        outbox.givenUp(outbox.listOpen().stream().map(OutboxEntry::id).toList(), "no such mailbox");

        assertThat(house.run("list").err())
                .contains("An alert was given up, because nobody took the mail: certwright alerts list");
        assertThat(house.run("list", "--json").out()).contains("\"alertsGivenUp\":1");
    }

    @Test
    void list_tells_scripts_all_there_is() throws LifecycleException {
        StoredCertificate current = bench.renewed();

        assertThat(house.run("list", "--json").out())
                .isEqualTo(
                        "{\"certificates\":[{\"name\":\"wsus01\",\"dns\":[\"wsus01.contoso.com\"],\"ips\":[],\"serial\":\""
                                + current.certificate().serial().hex() + "\",\"thumbprint\":\""
                                + current.certificate().thumbprint().hex() + "\",\"sha256\":\""
                                + current.certificate().sha256().hex()
                                + "\",\"notBefore\":\"2026-03-02T10:00:00Z\",\"notAfter\":\"2026-05-31T10:00:00Z\",\"daysLeft\":90,"
                                + "\"revoked\":false,\"issuer\":\"lab\",\"managed\":true,\"stage\":\"VERIFIED\","
                                + "\"dueAt\":\"2026-04-30T19:36:00Z\",\"dueReason\":\"NEARING_EXPIRY\",\"lastOutcome\":\"Renewed\","
                                + "\"bindings\":[\"fake:web\"]}],\"alertsGivenUp\":0}\n");
    }

    @Test
    void list_pages_by_name() {
        for (String name : new String[] {"a", "B", "c-1", "c", "d"}) {
            bench.inForce(TestWish.named(name));
        }
        house.run("renew", "a", "c", "d");

        Run first = house.run("list", "--limit", "3");
        assertThat(first.out().lines().skip(1).map(line -> line.split(" ", 2)[0]))
                .containsExactly("B", "a", "c");
        assertThat(first.err()).isEqualTo("There are more: certwright list --after c --limit 3\n");

        Run second = house.run("list", "--limit", "9", "--after", "c");
        assertThat(second.out().lines().skip(1).map(line -> line.split(" ", 2)[0]))
                .containsExactly("c-1", "d", "wsus01");
        assertThat(second.err()).isEmpty();
    }

    private Thumbprint served() {
        return Thumbprint.of(bench.web.served().orElseThrow().leaf());
    }
}
