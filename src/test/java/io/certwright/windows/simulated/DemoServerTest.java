package io.certwright.windows.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.Thumbprint;
import io.certwright.failure.LifecycleException;
import io.certwright.probe.Endpoint;
import io.certwright.probe.jsse.JsseTlsProbe;
import io.certwright.testing.FreePorts;
import io.certwright.testing.TestCa;
import io.certwright.windows.AccessCall.SetSslFlags;
import io.certwright.windows.HostCall.GetHostFacts;
import io.certwright.windows.Presence;
import io.certwright.windows.ScriptedHost;
import io.certwright.windows.SiteCall.GetSites;
import io.certwright.windows.StoreCall.GetStoredCertificates;
import io.certwright.windows.StoreName;
import io.certwright.windows.WindowsHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as another process meets it. */
class DemoServerTest {
    private final int http = FreePorts.one();
    private final int https = FreePorts.one();
    private DemoServer demo;
    private WindowsHost host;

    @BeforeEach
    void open() throws LifecycleException {
        demo = DemoServer.open(http, https, FreePorts.one(), false, Clock.systemUTC(), new SecureRandom());
        host = new ScriptedHost("demo", new DemoCarrier("demo", demo.controlPort()), Presence.SENT_ALONG);
    }

    @AfterEach
    void close() {
        demo.close();
    }

    @Test
    void shows_what_somebody_bound_by_hand() throws Exception {
        Thumbprint shown = Thumbprint.of(new JsseTlsProbe(Duration.ofSeconds(20))
                .look(new Endpoint("127.0.0.1", https, Optional.of(DnsName.parse(DemoServer.NAME))))
                .chain()
                .leaf());

        assertThat(host.perform(new GetSites()).sites().get(0).bindings().get(1).thumbprint())
                .contains(shown);
    }

    @Test
    void can_be_broken_and_mended_by_lines() throws Exception {
        SetSslFlags change = new SetSslFlags("WSUS Administration/ApiRemoting30", "Ssl");

        assertThat(demo.obey("break locks-access-section")).isEqualTo("now: locks-access-section");
        assertThatThrownBy(() -> host.perform(change)).hasMessageContaining("locked or in use");
        assertThat(demo.obey("mend locks-access-section")).isEqualTo("no longer: locks-access-section");
        assertThat(demo.obey("fail Set-SslFlags after")).isEqualTo("the next Set-SslFlags fails after its effect");
        assertThatThrownBy(() -> host.perform(change)).hasMessageContaining("Unspecified error");
        host.perform(change);

        assertThat(demo.obey("show"))
                .contains("ipport=0.0.0.0:" + https, "UsingSSL=0", "called: Set-SslFlags, Set-SslFlags, Set-SslFlags");
    }

    @Test
    void trusts_the_root_in_a_file(@TempDir Path folder) throws Exception {
        TestCa root = TestCa.root("CN=Our Root", Instant.now());
        Path file =
                Files.write(folder.resolve("our root.cer"), root.certificate().getEncoded());

        assertThat(demo.obey("trust " + file)).isEqualTo("the server trusts CN=Our Root now");

        assertThat(host.perform(new GetStoredCertificates(StoreName.ROOT)).find(Thumbprint.of(root.certificate())))
                .isPresent();
        assertThat(demo.obey("trust " + folder)).contains("is none of what can be done here");
    }

    @Test
    void says_what_a_line_may_be() {
        assertThat(demo.obey("break everything"))
                .startsWith("\"break everything\" is none of what can be done here. a line is one of:");
        assertThat(demo.obey("fail")).startsWith("\"fail\" is none of what can be done here.");
        assertThat(demo.obey("help"))
                .startsWith("a line is one of:")
                .contains("  break BEHAVIOUR        be like an odd server: loses-ssl-flags, ");
    }

    @Test
    void a_demo_that_does_not_run_is_out_of_reach() {
        int port = demo.controlPort();
        demo.close();

        assertThatThrownBy(() -> host.perform(new GetHostFacts()))
                .hasMessage("host demo: no simulated server answers at 127.0.0.1:" + port
                        + "; start it with certwright demo windows, or name another transport than simulated");
    }

    @Test
    void a_port_that_is_taken_is_told() {
        assertThatThrownBy(() -> DemoServer.open(http, https, 0, true, Clock.systemUTC(), new SecureRandom()))
                .hasMessageStartingWith(
                        "demo: one of the ports " + http + ", " + https + " and 0 of 127.0.0.1 cannot be listened on;");
    }
}
