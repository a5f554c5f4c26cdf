package io.certwright.windows.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.windows.service.ServiceRegister.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By stand-ins for Windows' programs; the real prunsrv is tried under Wine: {@code app.UnderWineTest}. */
class ServiceRegisterTest {
    @TempDir
    Path folder;

    private StandInSystem system;
    private ServiceRegister register;
    private ServicePlan plan;
    private Duration waited = Duration.ZERO;

    /** How long a service that is stopping takes. */
    private Duration ends = Duration.ofSeconds(3);

    @BeforeEach
    void release() throws Exception {
        system = new StandInSystem(folder.resolve("Windows"));
        register = ServiceRegister.of(system.environment(), this::pass);
        plan = plan(ServiceAccount.LOCAL_SERVICE);
        Files.createDirectories(folder.resolve("Prog räm/lib"));
        Files.createFile(folder.resolve("Prog räm/certwright.jar"));
        Files.createDirectories(folder.resolve("java/bin/server"));
        Files.createFile(folder.resolve("java/bin/server/jvm.dll"));
        Files.createDirectories(folder.resolve("house/config"));
        Files.createFile(folder.resolve("house/config/certwright.yml"));
        system.installsBy(plan.prunsrv());
    }

    private void pass(Duration duration) {
        waited = waited.plus(duration);
        if (waited.equals(ends)) {
            system.ends("certwright");
        }
    }

    private ServicePlan plan(ServiceAccount account) {
        return new ServicePlan(
                "certwright",
                folder.resolve("Prog räm"),
                folder.resolve("java"),
                folder.resolve("house/config/certwright.yml"),
                folder.resolve("house"),
                account);
    }

    @Test
    void installs_starts_again_what_fails_and_gives_its_account_the_data() throws Exception {
        register.install(plan);

        assertThat(register.findState("certwright")).contains(State.STOPPED);
        assertThat(system.called())
                .contains(
                        "icacls.exe|" + folder.resolve("house/data") + "|/grant|*S-1-5-19:(OI)(CI)F|/T|/C|/Q|",
                        "sc.exe|failure|certwright|reset=|86400|actions=|restart/60000/restart/300000/restart/900000|");
        assertThat(folder.resolve("house/data/log")).isDirectory();
    }

    @Test
    void prunsrv_is_told_everything_that_the_launcher_knows() {
        assertThat(plan(ServiceAccount.LOCAL_SYSTEM).installWords())
                .contains(
                        "//IS//certwright",
                        "--Startup=auto",
                        "--ServiceUser=LocalSystem",
                        "--Jvm=" + folder.resolve("java/bin/server/jvm.dll"),
                        "--Classpath=" + folder.resolve("Prog räm/certwright.jar"),
                        "--StartClass=io.certwright.app.ServiceEntry",
                        "--StartParams=--config;" + folder.resolve("house/config/certwright.yml") + ";serve",
                        "--StartPath=" + folder.resolve("house"),
                        "--LogPath=" + folder.resolve("house/data/log"))
                .contains("--JvmOptions=-XX:+UseSerialGC;-XX:TieredStopAtLevel=1;-Xms32m;-Xmn12m;-Xmx256m"
                        + ";-XX:+ExitOnOutOfMemoryError;-Dsun.net.httpserver.nodelay=true;-Dcertwright.terminal=."
                        + ";-Dcertwright.home=" + folder.resolve("Prog räm"));
    }

    @Test
    void what_is_there_already_is_not_installed_over() throws Exception {
        system.has("certwright", "4  RUNNING", "C:\\x\\prunsrv.exe //RS//certwright");

        assertThatThrownBy(() -> register.install(plan))
                .hasMessage(
                        "service: certwright is installed already; remove it first: certwright windows service remove --name"
                                + " certwright");
        assertThat(system.called()).noneMatch(call -> call.startsWith("prunsrv.exe"));
    }

    @Test
    void what_is_missing_is_named_with_its_fix() throws Exception {
        Files.delete(folder.resolve("java/bin/server/jvm.dll"));
        assertThatThrownBy(() -> register.install(plan))
                .hasMessage("service certwright: \"" + folder.resolve("java/bin/server/jvm.dll")
                        + "\" is not there; set JAVA_HOME to a 64-bit Java 17 or later and run it again");

        Files.delete(plan.prunsrv());
        assertThatThrownBy(() -> register.install(plan))
                .hasMessage("service certwright: \"" + plan.prunsrv()
                        + "\" is not there; unzip a whole release and run the command from there");
    }

    @Test
    void a_path_that_prunsrv_would_cut_is_refused() throws Exception {
        Path marked = Files.createDirectories(folder.resolve("a;b"));
        ServicePlan other = new ServicePlan(
                "certwright", plan.home(), plan.javaHome(), plan.settings(), marked, ServiceAccount.LOCAL_SERVICE);

        assertThatThrownBy(() -> register.install(other))
                .hasMessage("service certwright: got \"" + marked
                        + "\", and prunsrv takes ; # ' and \" for marks of its own; choose a path without them");
    }

    @Test
    void what_prunsrv_says_when_it_fails_is_told() throws Exception {
        system.refusesBy(plan.prunsrv());

        assertThatThrownBy(() -> register.install(plan))
                .hasMessage("service: certwright: prunsrv ended with 8, it says \"Failed installing service\"");
    }

    @Test
    void is_stopped_before_it_is_removed() throws Exception {
        register.install(plan);
        system.has("certwright", "4  RUNNING", "C:\\x\\prunsrv.exe //RS//certwright");

        assertThat(register.remove("certwright")).isTrue();

        assertThat(register.findState("certwright")).isEmpty();
        assertThat(system.called())
                .containsSubsequence(
                        "net.exe|stop|certwright|",
                        "sc.exe|delete|certwright|",
                        "reg.exe|delete|HKLM\\SOFTWARE\\WOW6432Node\\Apache Software Foundation\\ProcRun 2.0\\certwright|/f|");
        assertThat(register.remove("certwright")).isFalse();
    }

    @Test
    void one_that_is_stopping_is_waited_for() throws Exception {
        register.install(plan);
        system.has("certwright", "3  STOP_PENDING", "C:\\x\\prunsrv.exe //RS//certwright");

        assertThat(register.remove("certwright")).isTrue();

        assertThat(waited).isEqualTo(ends);
        assertThat(register.findState("certwright")).isEmpty();
        assertThat(system.called()).noneMatch(call -> call.startsWith("net.exe"));
    }

    @Test
    void one_that_takes_longer_to_end_is_removed_all_the_same() throws Exception {
        system.has("certwright", "3  STOP_PENDING", "C:\\x\\prunsrv.exe //RS//certwright");
        ends = Duration.ofDays(1);

        assertThat(register.remove("certwright")).isTrue();

        assertThat(waited).isEqualTo(Duration.ofSeconds(20));
        assertThat(register.findState("certwright")).isEmpty();
    }

    @Test
    void one_that_does_not_stop_stays() throws Exception {
        system.has("certwright", "4  RUNNING", "C:\\x\\prunsrv.exe //RS//certwright");
        system.doesNotStop("certwright");

        assertThatThrownBy(() -> register.remove("certwright"))
                .hasMessage("service: certwright does not stop: it says \"Der Dienst konnte nicht beendet werden.\"");
        assertThat(register.findState("certwright")).contains(State.RUNNING);
    }

    @Test
    void a_service_of_somebody_else_is_left_alone() throws Exception {
        system.has("W3SVC", "4  RUNNING", "%windir%\\system32\\svchost.exe -k iissvcs");

        assertThatThrownBy(() -> register.remove("W3SVC"))
                .hasMessage(
                        "service: W3SVC is not run by prunsrv, so Certwright did not install it; name the right one by --name");
        assertThat(system.called()).noneMatch(call -> call.startsWith("net.exe") || call.contains("delete"));
    }

    @Test
    void elsewhere_than_on_windows_there_is_no_service() {
        assertThatThrownBy(() -> ServiceRegister.of(Map.of("PATH", "/bin"), this::pass))
                .hasMessage(
                        "service: this machine has no service manager of Windows; on Linux let systemd run \"certwright serve\"");
    }

    @Test
    void a_name_that_is_none_is_refused() {
        assertThatThrownBy(() -> ServicePlan.requireName("a & b"))
                .hasMessage(
                        "service name: got \"a & b\", wanted a letter and then letters, digits, - or _, 80 at most");
    }
}
