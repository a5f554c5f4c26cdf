package io.certwright.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.Thumbprint;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.TestDatabase;
import io.certwright.windows.simulated.Mishap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program killed by SIGKILL at each call of a command that changes a server, before and after the call's effect. The server goes on.
 * The same command again, in a new process, ends with exit code 0 and the wished state; so does a renewal in between.
 */
final class KilledCommandsTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final String[] RENEW = {"renew", "demo", "--force", "--accept-untrusting-clients"};
    private static final String[] APPLY = {"wsus", "apply", "demo", "--accept-untrusting-clients"};
    private static final String[] UNDO = {"wsus", "undo", "demo"};

    @TempDir
    Path folder;

    private final Map<String, Integer> counts = new TreeMap<>();
    private KilledHouse house;

    @BeforeEach
    void open() throws Exception {
        DATABASE.empty();
        DATABASE.database().update("delete from wsus_switch");
        house = new KilledHouse(DATABASE.address(), folder);
        assertThat(house.run(RENEW)).isZero();
        house.trustOwnRoot();
    }

    @AfterEach
    void shut() throws Exception {
        house.close();
    }

    /** A call and the side of its effect at which the process dies. */
    private record Moment(Mishap mishap, String call) {
        static Moment at(int number, String call, boolean afterEffect) {
            return new Moment(Mishap.atCall(number, afterEffect, Mishap.Kind.CONNECTION_LOST), call);
        }

        static Moment afterFirst(String call) {
            return new Moment(Mishap.at(call, true, Mishap.Kind.CONNECTION_LOST), call);
        }

        @Override
        public String toString() {
            return call + (mishap.afterEffect() ? " after" : " before") + " its effect";
        }
    }

    /** Calls that only look have no effect to be before or after. */
    private static List<Moment> momentsOf(List<String> called) {
        List<Moment> moments = new ArrayList<>();
        for (int number = 0; number < called.size(); number++) {
            moments.add(Moment.at(number, called.get(number), false));
            if (!called.get(number).startsWith("Get-")) {
                moments.add(Moment.at(number, called.get(number), true));
            }
        }
        return moments;
    }

    private List<String> callsOf(String... command) {
        int before = house.server.called().size();
        done(command);
        return house.server.called().subList(before, house.server.called().size());
    }

    private void done(String... command) {
        assertThat(house.run(command))
                .as(() -> String.join(" ", command) + ": " + house.lastWords())
                .isZero();
    }

    private void kill(Moment moment, String... command) {
        assertThat(house.runKilledAt(moment.mishap(), command))
                .as(() -> "call " + moment.mishap().skip() + ", " + moment + ": " + house.lastWords())
                .isTrue();
        assertThat(house.lastCall()).as("%s", moment).isEqualTo(moment.call());
    }

    private void count(String command, Moment moment, String what) {
        counts.merge(command + " killed at " + moment + ", " + what, 1, Integer::sum);
    }

    private void killRenewals(List<Moment> moments) {
        for (Moment moment : moments) {
            Optional<Thumbprint> old = house.served();
            kill(moment, RENEW);
            assertThat(house.served()).as("%s", moment).isPresent();
            String then = house.served().equals(old) ? "old" : "new";
            done(RENEW);
            assertThat(house.served()).as("%s", moment).isPresent().isNotEqualTo(old);
            count("renew", moment, "the " + then + " certificate served; then 0, the wished one");
        }
    }

    private void killSwitches(List<Moment> applying, List<Moment> undoing) {
        for (Moment moment : applying) {
            killAndRepeat(moment, "wished", APPLY);
            assertThat(house.isRestarted()).as("%s", moment).isTrue();
            goBack();
        }
        for (Moment moment : undoing) {
            done(APPLY);
            killAndRepeat(moment, "old", UNDO);
        }
    }

    private void killAndRepeat(Moment moment, String wanted, String... command) {
        kill(moment, command);
        String then = house.tls();
        done(command);
        assertThat(house.tls()).as("%s", moment).isEqualTo(wanted);
        count(command[1], moment, "in the " + then + " state; then 0, the " + wanted + " one");
    }

    /** Where something was changed, the host was locked, for longer than a renewal waits. */
    private void renewAfterKilledSwitches(List<Moment> moments) throws LifecycleException {
        for (Moment moment : moments) {
            if (!house.tls().equals("old")) {
                goBack();
            }
            Optional<Thumbprint> old = house.served();
            kill(moment, APPLY);
            assertThat(holders()).as("%s", moment).singleElement().asString().startsWith("wsus apply (process ");
            done(RENEW);
            assertThat(house.served()).as("%s", moment).isPresent().isNotEqualTo(old);
            done(APPLY);
            assertThat(house.tls()).as("%s", moment).isEqualTo("wished");
            count("apply", moment, "the host locked; then 0 of a renewal, and 0, the wished state");
        }
    }

    private void goBack() {
        done(UNDO);
        assertThat(house.tls()).isEqualTo("old");
    }

    private List<String> holders() throws LifecycleException {
        return DATABASE.database()
                .list("select holder from host_lock where held_until > now()", row -> row.text("holder"));
    }

    private void print() {
        System.out.println("Commands killed, by what was there and what came of the same command again:");
        counts.forEach((what, times) -> System.out.println(times + "  " + what));
        System.out.println(house.repeats() + "  runs repeated because no connection to the database came about");
    }

    @Test
    void a_renewal_and_a_switch_killed_in_the_middle_hold_nobody_up_and_are_completed_by_the_same_command()
            throws LifecycleException {
        killRenewals(List.of(Moment.afterFirst("Set-BindingCertificate")));
        renewAfterKilledSwitches(List.of(Moment.afterFirst("Set-SslFlags")));
        print();
    }

    @Test
    @Tag("long")
    void a_renewal_killed_at_any_call_is_completed_by_the_same_command() {
        killRenewals(momentsOf(callsOf(RENEW)));
        print();
    }

    @Test
    @Tag("long")
    void a_switch_to_tls_and_the_way_back_killed_at_any_call_are_completed_by_the_same_command() {
        killSwitches(momentsOf(callsOf(APPLY)), momentsOf(callsOf(UNDO)));
        print();
    }

    @Test
    @Tag("long")
    void a_renewal_does_not_wait_for_a_switch_that_was_killed_after_any_change() throws LifecycleException {
        List<Moment> changing = new ArrayList<>(momentsOf(callsOf(APPLY)));
        changing.removeIf(moment -> !moment.mishap().afterEffect());
        renewAfterKilledSwitches(changing);
        print();
    }
}
