package io.certwright.schedule;

import io.certwright.failure.LifecycleException;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.JobExecutionContext;

/** Looks for what expires. */
@DisallowConcurrentExecution
final class WatchJob extends ChoreJob {
    WatchJob(Chores chores) {
        super(chores);
    }

    @Override
    void run(Chores chores, JobExecutionContext context) throws LifecycleException {
        chores.watch();
    }
}
