package io.certwright.cli;

import io.certwright.certificate.CertificateName;
import io.certwright.lifecycle.Narration;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Tells a story on the screen, one line a step, with how long each step took. For one certificate at a time. */
final class StoryTeller implements Narration {
    private static final int WORD = 9;

    private final Screen screen;
    private final Clock clock;
    private Instant last;

    StoryTeller(Screen screen, Clock clock) {
        this.screen = screen;
        this.clock = clock;
        this.last = clock.instant();
    }

    @Override
    public void told(CertificateName name, String step, String sentence) {
        step(step, sentence);
    }

    /** A step that is done; its time is that since the step before. */
    void step(String word, String sentence) {
        Instant now = clock.instant();
        screen.say(String.format(
                Locale.ROOT, "  %-" + WORD + "s %7s  %s", word, seconds(Duration.between(last, now)), sentence));
        last = now;
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.2f s", Math.max(0, took.toMillis()) / 1000.0);
    }
}
