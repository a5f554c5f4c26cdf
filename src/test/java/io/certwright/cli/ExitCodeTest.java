package io.certwright.cli;

import static io.certwright.cli.ExitCode.DONE;
import static io.certwright.cli.ExitCode.EXPIRES_WITHIN;
import static io.certwright.cli.ExitCode.FINDINGS;
import static io.certwright.cli.ExitCode.INTERRUPTED;
import static io.certwright.cli.ExitCode.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
    @Test
    void stands_in_the_order_of_urgency() {
        assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::number))
                .containsExactly(130, 8, 7, 3, 4, 2, 5, 1, 10, 9, 6, 0);
    }

    @Test
    void lets_the_most_urgent_of_several_results_decide() {
        assertThat(ExitCode.mostUrgent(List.of(DONE, WAITING, EXPIRES_WITHIN))).isEqualTo(EXPIRES_WITHIN);
        assertThat(ExitCode.mostUrgent(List.of(FINDINGS, DONE))).isEqualTo(FINDINGS);
        assertThat(ExitCode.mostUrgent(List.of(DONE, INTERRUPTED))).isEqualTo(INTERRUPTED);
        assertThat(ExitCode.mostUrgent(List.of())).isEqualTo(DONE);
    }
}
