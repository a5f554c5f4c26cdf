package io.certwright.lookup.revocation;

import io.certwright.crypto.RevocationList;
import io.certwright.failure.LifecycleException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Revocation lists by address, fetched once and kept while they are fresh, an hour at most: a CA may publish a new list at any time.
 * An address that failed rests for a minute. Who asks for an address that is being fetched waits for that one fetch.
 */
final class ListCache {
    private static final int LARGEST_LIST = 10 * 1024 * 1024;
    /** Of all that is kept together; the oldest goes first. */
    private static final long MOST_BYTES = 30L * 1024 * 1024;

    /** Lists on their way at one time: what is kept of them is bounded, so must be what is being read. */
    private static final int FETCHES_AT_ONCE = 2;

    private static final Duration LONGEST_KEPT = Duration.ofHours(1);
    private static final Duration REST = Duration.ofMinutes(1);

    private final HttpExchange http;
    private final Clock clock;
    private final Map<URI, Kept> kept = new LinkedHashMap<>();
    private final Map<URI, Object> locks = new HashMap<>();
    private final Semaphore fetches = new Semaphore(FETCHES_AT_ONCE);
    private long bytes;

    ListCache(HttpExchange http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    /** A list or why there is none, until when it is not asked for again, and its size. */
    private record Kept(Optional<RevocationList> list, Optional<LifecycleException> failure, Instant until, long size) {
        RevocationList orThrow() throws LifecycleException {
            if (failure.isPresent()) {
                throw failure.get();
            }
            return list.orElseThrow();
        }
    }

    RevocationList get(URI address) throws LifecycleException {
        synchronized (lockOf(address)) {
            Optional<Kept> present = find(address);
            return present.isPresent()
                    ? present.get().orThrow()
                    : keep(address, fetch(address)).orThrow();
        }
    }

    private synchronized Object lockOf(URI address) {
        return locks.computeIfAbsent(address, any -> new Object());
    }

    private synchronized Optional<Kept> find(URI address) {
        Kept present = kept.get(address);
        return present != null && clock.instant().isBefore(present.until()) ? Optional.of(present) : Optional.empty();
    }

    private Kept fetch(URI address) {
        Instant now = clock.instant();
        fetches.acquireUninterruptibly();
        try {
            byte[] content = http.get(address, LARGEST_LIST);
            RevocationList list = RevocationList.parse("the list at " + address, content);
            Instant longest = now.plus(LONGEST_KEPT);
            Instant until =
                    list.nextUpdate().filter(end -> end.isBefore(longest)).orElse(longest);
            Instant shortest = now.plus(REST);
            return new Kept(
                    Optional.of(list), Optional.empty(), until.isBefore(shortest) ? shortest : until, content.length);
        } catch (LifecycleException failed) {
            return new Kept(Optional.empty(), Optional.of(failed), now.plus(REST), 1024);
        } finally {
            fetches.release();
        }
    }

    private synchronized Kept keep(URI address, Kept fetched) {
        forget(address);
        kept.put(address, fetched);
        bytes += fetched.size();
        while (bytes > MOST_BYTES && kept.size() > 1) {
            forget(kept.keySet().iterator().next());
        }
        return fetched;
    }

    private void forget(URI address) {
        Kept old = kept.remove(address);
        bytes -= old == null ? 0 : old.size();
    }
}
