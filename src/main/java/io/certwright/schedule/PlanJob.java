package io.certwright.schedule;

import io.certwright.certificate.CertificateName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at what is due and schedules one job for each certificate; one that is scheduled already is left alone. */
@DisallowConcurrentExecution
final class PlanJob extends ChoreJob {
    static final String GROUP = "tend";

    private static final Logger LOG = LoggerFactory.getLogger(PlanJob.class);

    /** More come with the next pass. */
    private static final int MOST_AT_ONCE = 500;

    /** A job is to run at once; a trigger this far ahead was left there by a clock that was set back. */
    private static final Duration FAR = Duration.ofMinutes(5);

    private final Scheduler scheduler;

    /** Plans for {@code tending}, which has threads of its own. */
    PlanJob(Chores chores, Scheduler tending) {
        super(chores);
        this.scheduler = tending;
    }

    @Override
    void run(Chores chores, JobExecutionContext context) throws LifecycleException {
        // Before the list is read: what ends in between is then neither listed as due nor scheduled a second time.
        Set<JobKey> scheduled = scheduled(scheduler);
        for (CertificateName name : chores.listDue(MOST_AT_ONCE)) {
            try {
                if (scheduled.contains(key(name))) {
                    ensureFires(scheduler, name, context.getFireTime().toInstant());
                } else {
                    scheduler.scheduleJob(job(name), now(name));
                }
            } catch (ObjectAlreadyExistsException elsewhere) {
                LOG.debug("{} is scheduled already", name);
            } catch (SchedulerException failed) {
                LOG.warn("{} could not be scheduled: {}", name, failed.getMessage());
            }
        }
    }

    private static Set<JobKey> scheduled(Scheduler scheduler) throws LifecycleException {
        try {
            return scheduler.getJobKeys(GroupMatcher.jobGroupEquals(GROUP));
        } catch (SchedulerException failed) {
            throw new LifecycleException(
                    FailureKind.INTERNAL,
                    "SCHEDULE_NOT_READ",
                    "plan: what is scheduled already cannot be read: " + failed.getMessage(),
                    failed);
        }
    }

    private static void ensureFires(Scheduler scheduler, CertificateName name, Instant now) throws SchedulerException {
        TriggerKey key = new TriggerKey(name.value(), GROUP);
        Trigger present = scheduler.getTrigger(key);
        if (present == null || present.getNextFireTime() == null) {
            return;
        }
        if (present.getNextFireTime().toInstant().isAfter(now.plus(FAR))
                || scheduler.getTriggerState(key) == Trigger.TriggerState.ERROR) {
            scheduler.rescheduleJob(key, now(name));
        }
    }

    private static JobKey key(CertificateName name) {
        return new JobKey(name.value(), GROUP);
    }

    private static JobDetail job(CertificateName name) {
        return JobBuilder.newJob(TendJob.class)
                .withIdentity(key(name))
                .usingJobData(TendJob.CERTIFICATE, name.value())
                .requestRecovery()
                .build();
    }

    private static Trigger now(CertificateName name) {
        return TriggerBuilder.newTrigger()
                .withIdentity(name.value(), GROUP)
                .forJob(key(name))
                .withSchedule(SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
                .startNow()
                .build();
    }
}
