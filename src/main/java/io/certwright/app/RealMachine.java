package io.certwright.app;

import io.certwright.certificate.DnsName;
import io.certwright.doctor.Listening;
import io.certwright.doctor.Machine;
import io.certwright.failure.LifecycleException;
import io.certwright.probe.Endpoint;
import io.certwright.probe.PresentedCertificate;
import io.certwright.probe.TlsProbe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** This machine: its clock, disks, resolver and ports. */
final class RealMachine implements Machine {
    private static final Duration LIMIT_OF_NAMES = Duration.ofSeconds(10);
    private static final int NAMES_AT_ONCE = 16;

    private final Clock clock;
    private final TlsProbe probe;
    private final Inventory inventory;

    /** Whether a certificate is one of ours. */
    interface Inventory {
        boolean holds(PresentedCertificate presented) throws LifecycleException;
    }

    RealMachine(Clock clock, TlsProbe probe, Inventory inventory) {
        this.clock = clock;
        this.probe = probe;
        this.inventory = inventory;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public long freeBytes(Path folder) throws IOException {
        return Files.getFileStore(nearest(folder)).getUsableSpace();
    }

    @Override
    public boolean isWritable(Path folder) {
        Path nearest = nearest(folder);
        return Files.isDirectory(nearest) && Files.isWritable(nearest);
    }

    /** The folder itself, or the one in which it will be made. */
    private static Path nearest(Path folder) {
        Path nearest = folder.toAbsolutePath().normalize();
        while (!Files.exists(nearest) && nearest.getParent() != null) {
            nearest = nearest.getParent();
        }
        return nearest;
    }

    @Override
    public Set<DnsName> unresolved(Collection<DnsName> names) {
        ExecutorService resolvers = Executors.newFixedThreadPool(NAMES_AT_ONCE, RealMachine::daemon);
        try {
            Map<DnsName, Future<Boolean>> asked = new HashMap<>();
            names.forEach(name -> asked.put(name, resolvers.submit(() -> resolves(name))));
            return unresolved(asked, clock.instant().plus(LIMIT_OF_NAMES));
        } finally {
            resolvers.shutdownNow();
        }
    }

    private Set<DnsName> unresolved(Map<DnsName, Future<Boolean>> asked, Instant limit) {
        Set<DnsName> unresolved = new HashSet<>();
        asked.forEach((name, answer) -> {
            long left = Math.max(0, Duration.between(clock.instant(), limit).toMillis());
            try {
                if (!answer.get(left, TimeUnit.MILLISECONDS)) {
                    unresolved.add(name);
                }
            } catch (TimeoutException | ExecutionException noAnswer) {
                unresolved.add(name);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        return unresolved;
    }

    private static boolean resolves(DnsName name) {
        try {
            return InetAddress.getAllByName(name.value()).length > 0;
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "certwright-names");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public Listening listening(Endpoint endpoint) {
        try (ServerSocket attempt = new ServerSocket()) {
            InetSocketAddress address = new InetSocketAddress(endpoint.host(), endpoint.port());
            if (address.isUnresolved() || !isHere(address.getAddress())) {
                return Listening.ELSEWHERE;
            }
            attempt.setReuseAddress(true);
            attempt.bind(address);
            return Listening.FREE;
        } catch (IOException taken) {
            if (String.valueOf(taken.getMessage()).contains("ermission denied")) {
                return Listening.FORBIDDEN;
            }
            return isOurs(endpoint) ? Listening.OURS : Listening.TAKEN;
        }
    }

    private static boolean isHere(InetAddress address) throws IOException {
        return address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || NetworkInterface.getByInetAddress(address) != null;
    }

    private boolean isOurs(Endpoint endpoint) {
        try {
            return inventory.holds(probe.look(endpoint));
        } catch (LifecycleException notTls) {
            return false;
        }
    }
}
