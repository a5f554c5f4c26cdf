package io.certwright.schedule;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.quartz.Job;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.spi.TriggerFiredBundle;
import org.quartz.utils.DBConnectionManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schedule of one node. All nodes of one database share it: each round and each certificate is run by one of them, and what a dead
 * node was at is run again by another (Quartz notices within about ten seconds).
 *
 * <p>Times are those of the wall clock. A clock that jumps forward makes what was missed run once; one that jumps back is noticed
 * within half a minute, and the rounds are set anew.
 */
public final class Schedule implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);
    private static final Duration LOOK_AT_CLOCK = Duration.ofSeconds(30);

    private final Scheduler scheduler;
    private final List<Round> rounds;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor steadying;

    private Schedule(Scheduler scheduler, List<Round> rounds, Clock clock) {
        this.scheduler = scheduler;
        this.rounds = rounds;
        this.clock = clock;
        this.steadying = new ScheduledThreadPoolExecutor(1, Schedule::daemon);
    }

    /**
     * How often each round comes.
     *
     * @param plan looking for what is due
     * @param watch looking for what expires
     * @param mails emptying the outbox
     * @param maintenance of what issuers publish
     */
    public record Rhythm(Duration plan, Duration watch, Duration mails, Duration maintenance) {
        public static final Rhythm USUAL =
                new Rhythm(Duration.ofMinutes(1), Duration.ofMinutes(15), Duration.ofMinutes(1), Duration.ofHours(1));
    }

    /**
     * Starts this node's part; the first rounds come at once.
     *
     * @param node names this node, unlike any other that runs
     * @param source connections to the database whose schema holds the scheduler's tables
     */
    public static Schedule start(String node, DataSource source, Chores chores, Rhythm rhythm, Clock clock)
            throws LifecycleException {
        List<Round> rounds = List.of(
                new Round("plan", PlanJob.class, rhythm.plan()),
                new Round("watch", WatchJob.class, rhythm.watch()),
                new Round("mails", MailJob.class, rhythm.mails()),
                new Round("maintain", MaintainJob.class, rhythm.maintenance()));
        try {
            DBConnectionManager.getInstance().addConnectionProvider(node, new SourceConnections(source));
            Scheduler scheduler = new StdSchedulerFactory(properties(node)).getScheduler();
            scheduler.setJobFactory((bundle, its) -> job(bundle, chores));
            Schedule schedule = new Schedule(scheduler, rounds, clock);
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
        for (Round round : rounds) {
            scheduler.addJob(round.detail(), true);
            ensureTrigger(round);
        }
        scheduler.start();
        var unused = steadying.scheduleWithFixedDelay(
                this::steady, LOOK_AT_CLOCK.toMillis(), LOOK_AT_CLOCK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A trigger that another node set is kept, unless it is out of step with this one's rhythm or with the clock. */
    private void ensureTrigger(Round round) throws SchedulerException {
        Instant now = clock.instant();
        Trigger present = scheduler.getTrigger(round.key());
        if (present == null) {
            scheduler.scheduleJob(round.trigger(now));
            return;
        }
        Date next = present.getNextFireTime();
        if (next == null || round.isTooFar(next.toInstant(), now)) {
            scheduler.rescheduleJob(round.key(), round.trigger(now));
        }
    }

    private void steady() {
        for (Round round : rounds) {
            try {
                ensureTrigger(round);
            } catch (SchedulerException | RuntimeException failed) {
                LOG.debug("round {} could not be looked at: {}", round.name(), failed.getMessage());
            }
        }
    }

    private static Job job(TriggerFiredBundle bundle, Chores chores) {
        Class<? extends Job> wanted = bundle.getJobDetail().getJobClass();
        if (wanted == TendJob.class) {
            return new TendJob(chores);
        }
        if (wanted == PlanJob.class) {
            return new PlanJob(chores);
        }
        if (wanted == WatchJob.class) {
            return new WatchJob(chores);
        }
        return wanted == MailJob.class ? new MailJob(chores) : new MaintainJob(chores);
    }

    private static Properties properties(String node) {
        Properties settings = new Properties();
        settings.setProperty("org.quartz.scheduler.instanceName", "certwright");
        settings.setProperty("org.quartz.scheduler.instanceId", node);
        settings.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
        settings.setProperty("org.quartz.scheduler.interruptJobsOnShutdown", "false");
        settings.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
        settings.setProperty("org.quartz.threadPool.threadCount", "4");
        settings.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
        settings.setProperty("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
        settings.setProperty(
                "org.quartz.jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
        settings.setProperty("org.quartz.jobStore.tablePrefix", "qrtz_");
        settings.setProperty("org.quartz.jobStore.useProperties", "true");
        settings.setProperty("org.quartz.jobStore.isClustered", "true");
        settings.setProperty("org.quartz.jobStore.clusterCheckinInterval", "2000");
        settings.setProperty("org.quartz.jobStore.dataSource", node);
        return settings;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "certwright-schedule");
        thread.setDaemon(true);
        return thread;
    }

    /** Takes no new work, lets what runs come to its end, and leaves the rest to other nodes or the next start. */
    @Override
    public void close() {
        steadying.shutdownNow();
        try {
            scheduler.shutdown(true);
        } catch (SchedulerException failed) {
            LOG.debug("the schedule did not end orderly: {}", failed.getMessage());
        }
    }
}
