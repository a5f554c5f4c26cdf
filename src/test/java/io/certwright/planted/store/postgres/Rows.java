package io.certwright.planted.store.postgres;

import io.certwright.planted.lifecycle.Story;

/** Knows the story, as the store may. */
public final class Rows {
    public void of(Story story) {}
}
