package io.certwright.windows;

import io.certwright.windows.HostCall.Nothing;
import java.time.Duration;

/** Application pools of IIS. */
public sealed interface PoolCall<A extends Record> extends WindowsCall<A> {
    /** Looks at one pool. */
    record GetPool(String pool) implements PoolCall<PoolState> {
        public GetPool {
            WindowsCall.requireText("application pool", pool);
        }
    }

    /**
     * The values that WSUS cares about.
     *
     * @param present whether there is such a pool; the rest is 0 or empty where not
     * @param privateMemoryKib 0 for no limit
     * @param recycleMinutes 0 for never
     */
    record PoolState(
            boolean present,
            String state,
            int queueLength,
            int idleMinutes,
            boolean pinging,
            long privateMemoryKib,
            int recycleMinutes) {}

    /** Sets all of those values. */
    record SetPool(
            String pool, int queueLength, int idleMinutes, boolean pinging, long privateMemoryKib, int recycleMinutes)
            implements PoolCall<Nothing> {
        public SetPool {
            WindowsCall.requireText("application pool", pool);
            if (queueLength < 10
                    || queueLength > 65_535
                    || idleMinutes < 0
                    || privateMemoryKib < 0
                    || recycleMinutes < 0) {
                throw new IllegalArgumentException("application pool: got queue length " + queueLength + ", idle "
                        + idleMinutes + " min, memory " + privateMemoryKib + " KiB, recycling " + recycleMinutes
                        + " min, wanted 10 to 65535 and nothing negative");
            }
        }
    }

    /** Recycles a pool that runs. */
    record RestartPool(String pool) implements PoolCall<Nothing> {
        public RestartPool {
            WindowsCall.requireText("application pool", pool);
        }

        @Override
        public Duration limit() {
            return Duration.ofMinutes(3);
        }
    }
}
