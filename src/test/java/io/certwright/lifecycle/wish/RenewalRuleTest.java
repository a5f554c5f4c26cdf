package io.certwright.lifecycle.wish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RenewalRuleTest {
    @Test
    void the_usual_rule_starts_at_two_thirds_up_to_a_tenth_earlier() {
        Duration lifetime = Duration.ofDays(100);

        assertThat(RenewalRule.USUAL.startAfter(lifetime, 0)).isEqualTo(Duration.ofDays(66));
        assertThat(RenewalRule.USUAL.startAfter(lifetime, 1)).isEqualTo(Duration.ofDays(56));
        assertThat(RenewalRule.USUAL.startAfter(lifetime, 0.5)).isEqualTo(Duration.ofDays(61));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0.0%", "1, 0, 100.0%", "-0.5, 0, -50.0%", "NaN, 0, 0.0%"})
    void a_share_outside_of_the_lifetime_is_refused(double at, double jitter, String shown) {
        assertThatThrownBy(() -> new RenewalRule(at, jitter))
                .hasMessage("renew at: got " + shown + ", wanted more than 0% and less than 100%");
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0.5, 50.0%", "0.5, -0.1, -10.0%"})
    void a_jitter_that_could_start_before_the_certificate_is_refused(double at, double jitter, String shown) {
        assertThatThrownBy(() -> new RenewalRule(at, jitter))
                .hasMessage("renew jitter: got " + shown + ", wanted at least 0% and less than 50.0%");
    }
}
