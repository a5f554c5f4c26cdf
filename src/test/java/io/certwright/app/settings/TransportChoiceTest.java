package io.certwright.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.binding.HostName;
import io.certwright.config.Fault;
import io.certwright.config.Faults;
import io.certwright.config.SettingsFile;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.ConfigMgrCall.GetUpdatePoints;
import io.certwright.windows.HostCall.GetHostFacts;
import io.certwright.windows.WindowsCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the settings say of the way to a host. */
class TransportChoiceTest {
    @TempDir
    Path root;

    private final Faults faults = new Faults();

    private Optional<Settings> read(String hosts) throws IOException {
        Path file = root.resolve("config/certwright.yml");
        Files.createDirectories(root.resolve("config"));
        Files.writeString(file, "issuers: { lab: { type: builtin } }\nhosts:\n" + hosts);
        return SettingsReading.read(new SettingsFile(file, Map.of()), faults);
    }

    private WindowsHosts hosts(String hosts) throws IOException {
        Settings settings = read(hosts).orElseThrow(() -> new AssertionError(faults.list()));
        return WindowsHosts.of(
                settings.transports(),
                settings.hosts(),
                new TransportChoice.Parts(Map.of(), root.resolve("data"), Clock.systemUTC()));
    }

    private String failureOf(WindowsHosts hosts, String name) {
        return failureOf(hosts, name, new GetHostFacts());
    }

    private String failureOf(WindowsHosts hosts, String name, WindowsCall<?> call) {
        LifecycleException[] caught = new LifecycleException[1];
        assertThatThrownBy(() -> hosts.get(new HostName(name)).perform(List.of(call)))
                .isInstanceOfSatisfying(LifecycleException.class, failed -> caught[0] = failed);
        return caught[0].code();
    }

    @Test
    void calls_that_need_another_machine_are_refused_where_the_settings_say_so() throws IOException {
        WindowsHosts hosts = hosts("""
                  a: { transport: local, network-calls: refuse }
                  b: { transport: ssh, address: 127.0.0.1, port: 1, user: pki, password: hush, network-calls: refuse }
                  c: { transport: ssh, address: 127.0.0.1, port: 1, user: pki, password: hush }
                """);

        assertThat(failureOf(hosts, "a", new GetUpdatePoints("P01"))).isEqualTo("HOST_NO_NETWORK_LOGON");
        assertThat(failureOf(hosts, "b", new GetUpdatePoints("P01"))).isEqualTo("HOST_NO_NETWORK_LOGON");
        assertThat(failureOf(hosts, "c", new GetUpdatePoints("P01"))).isEqualTo("HOST_UNREACHABLE");
    }

    @Test
    void each_transport_is_made_of_its_settings() throws IOException {
        WindowsHosts hosts = hosts("""
                  a: { transport: local }
                  b: { transport: ssh, address: 127.0.0.1, port: 1, user: certwright, password: hush, mode: manage }
                  c: { transport: runbook, address: c.contoso.com }
                  d: { mode: report }
                """);

        assertThat(failureOf(hosts, "a")).isEqualTo("POWERSHELL_MISSING");
        assertThat(failureOf(hosts, "local")).isEqualTo("POWERSHELL_MISSING");
        assertThat(failureOf(hosts, "b")).isEqualTo("HOST_UNREACHABLE");
        assertThat(failureOf(hosts, "c")).isEqualTo("HOST_RUNBOOK_WAITS");
        assertThat(failureOf(hosts, "d")).isEqualTo("HOST_WITHOUT_TRANSPORT");
        assertThat(List.of("a", "b", "c", "d"))
                .extracting(name -> hosts.addressOf(new HostName(name)))
                .containsExactly("localhost", "127.0.0.1", "c.contoso.com", "d");
    }

    @Test
    void what_would_change_a_host_in_mode_report_is_refused() throws IOException {
        WindowsHosts hosts = hosts("""
                  a: { transport: local }
                  b: { transport: local, mode: manage }
                """);

        assertThatThrownBy(() -> hosts.toChange(new HostName("a")).perform(new GetHostFacts()))
                .isInstanceOfSatisfying(
                        LifecycleException.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.REFUSED))
                .hasMessage("host a: is in mode report, so that nothing is written there; set \"mode: manage\" in its"
                        + " settings");
        assertThatThrownBy(() -> hosts.toChange(new HostName("b")).perform(new GetHostFacts()))
                .isInstanceOfSatisfying(
                        LifecycleException.class,
                        failed -> assertThat(failed.code()).isEqualTo("POWERSHELL_MISSING"));
    }

    @Test
    void every_fault_of_a_host_is_told_at_once() throws IOException {
        assertThat(read("""
                          a: { transport: ssh, user: 'x y', port: 70000 }
                          b: { transport: telnet }
                          c: { transport: runbook, adress: c }
                        """)).isEmpty();

        assertThat(faults.list().stream()
                        .map(Fault::toString)
                        .map(fault -> fault.replaceFirst(".*certwright\\.yml:", "")))
                .containsExactly(
                        "3:3: hosts.a.address: is missing, wanted a value",
                        "3:3: hosts.a.key: got neither key nor password, wanted one of them to log in with",
                        "3:30: hosts.a.user: got \"x y\", wanted an account such as certwright or contoso\\certwright",
                        "3:43: hosts.a.port: got \"70000\", wanted a whole number from 1 to 65535",
                        "4:19: hosts.b.transport: got \"telnet\", wanted one of local, ssh, runbook, simulated",
                        "5:28: hosts.c.adress: unknown key, did you mean \"address\"?");
    }

    @Test
    void a_key_made_on_a_host_serves_that_host_alone() throws IOException {
        String hosts = "  a: { transport: local }\n  b: { transport: local }\n";
        String certificate =
                "certificates:\n  x: { dns: [x.contoso.com], issuer: lab, key: { origin: host }, bind: [%s] }\n";
        String one = "{ type: iis, host: a, site: Default Web Site, port: 443 }";
        assertThat(read(hosts + String.format(certificate, one + ", { type: iis, host: a, site: Other, port: 444 }")))
                .isPresent();

        assertThat(read(hosts + String.format(certificate, one + ", { type: iis, host: b, site: Default Web Site }")))
                .isEmpty();

        assertThat(faults.list())
                .singleElement()
                .asString()
                .endsWith(
                        "certificates.x.key.origin: got \"host\" with bindings on 2 hosts, wanted service, or a certificate for each"
                                + " host: such a key never leaves its host");
    }

    @Test
    void no_rendering_shows_a_secret() throws IOException {
        Settings settings = read("  b: { transport: ssh, address: b.contoso.com, user: x, password: hush }\n")
                .orElseThrow();

        assertThat(settings.transports().get(new HostName("b")).toString()).doesNotContain("hush");
    }
}
