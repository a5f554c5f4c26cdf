package io.certwright.alert;

import static io.certwright.alert.Alerts.ANNA;
import static io.certwright.alert.Alerts.BEN;
import static io.certwright.alert.Alerts.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.failure.LifecycleException;
import io.certwright.testing.MemoryAlertOutbox;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is wrong while it lasts is told once, and its end once. */
final class ConditionWatchTest {
    private static final Set<AlertKind> DISKS = Set.of(AlertKind.DISK_TROUBLE);

    private final MemoryAlertOutbox outbox = new MemoryAlertOutbox();
    private final ConditionWatch watch = new ConditionWatch(outbox);

    @Test
    void is_told_once_while_it_lasts_though_its_numbers_change() throws LifecycleException {
        assertThat(pass(NOON, full("/data", "400 MB free"))).isEqualTo(2);
        assertThat(pass(NOON.plusSeconds(900), full("/data", "300 MB free"))).isZero();

        assertThat(outbox.listOpen())
                .extracting(entry -> entry.alert().sentence())
                .containsExactly("disk: /data has 400 MB free", "disk: /data has 400 MB free");
    }

    @Test
    void its_end_is_told_to_those_who_heard_of_it() throws LifecycleException {
        pass(NOON, full("/data", "400 MB free"));
        outbox.delivered(List.of(idOf(ANNA)), NOON);

        assertThat(pass(NOON.plusSeconds(900))).isOne();
        assertThat(pass(NOON.plusSeconds(1800))).isZero();

        assertThat(outbox.listOpen()).singleElement().satisfies(entry -> {
            assertThat(entry.to()).isEqualTo(ANNA);
            assertThat(entry.alert().sentence()).isEqualTo("disk: is well again");
            assertThat(entry.alert().whatHappened())
                    .isEqualTo("Earlier we told you: disk: /data has 400 MB free.\nThis is over.");
        });
    }

    @Test
    void is_news_again_when_it_comes_back() throws LifecycleException {
        pass(NOON, full("/data", "400 MB free"));
        pass(NOON.plusSeconds(900));

        assertThat(pass(NOON.plusSeconds(1800), full("/data", "400 MB free"))).isEqualTo(2);
    }

    @Test
    void who_acknowledged_it_is_left_in_peace_until_it_comes_back() throws LifecycleException {
        pass(NOON, full("/data", "400 MB free"));
        outbox.delivered(List.of(idOf(ANNA), idOf(BEN)), NOON);
        outbox.acknowledge(idOf(ANNA), NOON);

        assertThat(pass(NOON.plusSeconds(900), full("/data", "300 MB free"))).isZero();
        assertThat(pass(NOON.plusSeconds(1800))).isZero();
        assertThat(pass(NOON.plusSeconds(2700), full("/data", "300 MB free"))).isEqualTo(2);
    }

    @Test
    void another_trouble_of_the_same_subject_is_told_beside_it() throws LifecycleException {
        pass(NOON, full("/data", "400 MB free"));

        assertThat(pass(NOON.plusSeconds(900), full("/data", "300 MB free"), full("/trust", "1 MB free")))
                .isEqualTo(2);
    }

    @Test
    void what_a_clock_told_that_was_a_year_ahead_does_not_count() throws LifecycleException {
        pass(NOON.plusSeconds(365 * 86_400L), full("/data", "400 MB free"));

        assertThat(pass(NOON, full("/data", "400 MB free"))).isEqualTo(2);
    }

    @Test
    void leaves_other_kinds_alone() throws LifecycleException {
        outbox.offer(Alerts.expiry("a", "7d", NOON), ANNA);

        pass(NOON);

        assertThat(outbox.listOpenAbout("a")).hasSize(1);
    }

    private int pass(Instant now, Condition... present) throws LifecycleException {
        return watch.passLasting(DISKS, List.of(present), List.of(ANNA, BEN), now);
    }

    private long idOf(Recipient to) {
        return outbox.listLasting(DISKS).stream()
                .filter(entry -> entry.to().equals(to))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static Condition full(String folder, String free) {
        return new Condition(
                "disk", AlertKind.DISK_TROUBLE, folder, "disk: " + folder + " has " + free, "", "", List.of());
    }
}
