package io.certwright.schedule;

import java.util.Properties;
import javax.sql.DataSource;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.SchedulerRepository;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.spi.JobFactory;
import org.quartz.utils.DBConnectionManager;

/** One node's part of a clustered scheduler: a name that all nodes share, with threads of its own. */
final class ClusteredScheduler {
    private ClusteredScheduler() {}

    /** Made and not started yet. */
    static Scheduler of(String name, String node, int threads, DataSource source, JobFactory jobs)
            throws SchedulerException {
        DBConnectionManager.getInstance().addConnectionProvider(node, new SourceConnections(source));
        synchronized (ClusteredScheduler.class) {
            Scheduler scheduler = new StdSchedulerFactory(properties(name, node, threads)).getScheduler();
            // All nodes bear one name. Kept in the process-wide list, this one would be given to whoever starts the
            // next one here.
            SchedulerRepository.getInstance().remove(name);
            scheduler.setJobFactory(jobs);
            return scheduler;
        }
    }

    private static Properties properties(String name, String node, int threads) {
        Properties settings = new Properties();
        settings.setProperty("org.quartz.scheduler.instanceName", name);
        settings.setProperty("org.quartz.scheduler.instanceId", node);
        settings.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
        // No node hears of a job that another one scheduled: it looks this often.
        settings.setProperty("org.quartz.scheduler.idleWaitTime", "5000");
        settings.setProperty("org.quartz.scheduler.interruptJobsOnShutdown", "false");
        settings.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
        settings.setProperty("org.quartz.threadPool.threadCount", String.valueOf(threads));
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
}
