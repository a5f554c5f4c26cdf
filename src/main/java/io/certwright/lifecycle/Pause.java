package io.certwright.lifecycle;

import java.time.Duration;

/** Lets time pass between two looks at something that needs a moment; on a movable clock it moves the clock. */
@FunctionalInterface
public interface Pause {
    /** Interruption ends the pause early and leaves the thread's interrupt flag set. */
    void lasting(Duration duration);
}
