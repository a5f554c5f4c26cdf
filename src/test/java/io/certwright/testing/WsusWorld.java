package io.certwright.testing;

import io.certwright.binding.HostName;
import io.certwright.certificate.DnsName;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.LifecyclePorts;
import io.certwright.store.postgres.PostgresWsusSwitches;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientGroupName;
import io.certwright.trust.UpdateServer;
import io.certwright.trust.UpdateSource;
import io.certwright.windows.Answers;
import io.certwright.windows.PoolCall.PoolState;
import io.certwright.windows.WindowsCall;
import io.certwright.windows.WindowsHost;
import io.certwright.wsus.SitePoint;
import io.certwright.wsus.WsusPorts;
import io.certwright.wsus.WsusServer;
import io.certwright.wsus.WsusSwitches;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One WSUS server with its clients, the story that binds there, and the room that switches it to TLS. */
public final class WsusWorld implements AutoCloseable {
    public static final Duration WAIT = Duration.ofDays(14);
    public static final HostName HOST = IisHouse.HOST;

    public final IisHouse house;
    public final WsusSwitches switches;
    private final Map<HostName, WindowsHost> hosts = new HashMap<>();

    public WsusWorld(TestDatabase database) throws Exception {
        house = new IisHouse(database);
        switches = new PostgresWsusSwitches(database.database());
        database.database().update("delete from wsus_switch");
        hosts.put(HOST, house.server.host());
        house.server.putPool("WsusPool", new PoolState(true, "Started", 2000, 0, false, 0, 0));
        clientsUse(Optional.of(new UpdateServer(DnsName.parse(IisHouse.NAME), house.https)));
        house.bench.inForce(TestWish.named("wsus01").boundTo(house.bound()).forClients("clients"));
    }

    public void clientsUse(Optional<UpdateServer> url) {
        house.bench.wishes.put(new ClientGroup(
                ClientGroupName.of("clients"),
                false,
                WAIT,
                Duration.ofDays(30),
                List.of(),
                "trust/clients",
                new UpdateSource(url, List.of()),
                Optional.empty()));
    }

    public void reach(HostName name, WindowsHost host) {
        hosts.put(name, host);
    }

    public WsusServer server(List<HostName> consoles, List<WsusServer> downstream) {
        return server(consoles, downstream, Optional.empty());
    }

    /** The same server as an update point of ConfigMgr. */
    public WsusServer pointOf(SitePoint point) {
        return server(List.of(), List.of(), Optional.of(point));
    }

    private WsusServer server(List<HostName> consoles, List<WsusServer> downstream, Optional<SitePoint> point) {
        return new WsusServer(
                HOST,
                DnsName.parse(IisHouse.NAME),
                house.https,
                StoryBench.WSUS,
                house.bound().name(),
                Optional.of(ClientGroupName.of("clients")),
                consoles,
                downstream,
                point);
    }

    public WsusServer server() {
        return server(List.of(), List.of());
    }

    /** The same server on another https port, where the story binds, too. */
    public WsusServer movedTo(int port) {
        house.bindOn(List.of(port));
        return new WsusServer(
                HOST,
                DnsName.parse(IisHouse.NAME),
                port,
                StoryBench.WSUS,
                house.bound().name(),
                Optional.of(ClientGroupName.of("clients")),
                List.of(),
                List.of(),
                Optional.empty());
    }

    public WsusPorts ports() {
        LifecyclePorts ports = house.bench.ports();
        return new WsusPorts(
                ports.wishes(),
                hosts::get,
                name -> house.bound(),
                ports.repositories().trust(),
                ports.repositories().hostLocks(),
                switches,
                ports.repositories().audit(),
                house.bench.clock);
    }

    /** The end of a process, as far as that can be done without ending it: nothing catches it. */
    public static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** What works until the process dies. */
    public record Dying(WsusPorts ports) {}

    /** A process that dies before a visit which calls this function; its lock is given back, as the next process would see to. */
    public Dying dyingAt(String function) {
        WindowsHost alive = hosts.get(HOST);
        WindowsHost dying = new WindowsHost() {
            @Override
            public String name() {
                return alive.name();
            }

            @Override
            public Answers perform(List<? extends WindowsCall<?>> calls) throws LifecycleException {
                if (calls.stream().anyMatch(call -> call.function().equals(function))) {
                    throw new Died();
                }
                return alive.perform(calls);
            }
        };
        WsusPorts all = ports();
        return new Dying(new WsusPorts(
                all.wishes(),
                name -> dying,
                all.bindings(),
                all.trust(),
                all.locks(),
                all.switches(),
                all.audit(),
                all.clock()));
    }

    /** Bound by the story, and the clients' wait is over. */
    public void untilClientsAreReady() {
        house.bench.renew();
        house.bench.clock.advance(WAIT);
    }

    @Override
    public void close() {
        house.close();
    }
}
