package io.certwright.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.certwright.certificate.KeySpec;
import io.certwright.crypto.KeySealer;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.testing.MortalMemory;
import io.certwright.testing.MovableClock;
import io.certwright.testing.TestRequests;
import io.certwright.testing.TestSealer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every issuer keeps to when its CA, the way to it or our own process lets it down. What a kind cannot be brought to is skipped
 * with the reason that its test gives.
 */
public abstract class IssuerInTrouble {
    protected static final KeySealer SEALER = new TestSealer();

    /** Longer than any ask of a process that died may still be under way. */
    private static final Duration A_WHILE = Duration.ofMinutes(3);

    private static final int MOST_WRITES = 40;

    protected final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T10:00:00Z"));

    /** How a CA treats the next requests. */
    public enum Treatment {
        ISSUES,
        PENDS,
        DENIES,
        /** Nobody answers, and no request gets there. */
        IS_OUT_OF_REACH,
        /** Something answers that is no CA, and issues nothing. */
        ANSWERS_GARBAGE,
        /** It issues, and the answer is lost on its way. */
        LOSES_ITS_ANSWER
    }

    /** A node of the issuer on the memory of this test. */
    protected abstract Issuer node() throws Exception;

    /** Where the nodes of this test remember; needed where the issuer does not look answers up, and to let nodes die. */
    protected IssuerMemory memory() {
        throw new UnsupportedOperationException("this issuer looks answers up by itself");
    }

    /** A node that sees {@link #memory} through {@code seen}. */
    protected Issuer nodeOn(IssuerMemory seen) throws Exception {
        throw cannot("its nodes are not made to die within this process");
    }

    /** From now on the CA behind all nodes, or the way to it, is so; called before the request is made and the node opened. */
    protected void become(Treatment treatment) throws Exception {
        if (treatment != Treatment.ISSUES) {
            throw cannot("nobody arranges that a CA of this kind " + treatment);
        }
    }

    /** How many certificates the CA has made by its own account, also those that nobody received. */
    protected OptionalInt made() throws Exception {
        return OptionalInt.empty();
    }

    /** Whether an answer can be found again wherever it was lost, so that none costs a second certificate. */
    protected boolean findsEveryAnswer() throws Exception {
        return node() instanceof LooksUpAnswers;
    }

    /** Whatever must happen outside so that a pending request is answered. */
    protected void answer(Issuer node, EnrollmentRequest request) throws Exception {}

    /** Skips the test, visibly; to be thrown, so that the compiler knows that nothing comes after it. */
    protected static IllegalStateException cannot(String reason) {
        Assumptions.abort(reason);
        return new IllegalStateException(reason);
    }

    protected EnrollmentRequest newRequest() {
        return TestRequests.fresh(
                SEALER, KeySpec.P_256, clock.instant(), "wsus.certwright.test", "wsus2.certwright.test");
    }

    @Test
    void what_is_pending_is_collected_by_another_node_later() throws Exception {
        become(Treatment.PENDS);
        EnrollmentRequest request = newRequest();
        EnrollmentResult first = node().request(request);
        assertThat(first).isInstanceOf(Pending.class);
        Pending pending = (Pending) first;
        assertThat(pending.sentence()).isNotBlank().hasLineCount(1);
        assertThat(node().collect(request, pending.id())).isInstanceOf(Pending.class);
        become(Treatment.ISSUES);
        answer(node(), request);
        clock.advance(A_WHILE);
        EnrollmentResult collected = node().collect(request, pending.id());
        assertThat(collected).isInstanceOf(Issued.class);
        assertThat(node().collect(request, pending.id())).isEqualTo(collected);
    }

    @Test
    void a_denial_is_one_sentence_and_the_next_wish_is_heard_anew() throws Exception {
        become(Treatment.DENIES);
        EnrollmentRequest request = newRequest();
        Issuer node = node();
        assertThat(node.request(request))
                .isInstanceOfSatisfying(
                        Denied.class,
                        denied -> assertThat(denied.sentence())
                                .startsWith("issuer " + node.name() + " denied the certificate for ")
                                .hasLineCount(1));
        become(Treatment.ISSUES);
        assertThat(settled(newRequest())).isInstanceOf(Issued.class);
    }

    @Test
    void a_ca_out_of_reach_holds_no_request_and_the_same_one_is_answered_later() throws Exception {
        become(Treatment.IS_OUT_OF_REACH);
        EnrollmentRequest request = newRequest();
        LifecycleException failure = failureOf(request);
        assertThat(failure).isNotInstanceOf(AnswerLostException.class);
        assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
        become(Treatment.ISSUES);
        clock.advance(A_WHILE);
        assertThat(settled(request)).isInstanceOf(Issued.class);
        requireMade(1);
    }

    @Test
    void what_is_no_answer_of_a_ca_is_told_and_no_certificate() throws Exception {
        become(Treatment.ANSWERS_GARBAGE);
        EnrollmentRequest request = newRequest();
        LifecycleException failure = failureOf(request);
        assertThat(failure.kind()).isEqualTo(FailureKind.MALFORMED_ANSWER);
        become(Treatment.ISSUES);
        clock.advance(A_WHILE);
        assertThat(settled(request)).isInstanceOf(Issued.class);
        requireMade(1);
    }

    @Test
    void a_lost_answer_is_called_lost_and_costs_no_second_certificate_where_it_can_be_looked_up() throws Exception {
        become(Treatment.LOSES_ITS_ANSWER);
        EnrollmentRequest request = newRequest();
        LifecycleException failure = failureOf(request);
        assertThat(failure).isInstanceOf(AnswerLostException.class);
        become(Treatment.ISSUES);
        clock.advance(A_WHILE);
        EnrollmentResult settled = settled(request);
        assertThat(settled).isInstanceOf(Issued.class);
        assertThat(settled(request)).isEqualTo(settled);
        requireMade(findsEveryAnswer() ? 1 : 2);
    }

    @Test
    void a_node_that_dies_at_any_write_leaves_a_request_that_another_one_brings_to_its_end() throws Exception {
        var unused = nodeOn(memory());
        int died = 0;
        for (int write = 1; write <= MOST_WRITES && diesAt(write); write++) {
            died++;
        }
        assertThat(died).isBetween(1, MOST_WRITES - 1);
    }

    /** Whether there was such a write at all. */
    private boolean diesAt(int write) throws Exception {
        boolean died = false;
        for (boolean written : new boolean[] {false, true}) {
            EnrollmentRequest request = newRequest();
            int before = made().orElse(0);
            died |= dies(new MortalMemory(memory(), write, written), request);
            clock.advance(A_WHILE);
            EnrollmentResult settled = settled(request);
            assertThat(settled).isInstanceOf(Issued.class);
            assertThat(settled(request)).isEqualTo(settled);
            requireMade(before + (findsEveryAnswer() ? 1 : 2));
        }
        return died;
    }

    private boolean dies(MortalMemory seen, EnrollmentRequest request) throws Exception {
        try {
            assertThat(nodeOn(seen).request(request)).isNotInstanceOf(Denied.class);
            return false;
        } catch (MortalMemory.Death dead) {
            return true;
        }
    }

    /** As the story goes on with a request that was asked for before: looked up, else asked once more, collected. */
    private EnrollmentResult settled(EnrollmentRequest request) throws Exception {
        Issuer node = node();
        Optional<EnrollmentResult> found =
                node instanceof LooksUpAnswers looking ? looking.lookUp(request) : Optional.empty();
        EnrollmentResult result = found.isPresent() ? found.get() : node.request(request);
        if (result instanceof Pending pending) {
            answer(node, request);
            return node.collect(request, pending.id());
        }
        return result;
    }

    private LifecycleException failureOf(EnrollmentRequest request) throws Exception {
        Issuer node = node();
        LifecycleException failure = catchThrowableOfType(LifecycleException.class, () -> node.request(request));
        assertThat(failure).hasMessageStartingWith("issuer " + node.name() + ": ");
        assertThat(failure.getMessage()).hasLineCount(1);
        return failure;
    }

    private void requireMade(int most) throws Exception {
        if (made().isPresent()) {
            assertThat(made().getAsInt()).isBetween(1, most);
        }
    }
}
