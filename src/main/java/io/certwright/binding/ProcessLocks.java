package io.certwright.binding;

import io.certwright.failure.LifecycleException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Locks in the name of a process, so that one that was killed leaves none behind: whoever comes next on the same machine sees that it is
 * gone. A number that was given to another process since is told by when that one began.
 */
public final class ProcessLocks implements HostLocks {
    private static final Pattern PROCESS =
            Pattern.compile(".* \\(process ([0-9]{1,18}) of (\\S+), since ([0-9]{4}-\\S+Z)\\)");
    private static final String UNKNOWN = "unknown";

    /** Systems count from their start, so that a clock that was set a little moves when a process began. */
    private static final Duration CLOCK_SLACK = Duration.ofSeconds(10);

    private final HostLocks locks;
    private final long process;
    private final String machine;
    private final LongFunction<Optional<Instant>> begun;

    /**
     * @param process the number of this one
     * @param begun when the process of a number began; empty where there is none
     */
    ProcessLocks(HostLocks locks, long process, String machine, LongFunction<Optional<Instant>> begun) {
        this.locks = locks;
        this.process = process;
        this.machine = machine;
        this.begun = begun;
    }

    /** In the name of the process that runs this. */
    public static ProcessLocks ofThisProcess(HostLocks locks, String machine) {
        return new ProcessLocks(
                locks,
                ProcessHandle.current().pid(),
                machine,
                number ->
                        ProcessHandle.of(number).flatMap(handle -> handle.info().startInstant()));
    }

    @Override
    public Optional<HostLock> tryLock(HostName host, String holder, Instant now, Duration lease)
            throws LifecycleException {
        Optional<HostLock> leftOver = locks.find(host, now).filter(held -> isGone(held.holder()));
        if (leftOver.isPresent()) {
            locks.release(leftOver.get());
        }
        String since = begun.apply(process).map(Instant::toString).orElse(UNKNOWN);
        String named = holder + " (process " + process + " of " + machine + ", since " + since + ")";
        return locks.tryLock(host, named, now, lease);
    }

    private boolean isGone(String holder) {
        Matcher named = PROCESS.matcher(holder);
        if (!named.matches() || !named.group(2).equals(machine)) {
            return false;
        }
        Instant since = Instant.parse(named.group(3));
        return begun.apply(Long.parseLong(named.group(1)))
                .filter(seen -> Duration.between(since, seen).abs().compareTo(CLOCK_SLACK) <= 0)
                .isEmpty();
    }

    @Override
    public Optional<HostLock> extend(HostLock lock, Instant now, Duration lease) throws LifecycleException {
        return locks.extend(lock, now, lease);
    }

    @Override
    public void release(HostLock lock) throws LifecycleException {
        locks.release(lock);
    }

    @Override
    public Optional<HostLock> find(HostName host, Instant now) throws LifecycleException {
        return locks.find(host, now);
    }
}
