package io.certwright.wsus;

import io.certwright.binding.HostName;
import io.certwright.certificate.DnsName;
import io.certwright.lifecycle.LifecyclePorts;
import io.certwright.store.postgres.PostgresWsusSwitches;
import io.certwright.testing.IisHouse;
import io.certwright.testing.StoryBench;
import io.certwright.testing.TestDatabase;
import io.certwright.testing.TestWish;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientGroupName;
import io.certwright.trust.UpdateServer;
import io.certwright.trust.UpdateSource;
import io.certwright.windows.PoolCall.PoolState;
import io.certwright.windows.WindowsHost;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One WSUS server with its clients, the story that binds there, and the room that switches it to TLS. */
final class WsusWorld implements AutoCloseable {
    static final Duration WAIT = Duration.ofDays(14);
    static final HostName HOST = IisHouse.HOST;

    final IisHouse house;
    final WsusSwitches switches;
    private final Map<HostName, WindowsHost> hosts = new HashMap<>();

    WsusWorld(TestDatabase database) throws Exception {
        house = new IisHouse(database);
        switches = new PostgresWsusSwitches(database.database());
        database.database().update("delete from wsus_switch");
        hosts.put(HOST, house.server.host());
        house.server.putPool("WsusPool", new PoolState(true, "Started", 2000, 0, false, 0, 0));
        clientsUse(Optional.of(new UpdateServer(DnsName.parse(IisHouse.NAME), house.https)));
        house.bench.inForce(TestWish.named("wsus01").boundTo(house.bound()).forClients("clients"));
    }

    void clientsUse(Optional<UpdateServer> url) {
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

    void reach(HostName name, WindowsHost host) {
        hosts.put(name, host);
    }

    WsusServer server(List<HostName> consoles, List<WsusServer> downstream) {
        return new WsusServer(
                HOST,
                DnsName.parse(IisHouse.NAME),
                house.https,
                StoryBench.WSUS,
                house.bound().name(),
                Optional.of(ClientGroupName.of("clients")),
                consoles,
                downstream);
    }

    WsusServer server() {
        return server(List.of(), List.of());
    }

    WsusPorts ports() {
        LifecyclePorts ports = house.bench.ports();
        return new WsusPorts(
                ports.wishes(),
                hosts::get,
                name -> house.bound(),
                ports.repositories().trust(),
                ports.repositories().hostLocks(),
                switches,
                house.bench.clock);
    }

    /** Bound by the story, and the clients' wait is over. */
    void untilClientsAreReady() {
        house.bench.renew();
        house.bench.clock.advance(WAIT);
    }

    @Override
    public void close() {
        house.close();
    }
}
