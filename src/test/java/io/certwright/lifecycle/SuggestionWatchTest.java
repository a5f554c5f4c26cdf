package io.certwright.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.CertificateName;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.enrollment.RenewalWindow;
import io.certwright.enrollment.SuggestsRenewal;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.testing.ScriptedIssuer;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SuggestionWatchTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private StoryBench bench;
    private Suggesting ca;
    private StoredCertificate served;

    /** A CA that answers when it would like a certificate renewed, or fails to. */
    private static final class Suggesting extends ScriptedIssuer implements SuggestsRenewal {
        private Optional<RenewalWindow> said = Optional.empty();
        private Optional<RenewalWindow> known = Optional.empty();
        private boolean broken;
        private int asked;

        Suggesting(TestCa ca, Clock clock) {
            super("lab", ca, clock);
        }

        @Override
        public Optional<RenewalWindow> findSuggestion(IssuedCertificate certificate) {
            return known;
        }

        @Override
        public boolean refreshSuggestion(IssuedCertificate certificate, Instant now) throws LifecycleException {
            asked++;
            if (broken) {
                throw new LifecycleException(FailureKind.MALFORMED_ANSWER, "CA_ANSWER_MALFORMED", "it means nothing");
            }
            boolean changed = !said.equals(known);
            known = said;
            return changed;
        }
    }

    @BeforeEach
    void serve() throws Exception {
        bench = new StoryBench(DATABASE);
        ca = new Suggesting(bench.ca, bench.clock);
        bench.add(ca);
        bench.wishInForce();
        served = bench.renewed();
    }

    private int pass() throws Exception {
        return bench.story().suggestionWatch().pass(bench.clock.instant());
    }

    private void suggest(Duration from, Duration to) {
        Instant start = served.certificate().validity().notBefore();
        ca.said = Optional.of(new RenewalWindow(start.plus(from), start.plus(to), Optional.empty()));
    }

    @Test
    void a_suggestion_makes_it_due_earlier_and_why_says_so() throws Exception {
        suggest(Duration.ofDays(10), Duration.ofDays(11));
        assertThat(pass()).isEqualTo(1);
        assertThat(pass()).isZero();

        assertThat(dueIn(Duration.ofDays(9))).isEmpty();
        assertThat(dueIn(Duration.ofDays(12))).containsExactly(StoryBench.WSUS);
    }

    @Test
    void a_ca_that_fails_to_say_changes_nothing() throws Exception {
        ca.broken = true;
        assertThat(pass()).isZero();
        assertThat(ca.asked).isEqualTo(1);
        assertThat(dueIn(Duration.ofDays(12))).isEmpty();
    }

    @Test
    void what_is_due_anyway_is_not_asked_about() throws Exception {
        bench.clock.advance(Duration.ofDays(80));
        assertThat(pass()).isZero();
        assertThat(ca.asked).isZero();
    }

    private List<CertificateName> dueIn(Duration time) throws Exception {
        return bench.stored()
                .looks()
                .listDue(served.certificate().validity().notBefore().plus(time), 10);
    }
}
