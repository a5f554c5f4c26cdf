package io.certwright.lifecycle.resume;

/** Is told of each moment that a story passes; may never come back. */
@FunctionalInterface
interface Moments {
    Moments UNWATCHED = moment -> {};

    void pass(String moment);
}
