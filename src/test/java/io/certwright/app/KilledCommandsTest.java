package io.certwright.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.Thumbprint;
import io.certwright.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program killed by SIGKILL at each call of a command that changes a server, before and after the call's effect. The server goes on.
 * The same command again, in a new process, ends with exit code 0 and the wished state.
 */
final class KilledCommandsTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final long SEED = 20_261_129;
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
    private record Moment(int call, boolean afterEffect) {}

    /** Calls that only look have no effect to be before or after. */
    private static List<Moment> momentsOf(List<String> called) {
        List<Moment> moments = new ArrayList<>();
        for (int call = 0; call < called.size(); call++) {
            moments.add(new Moment(call, false));
            if (!called.get(call).startsWith("Get-")) {
                moments.add(new Moment(call, true));
            }
        }
        return moments;
    }

    private List<String> callsOf(String... command) {
        int before = house.server.called().size();
        assertThat(house.run(command)).isZero();
        return house.server.called().subList(before, house.server.called().size());
    }

    private static List<Moment> some(List<Moment> all, int most) {
        List<Moment> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(SEED));
        return shuffled.subList(0, Math.min(most, shuffled.size()));
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    private void killRenewals(int most) {
        List<Moment> moments = some(momentsOf(callsOf(RENEW)), most);
        for (Moment moment : moments) {
            Optional<Thumbprint> old = house.served();
            assertThat(house.runKilledAt(moment.call(), moment.afterEffect(), RENEW))
                    .as("%s", moment)
                    .isTrue();
            assertThat(house.served()).as("%s", moment).isPresent();
            String then = house.served().equals(old) ? "old" : "new";
            assertThat(house.run(RENEW)).as("%s", moment).isZero();
            assertThat(house.served()).as("%s", moment).isPresent().isNotEqualTo(old);
            count("renew: killed with the " + then + " one served, then 0 and the wished one");
        }
    }

    private void killSwitches(int most) {
        List<Moment> applying = some(momentsOf(callsOf(APPLY)), most);
        List<Moment> undoing = some(momentsOf(callsOf(UNDO)), most);
        for (Moment moment : applying) {
            killAndRepeat(moment, "wished", APPLY);
            assertThat(house.isRestarted()).as("%s", moment).isTrue();
            assertThat(house.run(UNDO)).as("%s", moment).isZero();
            assertThat(house.tls()).as("%s", moment).isEqualTo("old");
        }
        for (Moment moment : undoing) {
            assertThat(house.run(APPLY)).as("%s", moment).isZero();
            killAndRepeat(moment, "old", UNDO);
        }
    }

    private void killAndRepeat(Moment moment, String wanted, String... command) {
        assertThat(house.runKilledAt(moment.call(), moment.afterEffect(), command))
                .as("%s", moment)
                .isTrue();
        String then = house.tls();
        assertThat(house.run(command)).as("%s", moment).isZero();
        assertThat(house.tls()).as("%s", moment).isEqualTo(wanted);
        count(command[1] + ": killed in the " + then + " state, then 0 and the " + wanted + " one");
    }

    private void print() {
        System.out.println("Commands killed, by what was there and what came of the same command again: " + counts);
    }

    @Test
    void a_renewal_and_a_switch_killed_at_some_calls_are_completed_by_the_same_command() {
        killRenewals(1);
        killSwitches(1);
        print();
    }

    @Test
    @Tag("long")
    void a_renewal_killed_at_any_call_is_completed_by_the_same_command() {
        killRenewals(Integer.MAX_VALUE);
        print();
    }

    @Test
    @Tag("long")
    void a_switch_to_tls_and_the_way_back_killed_at_any_call_are_completed_by_the_same_command() {
        killSwitches(Integer.MAX_VALUE);
        print();
    }
}
