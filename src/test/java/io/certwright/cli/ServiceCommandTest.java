package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code windows service …}, as far as the command line goes. */
class ServiceCommandTest {
    private static final String NL = System.lineSeparator();

    private final Map<String, String> services = new HashMap<>();
    private final House house = OpenedHouse.of(new ClosedRooms() {
        @Override
        public ServiceControl windowsService() {
            return new Kept();
        }

        @Override
        public void close() {
            // Nothing was opened.
        }
    });

    /** Services as names with states. */
    private final class Kept implements ServiceControl {
        @Override
        public Installed install(String name) {
            services.put(name, "STOPPED");
            return new Installed(
                    "NT AUTHORITY\\LocalService",
                    "no host of the settings is this machine's own Windows",
                    "C:\\c\\data\\log",
                    Optional.of("host local: PowerShell is ill"));
        }

        @Override
        public boolean remove(String name) {
            return services.remove(name) != null;
        }

        @Override
        public Optional<String> findState(String name) {
            return Optional.ofNullable(services.get(name));
        }
    }

    @Test
    void what_is_installed_is_said_with_its_account_and_how_to_start_it() {
        Run run = Run.of(house, "windows", "service", "install");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .isEqualTo(
                        "Service certwright is installed; it runs as NT AUTHORITY\\LocalService, because no host of the"
                                + " settings is this machine's own Windows." + NL
                                + "It starts with Windows. To start it now: net start certwright" + NL
                                + "It logs to C:\\c\\data\\log" + NL);
        assertThat(run.err())
                .isEqualTo("Renewals will not be in the Windows Event Log: host local: PowerShell is ill" + NL);
    }

    @Test
    void only_one_that_runs_is_no_finding() {
        assertThat(Run.of(house, "windows", "service", "status").exit()).isEqualTo(10);
        services.put("other", "RUNNING");

        Run run = Run.of(house, "--json", "windows", "service", "status", "--name", "other");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo("{\"service\":\"other\",\"state\":\"RUNNING\"}" + NL);
    }

    @Test
    void removing_twice_is_harmless() {
        services.put("certwright", "STOPPED");

        assertThat(Run.of(house, "windows", "service", "remove").out())
                .isEqualTo("Service certwright is removed." + NL);
        Run again = Run.of(house, "windows", "service", "remove");

        assertThat(again.exit()).isZero();
        assertThat(again.out()).isEqualTo("There is no service certwright." + NL);
    }
}
