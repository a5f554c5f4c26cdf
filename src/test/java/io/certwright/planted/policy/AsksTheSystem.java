package io.certwright.planted.policy;

import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;

final class AsksTheSystem {
    Instant instant() {
        return Instant.now();
    }

    Clock clock() {
        return Clock.systemUTC();
    }

    long millis() {
        return System.currentTimeMillis();
    }

    void sleeps() throws InterruptedException {
        Thread.sleep(1);
    }

    void naps() throws InterruptedException {
        TimeUnit.SECONDS.sleep(1);
    }

    Random lots() {
        return new Random(1);
    }

    Instant allowed(Clock clock) {
        return clock.instant();
    }
}
