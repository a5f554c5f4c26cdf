package io.certwright.lookup.dns;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.IpAddress;
import io.certwright.lookup.NameLookup;
import io.certwright.lookup.NameResolution;
import io.certwright.lookup.Observation;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Names by the system's own resolver, hosts file and search list included, as the clients on this machine see them. After it did not
 * answer in time nobody is asked for a minute: a thousand names must not wait for one dead server a thousand times.
 */
public final class SystemNames implements NameLookup {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration REST = Duration.ofMinutes(1);
    /** What the JDK passes on of EAI_AGAIN: the server could not say, which is not "there is no such name". */
    private static final String TEMPORARY = "Temporary failure";

    /** How long the JDK answers that there is no such name without asking again, and no longer knows that nobody could say. */
    private static final Duration JDK_REMEMBERS = Duration.ofSeconds(11);

    private final Map<DnsName, Instant> unsaid = new ConcurrentHashMap<>();
    private final NameResolution names;
    private final Clock clock;
    private final AtomicReference<Instant> restsUntil = new AtomicReference<>(Instant.MIN);

    public SystemNames(Clock clock) {
        this(InetAddress::getAllByName, clock);
    }

    SystemNames(NameResolution.Source source, Clock clock) {
        this.names = new NameResolution(source);
        this.clock = clock;
    }

    @Override
    public Observation look(DnsName name) {
        Instant now = clock.instant();
        if (now.isBefore(restsUntil.get())) {
            return new Observation.NameUnknown(name, "name resolution did not answer a moment ago", now);
        }
        try {
            List<InetAddress> found = names.addressesOf(name.value(), LIMIT);
            return new Observation.Resolved(
                    name,
                    found.stream()
                            .map(address -> IpAddress.ofOctets(address.getAddress()))
                            .toList(),
                    now);
        } catch (SocketTimeoutException late) {
            restsUntil.set(now.plus(REST));
            return new Observation.NameUnknown(
                    name, "name resolution did not answer within " + LIMIT.toSeconds() + " s", now);
        } catch (UnknownHostException unknown) {
            return isUnsaid(name, unknown, now)
                    ? new Observation.NameUnknown(name, "the DNS server could not say", now)
                    : new Observation.Resolved(name, List.of(), now);
        }
    }

    private boolean isUnsaid(DnsName name, UnknownHostException unknown, Instant now) {
        if (isTemporary(unknown) || Thread.currentThread().isInterrupted()) {
            unsaid.put(name, now);
            return true;
        }
        Instant since = unsaid.getOrDefault(name, Instant.EPOCH);
        return now.isBefore(since.plus(JDK_REMEMBERS)) && !now.isBefore(since);
    }

    private static boolean isTemporary(Throwable unknown) {
        for (Throwable one = unknown; one != null; one = one.getCause()) {
            if (String.valueOf(one.getMessage()).contains(TEMPORARY)) {
                return true;
            }
        }
        return false;
    }
}
