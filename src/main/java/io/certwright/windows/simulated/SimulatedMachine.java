package io.certwright.windows.simulated;

import io.certwright.windows.HostCall.Addresses;
import io.certwright.windows.HostCall.Event;
import io.certwright.windows.HostCall.EventKind;
import io.certwright.windows.HostCall.Events;
import io.certwright.windows.HostCall.GetHostFacts;
import io.certwright.windows.HostCall.GetNameAddresses;
import io.certwright.windows.HostCall.GetOwnAddresses;
import io.certwright.windows.HostCall.GetOwnGroups;
import io.certwright.windows.HostCall.GetRecentEvents;
import io.certwright.windows.HostCall.GetServiceState;
import io.certwright.windows.HostCall.Groups;
import io.certwright.windows.HostCall.HostFacts;
import io.certwright.windows.HostCall.Nothing;
import io.certwright.windows.HostCall.RestartServiceNamed;
import io.certwright.windows.HostCall.ServiceState;
import io.certwright.windows.HostCall.StartServiceNamed;
import io.certwright.windows.HostCall.WriteHostEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a server is beside its roles: its names and addresses, services, events, clock. */
final class SimulatedMachine {
    /** An event with the source that wrote it. */
    private record Written(String source, Event event) {}

    private final String name;
    private final int build;
    private final Clock clock;
    private final Set<Behaviour> behaviours;
    private final Map<String, ServiceState> services = new LinkedHashMap<>();
    private final Map<String, List<String>> names = new LinkedHashMap<>();
    private final List<String> addresses = new ArrayList<>();
    private final Set<String> groups = new LinkedHashSet<>(List.of("S-1-1-0", "S-1-5-32-545"));
    private final List<Written> events = new ArrayList<>();
    private final List<String> restarted;
    private Duration clockAhead = Duration.ZERO;

    SimulatedMachine(String name, int build, Clock clock, Set<Behaviour> behaviours, List<String> restarted) {
        this.name = name;
        this.build = build;
        this.clock = clock;
        this.behaviours = behaviours;
        this.restarted = restarted;
    }

    void answer(CallTable table) {
        table.on(GetHostFacts.class, call -> facts());
        table.on(GetOwnGroups.class, call -> ownGroups());
        table.on(
                GetNameAddresses.class,
                call -> new Addresses(names.getOrDefault(call.name().value(), List.of())));
        table.on(GetOwnAddresses.class, call -> new Addresses(addresses));
        table.on(GetServiceState.class, call -> state(call.service()));
        table.on(RestartServiceNamed.class, call -> restart(call.service()));
        table.on(StartServiceNamed.class, call -> restart(call.service()));
        table.on(GetRecentEvents.class, this::recent);
        table.on(WriteHostEvent.class, this::write);
    }

    Map<String, ServiceState> services() {
        return services;
    }

    Map<String, List<String>> names() {
        return names;
    }

    List<String> addresses() {
        return addresses;
    }

    /** The groups of our account, by SID; that of the Administrators goes by the token. */
    Set<String> groups() {
        return groups;
    }

    void clockAhead(Duration ahead) {
        clockAhead = ahead;
    }

    Instant now() {
        return clock.instant().plus(clockAhead).truncatedTo(ChronoUnit.MILLIS);
    }

    void wrote(String source, int id, int level, String message) {
        events.add(0, new Written(source, new Event(id, level, now(), message)));
    }

    private HostFacts facts() {
        boolean filtered = behaviours.contains(Behaviour.FILTERS_TOKEN);
        return new HostFacts(
                "5.1." + build + ".1",
                behaviours.contains(Behaviour.CONSTRAINS_LANGUAGE) ? "ConstrainedLanguage" : "FullLanguage",
                !behaviours.contains(Behaviour.RUNS_32_BIT),
                !filtered,
                name.toUpperCase(Locale.ROOT) + "\\certwright",
                name.toUpperCase(Locale.ROOT),
                build >= 20348
                        ? "Windows Server 2022 Standard"
                        : build >= 17763 ? "Windows Server 2019 Standard" : "Windows Server 2016 Standard",
                build,
                behaviours.contains(Behaviour.SPEAKS_GERMAN) ? "de-DE" : "en-US",
                now());
    }

    private Groups ownGroups() {
        List<String> all = new ArrayList<>(groups);
        if (!behaviours.contains(Behaviour.FILTERS_TOKEN)) {
            all.add("S-1-5-32-544");
        }
        return new Groups(all);
    }

    private ServiceState state(String service) {
        return services.getOrDefault(service, new ServiceState(false, "", ""));
    }

    private Nothing restart(String service) throws WindowsError {
        if (!services.containsKey(service)) {
            throw WindowsError.thrown("Cannot find any service with service name '" + service + "'.");
        }
        services.put(
                service, new ServiceState(true, "Running", services.get(service).startType()));
        restarted.add(service);
        return new Nothing();
    }

    private Events recent(GetRecentEvents call) {
        Instant since = now().minus(Duration.ofMinutes(call.minutes()));
        return new Events(events.stream()
                .filter(each -> each.source().equals(call.source()))
                .map(Written::event)
                .filter(event -> !event.at().isBefore(since))
                .limit(50)
                .toList());
    }

    private Nothing write(WriteHostEvent call) {
        int level = call.kind() == EventKind.ERROR ? 2 : call.kind() == EventKind.WARNING ? 3 : 4;
        wrote("Certwright", call.id(), level, call.message());
        return new Nothing();
    }
}
