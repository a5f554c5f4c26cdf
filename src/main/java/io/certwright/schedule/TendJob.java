package io.certwright.schedule;

import io.certwright.certificate.CertificateName;
import io.certwright.failure.LifecycleException;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.JobExecutionContext;

/** Tends one certificate, once. When its node dies, another node's scheduler runs it again. */
@DisallowConcurrentExecution
final class TendJob extends ChoreJob {
    static final String CERTIFICATE = "certificate";

    TendJob(Chores chores) {
        super(chores);
    }

    @Override
    void run(Chores chores, JobExecutionContext context) throws LifecycleException {
        chores.tend(CertificateName.of(context.getMergedJobDataMap().getString(CERTIFICATE)));
    }
}
