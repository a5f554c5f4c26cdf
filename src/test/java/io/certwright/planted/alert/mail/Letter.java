package io.certwright.planted.alert.mail;

import io.certwright.planted.lifecycle.Story;
import io.certwright.planted.store.postgres.Rows;

/** An adapter that names another one, and a room above its port. */
public final class Letter {
    public void stored(Rows rows) {}

    public void told(Story story) {}
}
