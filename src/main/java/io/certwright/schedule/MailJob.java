package io.certwright.schedule;

import io.certwright.failure.LifecycleException;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.JobExecutionContext;

/** Empties the outbox. */
@DisallowConcurrentExecution
final class MailJob extends ChoreJob {
    MailJob(Chores chores) {
        super(chores);
    }

    @Override
    void run(Chores chores, JobExecutionContext context) throws LifecycleException {
        chores.sendMails();
    }
}
