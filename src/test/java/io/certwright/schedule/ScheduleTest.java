package io.certwright.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.CertificateName;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.MovableClock;
import io.certwright.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One node, or two in one process, on the real database. The scheduler keeps the time of the machine. */
final class ScheduleTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration OFTEN = Duration.ofMillis(300);
    private static final Duration RARELY = Duration.ofMinutes(15);
    private static final Schedule.Rhythm RHYTHM =
            new Schedule.Rhythm(OFTEN, RARELY, RARELY, RARELY, OFTEN, Duration.ofSeconds(30));

    private final GatedChores chores = new GatedChores();

    @BeforeEach
    void empty() throws LifecycleException {
        DATABASE.empty();
    }

    @AfterEach
    void letEverythingEnd() {
        chores.open();
    }

    @Test
    void tends_a_due_certificate_once() throws LifecycleException {
        chores.due.add(CertificateName.of("web"));
        try (Schedule schedule = start("one", RHYTHM)) {
            await("web is tended", () -> !chores.ended.isEmpty());
            awaitMorePlans(3);
        }
        assertThat(chores.begun).containsExactly("web");
        assertThat(count("SELECT count(*) AS n FROM qrtz_job_details WHERE job_group = 'tend'"))
                .isZero();
    }

    @Test
    void runs_every_round_at_once_and_again() throws LifecycleException {
        Schedule.Rhythm quick = new Schedule.Rhythm(OFTEN, OFTEN, OFTEN, OFTEN, RARELY, Duration.ofSeconds(30));
        try (Schedule schedule = start("one", quick)) {
            await(
                    "each round has come three times",
                    () -> chores.plans.get() >= 3
                            && chores.watches.get() >= 3
                            && chores.mails.get() >= 3
                            && chores.maintenances.get() >= 3);
        }
        int plans = chores.plans.get();
        assertThat(count("SELECT count(*) AS n FROM qrtz_triggers")).isEqualTo(4);
        assertThat(chores.plans).as("nothing runs after the end").hasValue(plans);
    }

    @Test
    void goes_on_after_chores_that_fail() throws LifecycleException {
        chores.due.addAll(List.of(GatedChores.BAD, CertificateName.of("good")));
        Schedule.Rhythm watching = new Schedule.Rhythm(OFTEN, OFTEN, RARELY, RARELY, RARELY, Duration.ofSeconds(30));
        try (Schedule schedule = start("one", watching)) {
            await("good is tended", () -> chores.ended.contains("good"));
            await(
                    "bad is tried again",
                    () -> chores.begun.stream().filter("bad"::equals).count() >= 3);
            await("watching comes again", () -> chores.watches.get() >= 3);
        }
        assertThat(chores.ended).containsExactly("good");
    }

    @Test
    void certificates_that_hang_at_their_ca_delay_neither_watch_nor_mails() throws LifecycleException {
        for (int number = 0; number < 30; number++) {
            chores.due.add(CertificateName.of("hanging" + number));
        }
        chores.shut();
        Schedule.Rhythm quick = new Schedule.Rhythm(OFTEN, OFTEN, OFTEN, OFTEN, RARELY, Duration.ofSeconds(30));
        try (Schedule schedule = start("one", quick)) {
            await("as many hang as may be tended at once", () -> chores.begun.size() == 4);
            int watches = chores.watches.get();
            int mails = chores.mails.get();
            await(
                    "watch and mails go on",
                    () -> chores.watches.get() >= watches + 5 && chores.mails.get() >= mails + 5);
            assertThat(chores.ended).as("all still hang").isEmpty();
            chores.due.clear();
            chores.open();
        }
    }

    @Test
    void does_again_what_a_node_was_at_that_died_with_its_clock_ahead() throws LifecycleException {
        chores.due.add(CertificateName.of("web"));
        chores.shut();
        try (Schedule schedule = start("one", RHYTHM)) {
            await("web is begun", () -> chores.begun.size() == 1);
            DATABASE.database().update("UPDATE qrtz_fired_triggers SET instance_name = 'dead' WHERE job_name = 'web'");
            long ahead = Instant.now().plus(Duration.ofDays(365)).toEpochMilli();
            DATABASE.database()
                    .update(
                            "INSERT INTO qrtz_scheduler_state (sched_name, instance_name, last_checkin_time, checkin_interval)"
                                    + " VALUES ('certwright-tend', 'dead', ?, 2000)",
                            ahead);
            await("web is begun once more", () -> chores.begun.size() == 2);
            chores.open();
        }
        assertThat(chores.begun).containsExactly("web", "web");
    }

    @Test
    void does_not_schedule_what_is_scheduled_already() throws LifecycleException {
        chores.due.add(CertificateName.of("slow"));
        chores.shut();
        try (Schedule schedule = start("one", RHYTHM)) {
            await("slow is begun", () -> !chores.begun.isEmpty());
            awaitMorePlans(3);
            assertThat(count("SELECT count(*) AS n FROM qrtz_triggers WHERE trigger_group = 'tend'"))
                    .isEqualTo(1);
            chores.open();
            await("slow is tended", () -> !chores.ended.isEmpty());
            awaitMorePlans(3);
        }
        assertThat(chores.begun).containsExactly("slow");
    }

    @Test
    void sets_a_round_anew_that_a_clock_set_back_left_a_year_ahead() throws LifecycleException {
        try (Schedule schedule = start("one", RHYTHM)) {
            await("the first watch", () -> chores.watches.get() == 1);
            await(
                    "its end",
                    () -> count("SELECT count(*) AS n FROM qrtz_triggers"
                                    + " WHERE trigger_name = 'watch' AND trigger_state = 'WAITING'")
                            == 1);
            putOffByAYear("watch");
            await("the watch comes again", () -> chores.watches.get() == 2);
        }
    }

    @Test
    void sets_a_round_anew_whose_trigger_is_out_of_order() throws LifecycleException {
        try (Schedule schedule = start("one", RHYTHM)) {
            await("the first watch", () -> chores.watches.get() == 1);
            await(
                    "its end and the fault",
                    () -> DATABASE.database()
                                    .update("UPDATE qrtz_triggers SET trigger_state = 'ERROR'"
                                            + " WHERE trigger_name = 'watch' AND trigger_state = 'WAITING'")
                            == 1);
            await("the watch comes again", () -> chores.watches.get() == 2);
        }
    }

    @Test
    void goes_on_when_its_clock_goes_back() throws LifecycleException {
        MovableClock clock = new MovableClock(Instant.now());
        try (Schedule schedule = Schedule.start("one", DATABASE.database().dataSource(), chores, RHYTHM, clock)) {
            awaitMorePlans(2);
            clock.advance(Duration.ofSeconds(-2));
            awaitMorePlans(3);
            chores.due.add(CertificateName.of("web"));
            await("web is tended", () -> !chores.ended.isEmpty());
        }
        assertThat(chores.begun).containsExactly("web");
    }

    @Test
    void tends_a_certificate_that_a_clock_set_back_left_a_year_ahead() throws LifecycleException {
        List<String> names = List.of("a", "b", "c", "d", "e");
        names.forEach(name -> chores.due.add(CertificateName.of(name)));
        chores.shut();
        try (Schedule schedule = start("one", RHYTHM)) {
            await("all threads are busy", () -> chores.begun.size() == 4);
            String last = names.stream()
                    .filter(name -> !chores.begun.contains(name))
                    .findFirst()
                    .orElseThrow();
            putOffByAYear(last);
            chores.open();
            await("all are tended", () -> chores.ended.size() == 5);
        }
        assertThat(chores.begun).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void two_nodes_start_at_the_same_time_and_share_the_rounds() throws LifecycleException {
        chores.due.add(CertificateName.of("web"));
        try (Schedule one = start("one", RHYTHM);
                Schedule two = start("two", RHYTHM)) {
            await("both have checked in", () -> count("SELECT count(*) AS n FROM qrtz_scheduler_state") == 4);
            await("web is tended", () -> !chores.ended.isEmpty());
            awaitMorePlans(3);
        }
        assertThat(chores.begun).containsExactly("web");
        assertThat(chores.watches).hasValue(1);
    }

    @Test
    void close_lets_a_running_job_end() throws LifecycleException, InterruptedException {
        chores.due.add(CertificateName.of("slow"));
        chores.shut();
        Schedule schedule = start("one", RHYTHM);
        await("slow is begun", () -> !chores.begun.isEmpty());
        List<Integer> endedWhenClosed = new CopyOnWriteArrayList<>();
        Thread closing = new Thread(() -> {
            schedule.close();
            endedWhenClosed.add(chores.ended.size());
        });
        closing.start();
        await("close waits", () -> closing.getState() == Thread.State.TIMED_WAITING);
        chores.open();
        closing.join(LIMIT.toMillis());
        assertThat(endedWhenClosed).containsExactly(1);
    }

    @Test
    void close_does_not_wait_for_ever() throws LifecycleException {
        chores.due.add(CertificateName.of("endless"));
        chores.shut();
        Schedule schedule = start("one", new Schedule.Rhythm(OFTEN, RARELY, RARELY, RARELY, RARELY, OFTEN));
        await("endless is begun", () -> !chores.begun.isEmpty());
        long before = System.nanoTime();
        schedule.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(OFTEN, Duration.ofSeconds(20));
        assertThat(chores.ended).isEmpty();
        chores.open();
        await("what was left behind ends too", () -> !chores.ended.isEmpty());
    }

    @Test
    void says_that_it_cannot_start_without_its_tables() throws LifecycleException {
        DATABASE.database().update("ALTER TABLE qrtz_job_details RENAME TO away");
        try {
            assertThatThrownBy(() -> start("one", RHYTHM))
                    .isInstanceOf(LifecycleException.class)
                    .hasMessageStartingWith("schedule of node one: cannot be started: ")
                    .hasMessageContaining("qrtz_job_details");
        } finally {
            DATABASE.database().update("ALTER TABLE away RENAME TO qrtz_job_details");
        }
    }

    private Schedule start(String node, Schedule.Rhythm rhythm) throws LifecycleException {
        return Schedule.start(node, DATABASE.database().dataSource(), chores, rhythm, Clock.systemUTC());
    }

    private void awaitMorePlans(int more) throws LifecycleException {
        int wanted = chores.plans.get() + more;
        await(more + " more passes of the plan", () -> chores.plans.get() >= wanted);
    }

    private static void putOffByAYear(String trigger) throws LifecycleException {
        long far = Instant.now().plus(Duration.ofDays(365)).toEpochMilli();
        assertThat(DATABASE.database()
                        .update("UPDATE qrtz_triggers SET next_fire_time = ? WHERE trigger_name = ?", far, trigger))
                .isEqualTo(1);
    }

    private static long count(String sql) throws LifecycleException {
        return DATABASE.database().list(sql, row -> row.number("n")).get(0);
    }

    private static void await(String what, Waiting.Condition condition) throws LifecycleException {
        Waiting.until(what, LIMIT, condition);
    }
}
