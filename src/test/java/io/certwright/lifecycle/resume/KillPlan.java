package io.certwright.lifecycle.resume;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * When a process is killed.
 *
 * @param moment at which it stands still, or from which the delay counts
 * @param delay after which it is killed, while it runs on; zero for one that stands still
 */
record KillPlan(String moment, Duration delay) {
    static final KillPlan NEVER = new KillPlan(StoryChild.NOWHERE, Duration.ZERO);

    /** Longer than most steps take, so that some kills hit the step after. */
    private static final int LONGEST_DELAY_MICROS = 6_000;

    boolean standsStill() {
        return delay.isZero();
    }

    static KillPlan at(String moment) {
        return new KillPlan(moment, Duration.ZERO);
    }

    static KillPlan soonAfter(String moment, RandomGenerator random) {
        return new KillPlan(moment, Duration.ofNanos(1_000L * (1 + random.nextInt(LONGEST_DELAY_MICROS))));
    }

    static KillPlan somewhereIn(Gap gap, RandomGenerator random) {
        return at(gap.moments().get(random.nextInt(gap.moments().size())));
    }

    /** For each gap: at its first moment, at its last, at any of them, and at no moment at all, in an order by chance. */
    static List<KillPlan> forEachGap(int firsts, int lasts, int anywhere, int delayed, Random random) {
        List<KillPlan> plans = new ArrayList<>();
        for (Gap gap : Gap.values()) {
            times(firsts, plans, () -> at(gap.first()));
            times(lasts, plans, () -> at(gap.last()));
            times(anywhere, plans, () -> somewhereIn(gap, random));
            times(delayed, plans, () -> soonAfter(gap.first(), random));
        }
        Collections.shuffle(plans, random);
        return plans;
    }

    private static void times(int count, List<KillPlan> plans, Supplier<KillPlan> next) {
        for (int i = 0; i < count; i++) {
            plans.add(next.get());
        }
    }
}
