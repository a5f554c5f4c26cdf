package io.certwright.schedule;

import io.certwright.failure.LifecycleException;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One chore as the scheduler runs it. A chore that fails is logged and comes again at its next time: nothing stops the schedule. */
abstract class ChoreJob implements Job {
    private static final Logger LOG = LoggerFactory.getLogger(ChoreJob.class);

    private final Chores chores;

    ChoreJob(Chores chores) {
        this.chores = chores;
    }

    abstract void run(Chores chores, JobExecutionContext context) throws LifecycleException;

    @Override
    public final void execute(JobExecutionContext context) {
        try {
            run(chores, context);
        } catch (LifecycleException failed) {
            LOG.warn("{}: {}", context.getJobDetail().getKey(), failed.getMessage());
        } catch (RuntimeException bug) {
            LOG.error("{} failed unexpectedly", context.getJobDetail().getKey(), bug);
        }
    }
}
