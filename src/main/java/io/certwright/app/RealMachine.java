package io.certwright.app;

import io.certwright.certificate.DnsName;
import io.certwright.doctor.Listening;
import io.certwright.doctor.Machine;
import io.certwright.failure.LifecycleException;
import io.certwright.lookup.NameLookup;
import io.certwright.lookup.Observation;
import io.certwright.probe.Endpoint;
import io.certwright.probe.PresentedCertificate;
import io.certwright.probe.TlsProbe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** This machine: its clock, disks, resolver and ports. */
final class RealMachine implements Machine {
    private static final int NAMES_AT_ONCE = 16;

    private final Clock clock;
    private final NameLookup names;
    private final TlsProbe probe;
    private final Inventory inventory;

    /** Whether a certificate is one of ours. */
    interface Inventory {
        boolean holds(PresentedCertificate presented) throws LifecycleException;
    }

    /** @param names each look of it has a limit */
    RealMachine(Clock clock, NameLookup names, TlsProbe probe, Inventory inventory) {
        this.clock = clock;
        this.names = names;
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
    public List<Observation> look(Collection<DnsName> asked) {
        ExecutorService resolvers = Executors.newFixedThreadPool(NAMES_AT_ONCE, RealMachine::daemon);
        try {
            List<Future<Observation>> answers = asked.stream()
                    .map(name -> resolvers.submit(() -> names.look(name)))
                    .toList();
            List<Observation> seen = new ArrayList<>();
            for (Future<Observation> answer : answers) {
                seen.add(answer.get());
            }
            return seen;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException broken) {
            throw new IllegalStateException("looking at names: " + broken.getCause(), broken);
        } finally {
            resolvers.shutdownNow();
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
