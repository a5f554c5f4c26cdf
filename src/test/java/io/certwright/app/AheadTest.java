package io.certwright.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class AheadTest {
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger made = new AtomicInteger();
    private final Ahead<Supplier<AutoCloseable>, AutoCloseable> ahead = new Ahead<>(choice -> {
        made.incrementAndGet();
        return Optional.of(choice.get());
    });

    @Test
    void what_was_not_begun_is_not_there() {
        assertThat(ahead.take()).isEmpty();
    }

    @Test
    void is_made_while_its_owner_goes_on_and_is_taken_once() throws InterruptedException {
        CountDownLatch ownerWentOn = new CountDownLatch(1);
        ahead.begin(() -> {
            await(ownerWentOn);
            return closed::incrementAndGet;
        });
        ownerWentOn.countDown();

        assertThat(ahead.take()).isPresent();
        assertThat(ahead.take()).isEmpty();
        ahead.close();
        assertThat(closed).hasValue(0);
    }

    @Test
    void what_nobody_took_is_closed() {
        ahead.begin(() -> closed::incrementAndGet);
        ahead.close();
        ahead.close();
        assertThat(closed).hasValue(1);
    }

    @Test
    void what_failed_counts_as_not_to_be_had() {
        ahead.begin(() -> {
            throw new IllegalStateException("out of luck");
        });
        assertThat(ahead.take()).isEmpty();
    }

    @Test
    void what_is_under_way_is_not_begun_again() {
        Supplier<AutoCloseable> choice = () -> closed::incrementAndGet;
        ahead.begin(choice);
        ahead.begin(choice);

        assertThat(ahead.take()).isPresent();
        assertThat(made).hasValue(1);
    }

    @Test
    void a_wrong_guess_is_closed_and_nobody_waits_for_it() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        CountDownLatch guessClosed = new CountDownLatch(1);
        ahead.begin(() -> {
            await(answered);
            return guessClosed::countDown;
        });
        AutoCloseable right = closed::incrementAndGet;
        ahead.begin(() -> right);

        assertThat(ahead.take()).containsSame(right);
        answered.countDown();
        await(guessClosed);
        assertThat(closed).hasValue(0);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
