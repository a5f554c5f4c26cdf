package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code windows install-script} and {@code demo windows}, as far as the command line goes. */
class WindowsCommandsTest {
    private static final String KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFake certwright";

    @TempDir
    Path folder;

    private final List<DemoWindows.Wish> wished = new ArrayList<>();
    private final House house = OpenedHouse.of(new ClosedRooms() {
        @Override
        public List<String> hosts() {
            return List.of("local", "wsus01");
        }

        @Override
        public DemoWindows demoWindows(DemoWindows.Wish wish) {
            wished.add(wish);
            return new ShortDemo();
        }

        @Override
        public void close() {
            left++;
        }
    });

    private int left;

    /** Ends at once. */
    private static final class ShortDemo implements DemoWindows {
        @Override
        public String name() {
            return "wsus.certwright.test";
        }

        @Override
        public void obeyUntilTheEnd(Consumer<String> reply) {
            reply.accept("obeyed");
        }

        @Override
        public void close() {
            assertThat(name()).isNotEmpty();
        }
    }

    @Test
    void the_steps_let_the_key_run_one_file_alone() throws Exception {
        Path key = Files.writeString(folder.resolve("key.pub"), KEY + "\n");
        Path script = folder.resolve("certwright.ps1");

        Run run = Run.of(
                house,
                "windows",
                "install-script",
                "wsus01",
                "--public-key",
                key.toString(),
                "--out",
                script.toString());

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains(
                        "     restrict,command=\"powershell.exe -NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -File \\\"C:\\Program"
                                + " Files\\Certwright\\certwright.ps1\\\" -FromInput\" " + KEY)
                .contains("icacls \"C:\\Program Files\\Certwright\" /inheritance:r /grant *S-1-5-18:(OI)(CI)F")
                .contains("set script: installed under hosts: wsus01");
        assertThat(script).content().startsWith("# What Certwright asks of a Windows host");
    }

    @Test
    void a_host_that_the_settings_lack_is_named() {
        assertThat(Run.of(house, "windows", "install-script", "wsus9").err())
                .isEqualTo(
                        "certwright: windows install-script: the settings have no host \"wsus9\", wanted one of local, wsus01"
                                + System.lineSeparator());
    }

    @Test
    void a_private_key_is_no_public_one() throws Exception {
        Path key = Files.writeString(folder.resolve("key"), "-----BEGIN OPENSSH PRIVATE KEY-----\n");

        Run run = Run.of(house, "windows", "install-script", "wsus01", "--public-key", key.toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("certwright: windows install-script: " + key
                        + " is no public key of SSH, wanted one line as ssh-keygen -y -f" + " KEY prints it"
                        + System.lineSeparator());
        assertThat(Path.of("certwright.ps1")).doesNotExist();
    }

    @Test
    void the_demo_says_how_to_look_at_manage_and_break_it() {
        Run run = Run.of(house, "demo", "windows", "--https", "9531", "--fresh");

        assertThat(run.exit()).isZero();
        assertThat(left).isEqualTo(1);
        assertThat(wished).containsExactly(new DemoWindows.Wish(8530, 9531, 8599, true));
        assertThat(run.err() + run.out())
                .contains("certwright probe 127.0.0.1:9531 --sni wsus.certwright.test")
                .contains("demo: { transport: simulated, address: 127.0.0.1, port: 8599 }")
                .contains("demo: { dns: [wsus.certwright.test], issuer: lab, bind:")
                .contains("obeyed");
    }

    @Test
    void what_is_bound_in_the_demo_is_to_be_adopted() {
        Run run = Run.of(house, "demo", "windows");

        assertThat(run.err() + run.out())
                .contains("then: certwright scan, certwright adopt demo")
                .doesNotContain("certificates:");
    }
}
