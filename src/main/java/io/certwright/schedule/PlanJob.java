package io.certwright.schedule;

import io.certwright.certificate.CertificateName;
import io.certwright.failure.LifecycleException;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at what is due and schedules one job for each certificate; one that is scheduled already is left alone. */
@DisallowConcurrentExecution
final class PlanJob extends ChoreJob {
    static final String GROUP = "tend";

    private static final Logger LOG = LoggerFactory.getLogger(PlanJob.class);

    /** More come with the next pass, a minute later. */
    private static final int MOST_AT_ONCE = 2_000;

    PlanJob(Chores chores) {
        super(chores);
    }

    @Override
    void run(Chores chores, JobExecutionContext context) throws LifecycleException {
        for (CertificateName name : chores.listDue(MOST_AT_ONCE)) {
            try {
                schedule(context.getScheduler(), name);
            } catch (ObjectAlreadyExistsException elsewhere) {
                LOG.debug("{} is scheduled already", name);
            } catch (SchedulerException failed) {
                LOG.warn("{} could not be scheduled: {}", name, failed.getMessage());
            }
        }
    }

    private static void schedule(Scheduler scheduler, CertificateName name) throws SchedulerException {
        JobKey key = new JobKey(name.value(), GROUP);
        if (scheduler.checkExists(key)) {
            return;
        }
        JobDetail job = JobBuilder.newJob(TendJob.class)
                .withIdentity(key)
                .usingJobData(TendJob.CERTIFICATE, name.value())
                .requestRecovery()
                .build();
        Trigger now = TriggerBuilder.newTrigger()
                .withIdentity(name.value(), GROUP)
                .withSchedule(SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
                .startNow()
                .build();
        scheduler.scheduleJob(job, now);
    }
}
