package io.certwright.wsus;

import io.certwright.binding.HostName;
import java.time.Instant;
import java.util.Optional;

/**
 * The first switch of a server to TLS, which takes weeks: what was before, and how far it is.
 *
 * @param memento the room's own words to put back flags and recorded values
 * @param binding the words of the https binding as it was when this began without a certificate; {@link #STAYS} where one was bound
 * @param doneAt when everything was required and proven
 * @param undoneAt when a person, or a failed proof, put it back
 */
public record WsusSwitch(
        HostName host,
        String memento,
        String binding,
        Instant beganAt,
        Optional<Instant> doneAt,
        Optional<Instant> undoneAt) {
    /** A certificate was bound already: going back from that is the story's business. */
    static final String STAYS = "";

    public boolean isUndone() {
        return undoneAt.isPresent();
    }

    WsusSwitch done(Instant at) {
        return new WsusSwitch(host, memento, binding, beganAt, Optional.of(at), undoneAt);
    }

    WsusSwitch undone(Instant at) {
        return new WsusSwitch(host, memento, binding, beganAt, doneAt, Optional.of(at));
    }
}
