package io.certwright.lifecycle.resume;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.failure.LifecycleException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when a node dies half-way: the same story simply runs again, and nothing is lost, doubled or half done. */
class CertificateLifecycleResumeTest {
    private static final long SEED = 20_260_301;

    @TempDir
    Path folder;

    @Test
    void a_story_killed_between_any_two_facts_is_told_to_its_end_by_the_next_process() throws LifecycleException {
        try (KillRounds rounds = new KillRounds(folder, SEED, List.of())) {
            List<String> breaches = rounds.run(KillPlan.forEachGap(0, 0, 1, 1, new Random(SEED)));

            assertThat(breaches).isEmpty();
            assertThat(rounds.histogram().keySet()).containsExactlyInAnyOrder(Gap.values());
            assertThat(rounds.kills()).isGreaterThanOrEqualTo(20);
        }
    }

    @Test
    @Tag("long")
    void two_hundred_kills_at_least_ten_between_any_two_facts_lose_nothing() throws LifecycleException {
        try (KillRounds rounds = new KillRounds(folder, SEED + 1, List.of())) {
            List<String> breaches = rounds.run(KillPlan.forEachGap(5, 5, 4, 6, new Random(SEED + 1)));

            assertThat(breaches).isEmpty();
            Map<Gap, Integer> histogram = rounds.histogram();
            assertThat(histogram.keySet()).containsExactlyInAnyOrder(Gap.values());
            assertThat(histogram.values()).allMatch(kills -> kills >= 10);
            assertThat(rounds.kills()).isGreaterThanOrEqualTo(200);
        }
    }

    @Test
    void an_intent_that_is_stored_after_asking_is_found_out() throws LifecycleException {
        try (KillRounds rounds = new KillRounds(folder, SEED, List.of("late-intent"))) {
            List<String> breaches = rounds.run(List.of(KillPlan.at("answered")));

            assertThat(rounds.kills()).isPositive();
            assertThat(breaches).anyMatch(breach -> breach.contains("which no renewal knows"));
        }
    }
}
