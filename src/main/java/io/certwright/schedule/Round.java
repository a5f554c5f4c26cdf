package io.certwright.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;

/** Something that comes round for ever: a job and how often. */
record Round(String name, Class<? extends Job> job, Duration every) {
    private static final String GROUP = "rounds";

    JobDetail detail() {
        return JobBuilder.newJob(job).withIdentity(name, GROUP).storeDurably().build();
    }

    TriggerKey key() {
        return new TriggerKey(name, GROUP);
    }

    /** A round that was missed (suspend, a clock set forward) is made up for once, not as often as it was missed. */
    Trigger trigger(Instant first) {
        return TriggerBuilder.newTrigger()
                .withIdentity(key())
                .forJob(name, GROUP)
                .startAt(Date.from(first))
                .withSchedule(SimpleScheduleBuilder.simpleSchedule()
                        .withIntervalInMilliseconds(every.toMillis())
                        .repeatForever()
                        .withMisfireHandlingInstructionNowWithRemainingCount())
                .build();
    }

    /** Whether {@code next} is further away than a round can be: the clock was set back. */
    boolean isTooFar(Instant next, Instant now) {
        return next.isAfter(now.plus(every.multipliedBy(2)));
    }
}
