package io.certwright.schedule;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.quartz.Job;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.spi.TriggerFiredBundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schedule of one node. All nodes of one database share it: each round and each certificate is run by one of them, and what a dead
 * node was at is run again by another (Quartz notices within about ten seconds).
 *
 * <p>The rounds and the certificates have threads of their own: a CA that hangs delays neither the watch nor the mails.
 *
 * <p>Times are those of the wall clock. A clock that jumps forward makes what was missed run once; one that jumps back is noticed
 * within half a minute, and the rounds are set anew.
 */
public final class Schedule implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);
    private static final int TENDING_THREADS = 4;

    private final Schedulers schedulers;
    private final FutureCheckIns futureCheckIns;
    private final List<Round> rounds;
    private final Rhythm rhythm;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor steadying;
    private Instant lastLook;

    /** Two of them, so that however many certificates hang at their CA, what expires is seen and mailed. */
    private record Schedulers(Scheduler rounds, Scheduler tending) {
        List<Scheduler> all() {
            return List.of(rounds, tending);
        }
    }

    private Schedule(Schedulers schedulers, FutureCheckIns futureCheckIns, Rhythm rhythm, Clock clock) {
        this.schedulers = schedulers;
        this.futureCheckIns = futureCheckIns;
        this.rounds = rhythm.rounds();
        this.rhythm = rhythm;
        this.clock = clock;
        this.steadying = new ScheduledThreadPoolExecutor(1, work -> daemon(work, "certwright-schedule"));
        this.lastLook = clock.instant();
    }

    /**
     * How often each round comes.
     *
     * @param plan looking for what is due
     * @param watch looking for what expires
     * @param mails emptying the outbox
     * @param maintenance of what issuers publish
     * @param clockLook looking whether the clock was set back
     * @param patience not a round: how long {@link Schedule#close()} waits for the jobs that run
     */
    public record Rhythm(
            Duration plan,
            Duration watch,
            Duration mails,
            Duration maintenance,
            Duration clockLook,
            Duration patience) {
        public static final Rhythm USUAL = new Rhythm(
                Duration.ofMinutes(1),
                Duration.ofMinutes(15),
                Duration.ofMinutes(1),
                Duration.ofHours(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(20));

        private List<Round> rounds() {
            return List.of(
                    new Round("plan", PlanJob.class, plan),
                    new Round("watch", WatchJob.class, watch),
                    new Round("mails", MailJob.class, mails),
                    new Round("maintain", MaintainJob.class, maintenance));
        }
    }

    /**
     * Starts this node's part; the first rounds come at once.
     *
     * @param node names this node, unlike any other that runs
     * @param source connections to the database whose schema holds the scheduler's tables
     */
    public static Schedule start(String node, DataSource source, Chores chores, Rhythm rhythm, Clock clock)
            throws LifecycleException {
        try {
            Scheduler tending = ClusteredScheduler.of(
                    "certwright-tend", node, TENDING_THREADS, source, (bundle, its) -> new TendJob(chores));
            Scheduler rounds = ClusteredScheduler.of(
                    "certwright",
                    node,
                    rhythm.rounds().size(),
                    source,
                    (bundle, its) -> round(bundle, chores, tending));
            Schedule schedule =
                    new Schedule(new Schedulers(rounds, tending), new FutureCheckIns(source), rhythm, clock);
            schedule.begin();
            return schedule;
        } catch (SchedulerException failed) {
            throw new LifecycleException(
                    FailureKind.INTERNAL,
                    "SCHEDULE_NOT_STARTED",
                    "schedule of node " + node + ": cannot be started: " + failed.getMessage(),
                    failed);
        }
    }

    private void begin() throws SchedulerException {
        try {
            futureCheckIns.pullBack();
            for (Round round : rounds) {
                schedulers.rounds().addJob(round.detail(), true);
                ensureTrigger(round);
            }
            for (Scheduler scheduler : schedulers.all()) {
                scheduler.start();
            }
        } catch (SchedulerException failed) {
            close();
            throw failed;
        }
        long every = rhythm.clockLook().toMillis();
        var unused = steadying.scheduleWithFixedDelay(this::steady, every, every, TimeUnit.MILLISECONDS);
    }

    /** A trigger that another node set is kept, unless it does not fire any more or only after a time that no round takes. */
    private void ensureTrigger(Round round) throws SchedulerException {
        Instant now = clock.instant();
        Trigger present = schedulers.rounds().getTrigger(round.key());
        if (present == null) {
            setFirst(round, now);
            return;
        }
        Date next = present.getNextFireTime();
        if (next == null
                || round.isTooFar(next.toInstant(), now)
                || schedulers.rounds().getTriggerState(round.key()) == Trigger.TriggerState.ERROR) {
            schedulers.rounds().rescheduleJob(round.key(), round.trigger(now));
        }
    }

    private void setFirst(Round round, Instant now) throws SchedulerException {
        try {
            schedulers.rounds().scheduleJob(round.trigger(now));
        } catch (ObjectAlreadyExistsException elsewhere) {
            LOG.debug("round {} was set by another node at the same time", round.name());
        }
    }

    private void steady() {
        ensureAwake();
        futureCheckIns.pullBack();
        for (Round round : rounds) {
            try {
                ensureTrigger(round);
            } catch (SchedulerException | RuntimeException failed) {
                LOG.debug("round {} could not be looked at: {}", round.name(), failed.getMessage());
            }
        }
    }

    /** The scheduler's own thread may be waiting for a time that has moved away with the clock; a pause makes it look again. */
    private void ensureAwake() {
        Instant now = clock.instant();
        if (now.isBefore(lastLook)) {
            LOG.warn("the clock was set back from {} to {}; the rounds are set anew", lastLook, now);
            schedulers.all().forEach(Schedule::wake);
        }
        lastLook = now;
    }

    private static void wake(Scheduler scheduler) {
        try {
            scheduler.standby();
            scheduler.start();
        } catch (SchedulerException ending) {
            LOG.debug("the schedule could not be woken: {}", ending.getMessage());
        }
    }

    private static Job round(TriggerFiredBundle bundle, Chores chores, Scheduler tending) {
        Class<? extends Job> wanted = bundle.getJobDetail().getJobClass();
        if (wanted == PlanJob.class) {
            return new PlanJob(chores, tending);
        }
        if (wanted == WatchJob.class) {
            return new WatchJob(chores);
        }
        return wanted == MailJob.class ? new MailJob(chores) : new MaintainJob(chores);
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Takes no new work, lets what runs come to its end, and leaves the rest to other nodes or the next start. What still runs after
     * the rhythm's patience is left behind: it stays this node's until the process ends, then another does it again.
     */
    @Override
    public void close() {
        steadying.shutdownNow();
        Thread ending = daemon(this::end, "certwright-schedule-end");
        ending.start();
        try {
            ending.join(rhythm.patience().toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (ending.isAlive()) {
            LOG.warn(
                    "jobs still run {} s after the schedule was told to end; they are left behind",
                    rhythm.patience().toSeconds());
        }
    }

    /** None takes new work before any waits for what runs. */
    private void end() {
        try {
            for (Scheduler scheduler : schedulers.all()) {
                scheduler.standby();
            }
            for (Scheduler scheduler : schedulers.all()) {
                scheduler.shutdown(true);
            }
        } catch (SchedulerException failed) {
            LOG.debug("the schedule did not end orderly: {}", failed.getMessage());
        }
    }
}
