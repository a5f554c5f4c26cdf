package io.certwright.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.DnsName;
import io.certwright.doctor.Listening;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lookup.Observation;
import io.certwright.lookup.dns.SystemNames;
import io.certwright.probe.Endpoint;
import io.certwright.probe.PresentedCertificate;
import io.certwright.testing.TestCa;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealMachineTest {
    private static final CertificateChain OURS = CertificateChain.of(
            TestCa.root("CN=Test Root", Instant.parse("2026-01-01T00:00:00Z")).certificate());

    private static final SystemNames NAMES = new SystemNames(Clock.systemUTC());

    private final RealMachine machine =
            new RealMachine(Clock.systemUTC(), NAMES, RealMachineTest::speaksNoTls, any -> true);

    private static PresentedCertificate speaksNoTls(Endpoint endpoint) throws LifecycleException {
        throw new LifecycleException(FailureKind.MALFORMED_ANSWER, "NOT_TLS", endpoint + " speaks no TLS");
    }

    private static Endpoint endpointOf(ServerSocket server) {
        return Endpoint.of("127.0.0.1", server.getLocalPort());
    }

    @Test
    void tells_a_free_port_from_a_taken_one() throws Exception {
        Endpoint endpoint;
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            endpoint = endpointOf(other);
            assertThat(machine.listening(endpoint)).isEqualTo(Listening.TAKEN);
        }

        assertThat(machine.listening(endpoint)).isEqualTo(Listening.FREE);
    }

    @Test
    void knows_our_own_service_by_its_certificate() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(showing(true).listening(endpointOf(server))).isEqualTo(Listening.OURS);
            assertThat(showing(false).listening(endpointOf(server))).isEqualTo(Listening.TAKEN);
        }
    }

    private static RealMachine showing(boolean ours) {
        return new RealMachine(
                Clock.systemUTC(),
                NAMES,
                endpoint -> new PresentedCertificate(endpoint, OURS, "TLSv1.3", "TLS_AES_256_GCM_SHA384"),
                presented -> ours && presented.chain().equals(OURS));
    }

    @Test
    void knows_which_addresses_are_its_own() {
        assertThat(machine.listening(Endpoint.of("192.0.2.1", 8443))).isEqualTo(Listening.ELSEWHERE);
        assertThat(machine.listening(Endpoint.of("no-such-host.invalid", 8443))).isEqualTo(Listening.ELSEWHERE);
    }

    @Test
    void says_which_names_have_no_address() {
        DnsName here = DnsName.parse("localhost");
        DnsName nowhere = DnsName.parse("no-such-host.invalid");

        assertThat(machine.look(List.of(here, nowhere)))
                .hasSize(2)
                .satisfies(seen -> assertThat(hasAddress(seen.get(0))).isTrue())
                .satisfies(seen -> assertThat(hasAddress(seen.get(1))).isFalse());
    }

    private static boolean hasAddress(Observation seen) {
        return seen instanceof Observation.Resolved resolved
                && !resolved.addresses().isEmpty();
    }

    @Test
    void looks_at_the_disk_of_a_folder_that_is_not_there_yet(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "no folder");

        assertThat(machine.freeBytes(folder.resolve("a/b/c")))
                .isBetween(1L, Files.getFileStore(folder).getTotalSpace());
        assertThat(machine.isWritable(folder.resolve("a/b/c"))).isTrue();
        assertThat(machine.isWritable(file.resolve("a"))).isFalse();
    }
}
