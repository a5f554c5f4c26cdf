package io.certwright.architecture;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One room of the house: a package with its subpackages, or an adapter, which is a subpackage of its port's package.
 *
 * @param name as in the table: {@code policy}, {@code enrollment.acme}
 * @param floor the line of the table, from the bottom up; an adapter stands beside the doors
 */
record Room(String name, int floor) {
    /** The table from the bottom up. Rooms of one line do not know each other. */
    private static final List<Set<String>> FLOORS = List.of(
            Set.of("certificate", "failure"),
            Set.of("crypto", "config", "program"),
            Set.of("probe", "windows", "lookup", "http"),
            Set.of("iis"),
            Set.of("enrollment", "policy", "trust", "binding", "alert", "audit"),
            Set.of("lifecycle"),
            Set.of("wsus", "discovery", "doctor", "setup"),
            Set.of("cli", "web", "schedule"),
            Set.of("app"));

    private static final int DOORS = 7;
    private static final Set<String> WITH_ADAPTERS =
            Set.of("enrollment", "key", "binding", "windows", "lookup", "trust", "alert", "store", "probe");
    /** Ports that any adapter may use. */
    private static final Set<String> COMMON_PORTS = Set.of("probe", "windows", "lookup");
    /** The adapter that implements every repository and query, so that its port is everything below the doors. */
    private static final String STORE = "store.postgres";

    /** The room of a package, given without the base package; empty where the table has none. */
    static Optional<Room> of(String packageName) {
        String[] names = packageName.split("\\.", -1);
        if (WITH_ADAPTERS.contains(names[0]) && names.length > 1) {
            return Optional.of(new Room(names[0] + "." + names[1], DOORS));
        }
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            if (FLOORS.get(floor).contains(names[0])) {
                return Optional.of(new Room(names[0], floor));
            }
        }
        return Optional.empty();
    }

    boolean isAdapter() {
        return name.contains(".");
    }

    /** Whether code in this room may name the other. */
    boolean mayKnow(Room other) {
        if (equals(other) || name.equals("app")) {
            return true;
        }
        if (other.isAdapter() || other.floor >= floor) {
            return false;
        }
        return !isAdapter() || name.equals(STORE) || other.floor < portFloor() || isPort(other);
    }

    private boolean isPort(Room other) {
        return other.name.equals(portName()) || COMMON_PORTS.contains(other.name);
    }

    private int portFloor() {
        return Room.of(portName()).map(Room::floor).orElse(0);
    }

    /** Where the port of an adapter stands; the port of {@code key.…} is the one that seals keys. */
    private String portName() {
        String first = name.substring(0, name.indexOf('.'));
        return first.equals("key") ? "crypto" : first;
    }
}
