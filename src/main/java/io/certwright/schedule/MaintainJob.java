package io.certwright.schedule;

import io.certwright.failure.LifecycleException;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.JobExecutionContext;

/** Keeps revocation lists and trust packages fresh. */
@DisallowConcurrentExecution
final class MaintainJob extends ChoreJob {
    MaintainJob(Chores chores) {
        super(chores);
    }

    @Override
    void run(Chores chores, JobExecutionContext context) throws LifecycleException {
        chores.maintain();
    }
}
