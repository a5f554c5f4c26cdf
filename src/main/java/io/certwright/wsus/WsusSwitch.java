package io.certwright.wsus;

import io.certwright.binding.HostName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The first switch of a server to TLS, which takes weeks: what was before, and how far it is.
 *
 * @param memento the room's own words to put back flags and recorded values
 * @param binding the words of the https binding as it was when this began without a certificate; {@link #STAYS} where one was bound
 * @param steppingSince when the first step was taken; a run that broke off after that is gone on with
 * @param goodBefore URLs that answered as they should before the first step, a line each: they must do so after the last
 * @param doneAt when everything was required and proven
 * @param undoneAt when a person, or a failed proof, put it back
 */
public record WsusSwitch(
        HostName host,
        String memento,
        String binding,
        Instant beganAt,
        Optional<Instant> steppingSince,
        String goodBefore,
        Optional<Instant> doneAt,
        Optional<Instant> undoneAt) {
    /** A certificate was bound already: going back from that is the story's business. */
    static final String STAYS = "";

    public boolean isUndone() {
        return undoneAt.isPresent();
    }

    /** Whether steps were taken and it is not known that all were. */
    boolean isBrokenOff() {
        return steppingSince.isPresent() && doneAt.isEmpty() && !isUndone();
    }

    WsusSwitch stepping(Instant at, List<String> good) {
        return new WsusSwitch(
                host, memento, binding, beganAt, Optional.of(at), String.join("\n", good), Optional.empty(), undoneAt);
    }

    WsusSwitch done(Instant at) {
        return new WsusSwitch(host, memento, binding, beganAt, steppingSince, goodBefore, Optional.of(at), undoneAt);
    }

    WsusSwitch undone(Instant at) {
        return new WsusSwitch(host, memento, binding, beganAt, steppingSince, goodBefore, doneAt, Optional.of(at));
    }
}
