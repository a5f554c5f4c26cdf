package io.certwright.enrollment;

import java.time.Duration;

/** Lets time pass between two questions to a CA that is still at work. */
@FunctionalInterface
public interface PollPause {
    /** Interruption ends the pause early and leaves the thread's interrupt flag set. */
    void lasting(Duration duration);
}
