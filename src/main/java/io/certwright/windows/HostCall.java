package io.certwright.windows;

import io.certwright.certificate.DnsName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** About the host as a whole: what it is, as whom we are there, its names, services and events. */
public sealed interface HostCall<A extends Record> extends WindowsCall<A> {
    /** What the host is and what we may do there. */
    record GetHostFacts() implements HostCall<HostFacts> {}

    /**
     * What runs there, as whom, and what the host's clock says.
     *
     * @param powerShell the version, {@code 5.1.17763.1}
     * @param languageMode {@code FullLanguage}, or {@code ConstrainedLanguage} under an application control policy
     * @param elevated whether our token is an administrator's; false also where UAC filtered it
     * @param build of Windows: 14393 is Server 2016, 17763 is 2019, 20348 is 2022, 26100 is 2025
     * @param clock what the host's clock says, in UTC
     */
    record HostFacts(
            String powerShell,
            String languageMode,
            boolean is64Bit,
            boolean elevated,
            String user,
            String computer,
            String product,
            int build,
            String culture,
            Instant clock) {}

    /** The groups that our token counts as being in, so that none that UAC took out of it is among them. */
    record GetOwnGroups() implements HostCall<Groups> {}

    /** Groups by SID, {@code S-1-5-32-544}. */
    record Groups(List<String> groups) {
        public Groups {
            groups = List.copyOf(groups);
        }
    }

    /** The addresses that the host itself finds for a name. */
    record GetNameAddresses(DnsName name) implements HostCall<Addresses> {}

    /** The addresses that the host has. */
    record GetOwnAddresses() implements HostCall<Addresses> {}

    /** IP addresses as text; none where the name is not known or the host has none. */
    record Addresses(List<String> addresses) {
        public Addresses {
            addresses = List.copyOf(addresses);
        }
    }

    /** Looks at a service of Windows: {@code WsusService}, {@code W3SVC}. */
    record GetServiceState(String service) implements HostCall<ServiceState> {
        public GetServiceState {
            ServiceNames.require(service);
        }
    }

    /**
     * How a service stands.
     *
     * @param present whether there is such a service; the rest is empty where not
     * @param status {@code Running}, {@code Stopped} and so on, never localized
     * @param startType {@code Automatic}, {@code Manual}, {@code Disabled}
     */
    record ServiceState(boolean present, String status, String startType) {
        public boolean isRunning() {
            return status.equals("Running");
        }
    }

    /** Stops a service, and those that depend on it, and starts them again. */
    record RestartServiceNamed(String service) implements HostCall<Nothing> {
        public RestartServiceNamed {
            ServiceNames.require(service);
        }

        @Override
        public Duration limit() {
            return Duration.ofMinutes(4);
        }
    }

    /** Starts a service that may run already. */
    record StartServiceNamed(String service) implements HostCall<Nothing> {
        public StartServiceNamed {
            ServiceNames.require(service);
        }

        @Override
        public Duration limit() {
            return Duration.ofMinutes(4);
        }
    }

    /** The events of the Application log that one source wrote in the last minutes, newest first, at most 50. */
    record GetRecentEvents(String source, int minutes) implements HostCall<Events> {
        public GetRecentEvents {
            WindowsCall.requireText("source", source);
            if (minutes < 1 || minutes > 100_000) {
                throw new IllegalArgumentException("minutes: got " + minutes + ", wanted 1 to 100,000");
            }
        }
    }

    /** Events, newest first. */
    record Events(List<Event> events) {
        public Events {
            events = List.copyOf(events);
        }
    }

    /** One event; {@code level} is 1 critical, 2 error, 3 warning, 4 information; {@code message} is localized. */
    record Event(int id, int level, Instant at, String message) {}

    /** Writes one event to the Application log under the source {@code Certwright}, which is made where it is missing. */
    record WriteHostEvent(int id, EventKind kind, String message) implements HostCall<Nothing> {
        public WriteHostEvent {
            WindowsCall.requireText("event message", message);
            if (id < 1 || id > 65_535) {
                throw new IllegalArgumentException("event id: got " + id + ", wanted 1 to 65535");
            }
        }
    }

    /** How an event is marked in the log. */
    enum EventKind {
        INFORMATION,
        WARNING,
        ERROR
    }

    /** The answer of a change that has nothing to tell. */
    record Nothing() {}

    /** What a program said: its exit code and its lines on stdout, which are localized. */
    record ProgramOutput(int exitCode, List<String> lines) {
        public ProgramOutput {
            lines = List.copyOf(lines);
        }
    }
}
