package io.certwright.app;

import io.certwright.lifecycle.Pause;
import java.time.Duration;

/** Time passes by itself. */
final class RealPause implements Pause {
    @Override
    public void lasting(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
