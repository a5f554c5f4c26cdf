package io.certwright.binding;

import io.certwright.certificate.Printable;
import java.time.Instant;

/**
 * The right to change a host until a moment. The token grows with every holder, so that one who slept through the end of the
 * lease is told apart from the one who came after.
 *
 * @param holder who has it, for people: {@code renewal of wsus01 on node-a}
 * @param until the end of the lease; from then on anybody may take the lock
 */
public record HostLock(HostName host, String holder, long token, Instant until) {
    public HostLock {
        if (holder.isBlank()) {
            throw new IllegalArgumentException(
                    "host lock: got holder " + Printable.quote(holder) + ", wanted who holds it");
        }
    }

    /** Whether this is who has it, whichever process of theirs {@link ProcessLocks} named beside them. */
    public boolean isHeldBy(String who) {
        return holder.equals(who) || holder.startsWith(who + " (process ");
    }

    public boolean isHeldAt(Instant now) {
        return now.isBefore(until);
    }
}
