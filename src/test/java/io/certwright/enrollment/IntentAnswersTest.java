package io.certwright.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.certwright.certificate.KeySpec;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.MovableClock;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestRequests;
import io.certwright.testing.TestSealer;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntentAnswersTest {
    private static final IssuerName CORP = new IssuerName("corp-ca");
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final EnrollmentRequest REQUEST =
            TestRequests.fresh(new TestSealer(), KeySpec.P_256, NOW, "wsus.certwright.test");

    private final MemoryIssuerMemory memory = new MemoryIssuerMemory();
    private final MovableClock clock = new MovableClock(NOW);
    private final TestCa root = TestCa.root("CN=Corp Root", NOW);
    private final TestCa issuing = root.intermediate("CN=Corp Issuing");
    private final X509Certificate leaf = issuing.leaf("wsus.certwright.test")
            .publicKey(REQUEST.csr().publicKey())
            .certificate();
    private int prepared;
    private int asked;

    private IntentAnswers answers(PollPause pause) {
        return new IntentAnswers(CORP, memory, clock, new SecureRandom(), pause);
    }

    private IntentAnswers answers() {
        return answers(pause -> {});
    }

    private IntentAnswers.Question issuing(IntentAnswers answers) {
        prepared++;
        return () -> {
            asked++;
            return answers.issued(REQUEST, List.of(leaf), List.of(issuing.certificate()));
        };
    }

    @Test
    void what_was_answered_before_comes_back_without_another_question() throws Exception {
        IntentAnswers first = answers();
        EnrollmentResult given = first.request(REQUEST, () -> issuing(first));
        IntentAnswers afterRestart = answers();
        assertThat(afterRestart.request(REQUEST, () -> issuing(afterRestart))).isEqualTo(given);
        assertThat(afterRestart.collect(REQUEST, () -> issuing(afterRestart))).isEqualTo(given);
        assertThat(afterRestart.find(REQUEST)).contains(given);
        assertThat(prepared).isEqualTo(1);
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void what_fails_in_preparation_was_never_asked() throws Exception {
        LifecycleException down = new LifecycleException(FailureKind.UNREACHABLE, "CA_UNREACHABLE", "down");
        LifecycleException failure = catchThrowableOfType(
                LifecycleException.class,
                () -> answers().request(REQUEST, () -> {
                    throw down;
                }));
        assertThat(failure).isSameAs(down);
        assertThat(answers().timesAsked(REQUEST)).isZero();
    }

    @Test
    void what_the_ca_certainly_did_not_take_may_be_asked_again_at_once() throws Exception {
        for (int attempt = 0; attempt < 3; attempt++) {
            LifecycleException wrong = new LifecycleException(FailureKind.UNAUTHORIZED, "CA_CREDENTIALS_REFUSED", "no");
            assertThat(catchThrowableOfType(
                            LifecycleException.class,
                            () -> answers().request(REQUEST, () -> () -> {
                                throw wrong;
                            })))
                    .isSameAs(wrong);
            assertThat(answers().timesAsked(REQUEST)).isZero();
        }
        IntentAnswers corrected = answers();
        assertThat(corrected.request(REQUEST, () -> issuing(corrected))).isInstanceOf(Issued.class);
        assertThat(corrected.timesAsked(REQUEST)).isEqualTo(1);
    }

    @Test
    void a_lost_answer_counts_and_is_left_alone_for_two_minutes() throws Exception {
        AnswerLostException lost =
                AnswerLostException.after(new LifecycleException(FailureKind.UNREACHABLE, "CA_UNREACHABLE", "reset"));
        assertThat(catchThrowableOfType(
                        AnswerLostException.class,
                        () -> answers().request(REQUEST, () -> () -> {
                            throw lost;
                        })))
                .isSameAs(lost);
        IntentAnswers again = answers();
        assertThat(again.timesAsked(REQUEST)).isEqualTo(1);
        assertThat(catchThrowableOfType(LifecycleException.class, () -> again.request(REQUEST, () -> issuing(again))))
                .hasMessage("issuer corp-ca: another process asks for wsus01 at the same time and has no answer yet;"
                        + " it is looked up next time");
        clock.advance(Duration.ofMinutes(2));
        assertThat(again.request(REQUEST, () -> issuing(again))).isInstanceOf(Issued.class);
        assertThat(again.timesAsked(REQUEST)).isEqualTo(2);
    }

    @Test
    void the_second_of_two_at_once_gets_what_the_first_one_gets() throws Exception {
        IntentAnswers first = answers();
        EnrollmentResult given = first.request(REQUEST, () -> () -> {
            asked++;
            // The second one comes while the first is still asking, and sees the answer at its first look.
            IntentAnswers second = answers(pause -> remember(first));
            EnrollmentResult seen = second.request(REQUEST, () -> issuing(second));
            assertThat(asked).isEqualTo(1);
            return seen;
        });
        assertThat(given).isEqualTo(first.find(REQUEST).orElseThrow());
    }

    private void remember(IntentAnswers answers) {
        try {
            answers.issued(REQUEST, List.of(leaf), List.of());
        } catch (LifecycleException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void a_pending_request_is_asked_about_as_often_as_one_likes() throws Exception {
        Pending pending = new Pending(new RequestId("17"), Duration.ofHours(1), "not decided");
        assertThat(answers().request(REQUEST, () -> () -> pending)).isEqualTo(pending);
        assertThat(answers().collect(REQUEST, () -> () -> pending)).isEqualTo(pending);
        assertThat(answers().collect(REQUEST, () -> () -> pending)).isEqualTo(pending);
        assertThat(answers().timesAsked(REQUEST)).isEqualTo(1);
    }

    @Test
    void a_chain_in_any_order_with_strangers_becomes_the_chain_of_the_leaf() throws Exception {
        X509Certificate stranger = TestCa.root("CN=Stranger", NOW).certificate();
        Issued issued = answers()
                .issued(REQUEST, List.of(stranger, issuing.certificate(), root.certificate(), leaf), List.of(stranger));
        assertThat(issued.certificate().chain().certificates()).containsExactly(leaf, issuing.certificate());
    }

    @Test
    void an_answer_for_another_key_is_lost_and_says_what_to_revoke() {
        AnswerLostException failure = catchThrowableOfType(
                AnswerLostException.class,
                () -> answers().issued(REQUEST, List.of(issuing.certificate()), List.of(leaf)));
        assertThat(failure.code()).isEqualTo("ANSWER_FOR_ANOTHER_KEY");
        assertThat(failure.kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
        assertThat(failure)
                .hasMessage("issuer corp-ca: none of the 1 certificates that the CA gave for wsus01 carries the key of "
                        + REQUEST.csr() + "; look at the CA for what it issued, and revoke what is not needed");
    }

    @Test
    void a_failure_after_the_question_left_is_a_lost_answer_once_and_stays_the_same() {
        LifecycleException reset = new LifecycleException(FailureKind.UNREACHABLE, "CA_UNREACHABLE", "reset");
        AnswerLostException lost = AnswerLostException.after(reset);
        assertThat(lost).hasMessage("reset").hasCause(reset);
        assertThat(lost.kind()).isEqualTo(FailureKind.UNREACHABLE);
        assertThat(lost.code()).isEqualTo("CA_UNREACHABLE");
        assertThat(AnswerLostException.after(lost)).isSameAs(lost);
    }
}
