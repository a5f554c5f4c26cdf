package io.certwright.planted.policy;

import io.certwright.planted.lifecycle.Story;

/** Looks up to a room above it, which looks down: a cycle too. */
public final class Judgement {
    public void of(Story story) {}
}
