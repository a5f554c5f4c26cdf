package io.certwright.probe.jsse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.probe.Endpoint;
import io.certwright.probe.PresentedCertificate;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestCertificate;
import io.certwright.testing.TestKeys;
import io.certwright.testing.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsseTlsProbeTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final TestCa ISSUING = TestCa.root("CN=Test Root", NOW).intermediate("CN=Test Issuing");
    private static final TestCertificate DRAFT = ISSUING.leaf("wsus.certwright.test");
    private static final KeyPair KEY = DRAFT.keyPair();
    private static final IssuedCertificate ISSUED = DRAFT.issue();
    private static final List<X509Certificate> CHAIN = ISSUED.chain().certificates();

    private final JsseTlsProbe probe = new JsseTlsProbe(Duration.ofSeconds(20));
    private final JsseTlsProbe hasty = new JsseTlsProbe(Duration.ofMillis(700));

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void shows_the_chain_as_it_was_sent(String protocol) throws LifecycleException {
        try (TestServer server = tls(socket -> socket.setEnabledProtocols(new String[] {protocol}))) {
            PresentedCertificate shown = probe.look(at(server));

            assertThat(shown.chain().certificates()).isEqualTo(CHAIN);
            assertThat(shown.sha256()).isEqualTo(ISSUED.sha256());
            assertThat(shown.protocol()).isEqualTo(protocol);
            assertThat(shown.cipherSuite()).startsWith("TLS_");
        }
    }

    @Test
    void keeps_the_order_of_a_chain_that_is_sent_wrongly() throws LifecycleException {
        List<X509Certificate> odd = List.of(CHAIN.get(0), ISSUING.anchor(), CHAIN.get(1));
        try (TestServer server = TestServer.tls(KEY, odd, socket -> {})) {
            assertThat(probe.look(at(server)).chain().certificates()).isEqualTo(odd);
        }
    }

    @Test
    void looks_over_ipv6() throws LifecycleException {
        try (TestServer server = TestServer.tls("::1", KEY, CHAIN, socket -> {})) {
            assertThat(probe.look(Endpoint.of("::1", server.port())).sha256()).isEqualTo(ISSUED.sha256());
        }
    }

    @Test
    void shows_an_expired_certificate_of_another_name() throws LifecycleException {
        TestCertificate old = ISSUING.leaf("other.example").validFor(Duration.ofDays(-90), Duration.ofDays(-1));
        try (TestServer server =
                TestServer.tls(old.keyPair(), old.issue().chain().certificates(), socket -> {})) {
            assertThat(probe.look(at(server)).chain().leaf().getNotAfter()).isBefore(NOW);
        }
    }

    @Test
    void shows_a_weak_certificate() throws LifecycleException {
        TestCa weak = TestCa.rootDraft("CN=Weak Root", NOW)
                .key(TestKeys.sharedRsa(1024))
                .signatureAlgorithm("SHA1withRSA")
                .asRoot();
        X509Certificate leaf = weak.leaf("wsus.certwright.test")
                .signatureAlgorithm("SHA1withRSA")
                .certificate();
        try (TestServer server = TestServer.tls(KEY, List.of(leaf), socket -> {})) {
            assertThat(probe.look(at(server)).chain().leaf()).isEqualTo(leaf);
        }
    }

    @Test
    void sends_the_server_name_and_none_for_an_address() {
        List<String> hellos = new CopyOnWriteArrayList<>();
        try (TestServer listening = TestServer.tcp(caller -> {
            byte[] hello = new byte[2000];
            int length = caller.getInputStream().read(hello);
            hellos.add(new String(hello, 0, length, StandardCharsets.ISO_8859_1));
        })) {
            assertThatThrownBy(() -> probe.look(at(listening))).isInstanceOf(LifecycleException.class);
            assertThatThrownBy(() -> probe.look(at(listening).withSni(new DnsName("wsus.certwright.test"))))
                    .isInstanceOf(LifecycleException.class);
        }
        assertThat(hellos).hasSize(4);
        assertThat(hellos.get(0)).doesNotContain("127.0.0.1").doesNotContain("wsus.certwright.test");
        assertThat(hellos.get(2)).contains("wsus.certwright.test");
    }

    @Test
    void never_resumes_a_session() throws Exception {
        BlockingQueue<byte[]> sessions = new ArrayBlockingQueue<>(2);
        try (TestServer server = tls(socket -> socket.setEnabledProtocols(new String[] {"TLSv1.2"}))) {
            sessions.add(idOfSession(server));
            sessions.add(idOfSession(server));
        }
        assertThat(sessions.take()).isNotEqualTo(sessions.take());
    }

    /** Looks through a tap that reads the server's answer: in TLS 1.2 a resumed session would carry the same id in clear. */
    private byte[] idOfSession(TestServer server) throws Exception {
        BlockingQueue<byte[]> ids = new ArrayBlockingQueue<>(1);
        try (TestServer tap = TestServer.tcp(caller -> {
            try (Socket onward = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                Thread back = new Thread(() -> copy(onward, caller, ids));
                back.start();
                copy(caller, onward, new ArrayBlockingQueue<>(1));
                back.join(5000);
            }
        })) {
            assertThat(probe.look(at(tap)).sha256()).isEqualTo(ISSUED.sha256());
        }
        byte[] id = ids.poll(5, TimeUnit.SECONDS);
        assertThat(id).isNotNull();
        return id;
    }

    private static void copy(Socket from, Socket to, BlockingQueue<byte[]> firstSessionId) {
        byte[] some = new byte[16384];
        try {
            for (int read = from.getInputStream().read(some);
                    read >= 0;
                    read = from.getInputStream().read(some)) {
                firstSessionId.offer(java.util.Arrays.copyOfRange(some, 44, 76));
                to.getOutputStream().write(some, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException closed) {
            return;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void shows_the_certificate_of_a_server_that_insists_on_client_certificates(String protocol)
            throws LifecycleException {
        try (TestServer server = tls(socket -> {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.setNeedClientAuth(true);
        })) {
            assertThat(probe.look(at(server)).sha256()).isEqualTo(ISSUED.sha256());
        }
    }

    @Test
    void goes_on_after_a_warning_that_the_name_is_unknown() throws LifecycleException {
        try (TestServer server = tls(socket -> {});
                TestServer warning = TestServer.tcp(caller -> {
                    caller.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 1, 112});
                    try (Socket onward = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                        Thread back = new Thread(() -> copy(onward, caller, new ArrayBlockingQueue<>(1)));
                        back.start();
                        copy(caller, onward, new ArrayBlockingQueue<>(1));
                        back.join(5000);
                    }
                })) {
            assertThat(probe.look(at(warning)).sha256()).isEqualTo(ISSUED.sha256());
        }
    }

    @Test
    void tries_tls_1_2_alone_where_a_server_hangs_up_on_more() throws LifecycleException {
        BlockingQueue<String> answered = new ArrayBlockingQueue<>(1);
        try (TestServer server = tls(socket -> {});
                TestServer old = TestServer.tcp(caller -> {
                    byte[] hello = new byte[4096];
                    int length = caller.getInputStream().read(hello);
                    if (new String(hello, 0, length, StandardCharsets.ISO_8859_1).contains("\u0000+\u0000\u0005")) {
                        return;
                    }
                    answered.offer("TLS 1.2");
                    try (Socket onward = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                        onward.getOutputStream().write(hello, 0, length);
                        Thread back = new Thread(() -> copy(onward, caller, new ArrayBlockingQueue<>(1)));
                        back.start();
                        copy(caller, onward, new ArrayBlockingQueue<>(1));
                        back.join(5000);
                    }
                })) {
            assertThat(probe.look(at(old)).protocol()).isEqualTo("TLSv1.2");
            assertThat(answered).hasSize(1);
        }
    }

    @Test
    void a_closed_port_is_refused() throws IOException {
        int free;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = closed.getLocalPort();
        }
        assertFailure(
                probe,
                Endpoint.of("127.0.0.1", free),
                FailureKind.UNREACHABLE,
                "the connection was refused; check that the server runs and listens on this port");
    }

    @Test
    void a_name_that_does_not_resolve_is_said_so() {
        assertFailure(
                probe,
                Endpoint.of("wsus.certwright.invalid", 443),
                FailureKind.UNREACHABLE,
                "the host name does not resolve; check its spelling and the DNS server");
    }

    @Test
    void name_resolution_is_limited_too() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        JsseTlsProbe stuck = new JsseTlsProbe(Duration.ofMillis(200), host -> {
            try {
                never.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return new InetAddress[0];
        });
        assertFailure(
                stuck,
                Endpoint.of("wsus.certwright.test", 443),
                FailureKind.UNREACHABLE,
                "no complete handshake within 0.2 s; check the firewall in between and the load of the server");
    }

    @Test
    void tries_every_address_of_a_name() throws Exception {
        try (TestServer server = tls(socket -> {})) {
            InetAddress dead = InetAddress.getByName("127.0.0.9");
            InetAddress alive = InetAddress.getLoopbackAddress();
            JsseTlsProbe several = new JsseTlsProbe(Duration.ofSeconds(20), host -> new InetAddress[] {dead, alive});

            assertThat(several.look(Endpoint.of("wsus.certwright.test", server.port()))
                            .sha256())
                    .isEqualTo(ISSUED.sha256());
        }
    }

    @Test
    void a_server_that_says_nothing_ends_the_look() {
        try (TestServer silent = TestServer.tcp(caller -> new CountDownLatch(1).await(30, TimeUnit.SECONDS))) {
            assertFailure(
                    hasty,
                    at(silent),
                    FailureKind.UNREACHABLE,
                    "no complete handshake within 0.7 s; check the firewall in between and the load of the server");
        }
    }

    @Test
    void a_server_that_drips_ends_the_look() {
        try (TestServer dripping = TestServer.tcp(caller -> {
            caller.getOutputStream().write(new byte[] {22, 3, 3, 64, 0});
            while (!new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS)) {
                caller.getOutputStream().write(2);
            }
        })) {
            long begun = System.nanoTime();
            assertFailure(
                    hasty,
                    at(dripping),
                    FailureKind.UNREACHABLE,
                    "no complete handshake within 0.7 s; check the firewall in between and the load of the server");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void a_server_that_hangs_up_is_said_so() {
        try (TestServer closing =
                TestServer.tcp(caller -> caller.getInputStream().read(new byte[4096]))) {
            assertFailure(
                    probe,
                    at(closing),
                    FailureKind.UNREACHABLE,
                    "the server hung up in the middle of the handshake; check that it has a certificate with a private key");
        }
    }

    @Test
    void a_reset_connection_is_said_so() {
        try (TestServer resetting = TestServer.tcp(caller -> {
            caller.getInputStream().read();
            caller.setSoLinger(true, 0);
        })) {
            assertFailure(
                    probe,
                    at(resetting),
                    FailureKind.UNREACHABLE,
                    "the connection broke (Connection reset); check the network and the server's own log");
        }
    }

    @Test
    void plain_http_is_recognised() {
        try (TestServer http = TestServer.tcp(caller -> {
            caller.getInputStream().read(new byte[4096]);
            caller.getOutputStream()
                    .write("HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        })) {
            assertFailure(
                    probe,
                    at(http),
                    FailureKind.MALFORMED_ANSWER,
                    "got \"HTTP/1.1 400 Bad Request\", wanted a TLS handshake; this port speaks plain HTTP,"
                            + " enable https on it or probe another port");
        }
    }

    @Test
    void ssh_is_recognised() {
        try (TestServer ssh = TestServer.tcp(caller -> {
            caller.getOutputStream().write("SSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.US_ASCII));
            caller.getInputStream().read(new byte[4096]);
        })) {
            assertFailure(
                    probe,
                    at(ssh),
                    FailureKind.MALFORMED_ANSWER,
                    "got \"SSH-2.0-OpenSSH_9.2\", wanted a TLS handshake; another protocol answers on this port,"
                            + " check the number");
        }
    }

    @Test
    void an_alert_is_shown_in_its_own_words() {
        try (TestServer declining = TestServer.tcp(caller -> {
            caller.getInputStream().read(new byte[4096]);
            caller.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 2, 40});
        })) {
            assertFailure(
                    probe,
                    at(declining),
                    FailureKind.UNREACHABLE,
                    "the server ended the handshake with the alert handshake_failure;"
                            + " check that it has a certificate for this name and a cipher suite in common");
        }
    }

    @Test
    void a_server_that_speaks_only_old_tls_is_named_as_such() {
        try (TestServer old = TestServer.tcp(caller -> {
            caller.getInputStream().read(new byte[4096]);
            caller.getOutputStream().write(new byte[] {21, 3, 1, 0, 2, 2, 70});
        })) {
            assertFailure(
                    probe,
                    at(old),
                    FailureKind.MALFORMED_ANSWER,
                    "the server speaks neither TLS 1.2 nor TLS 1.3; enable TLS 1.2 on it");
        }
    }

    @Test
    void garbage_inside_a_tls_record_breaks_the_protocol() {
        try (TestServer garbled = TestServer.tcp(caller -> {
            caller.getInputStream().read(new byte[4096]);
            caller.getOutputStream().write(new byte[] {22, 3, 3, 0, 4, 99, 0, 0, 0});
        })) {
            assertThatThrownBy(() -> probe.look(at(garbled)))
                    .isInstanceOfSatisfying(
                            LifecycleException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(FailureKind.MALFORMED_ANSWER))
                    .hasMessageStartingWith(
                            "probe 127.0.0.1:" + garbled.port() + ": got a TLS answer that breaks the protocol (")
                    .hasMessageEndingWith("), wanted a complete handshake; check the server's own log");
        }
    }

    @Test
    void any_garbage_is_one_sentence() {
        Random random = new Random(20261122);
        for (int i = 0; i < 200; i++) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            boolean likeTls = noise.length > 5 && i % 2 == 0;
            if (likeTls) {
                noise[0] = 22;
                noise[1] = 3;
                noise[3] = 0;
            }
            try (TestServer noisy = TestServer.tcp(caller -> {
                caller.getInputStream().read(new byte[4096]);
                caller.getOutputStream().write(noise);
            })) {
                assertThatThrownBy(() -> probe.look(at(noisy)))
                        .as("noise %d", i)
                        .isInstanceOf(LifecycleException.class)
                        .hasMessageStartingWith("probe 127.0.0.1:" + noisy.port() + ": ")
                        .hasMessageMatching("\\P{Cntrl}+");
            }
        }
    }

    @Test
    void a_server_that_floods_is_cut_off() {
        byte[] warnings = new byte[7 * 2000];
        for (int i = 0; i < warnings.length; i += 7) {
            System.arraycopy(new byte[] {21, 3, 3, 0, 2, 1, 112}, 0, warnings, i, 7);
        }
        try (TestServer flooding = TestServer.tcp(caller -> {
            while (!caller.isClosed()) {
                caller.getOutputStream().write(warnings);
            }
        })) {
            assertThatThrownBy(() -> probe.look(at(flooding)))
                    .isInstanceOf(LifecycleException.class)
                    .hasMessageStartingWith("probe 127.0.0.1:" + flooding.port() + ": got ");
        }
    }

    private static TestServer tls(java.util.function.Consumer<SSLServerSocket> settings) {
        return TestServer.tls(KEY, CHAIN, settings);
    }

    private static Endpoint at(TestServer server) {
        return Endpoint.of("127.0.0.1", server.port());
    }

    private static void assertFailure(JsseTlsProbe probe, Endpoint endpoint, FailureKind kind, String sentence) {
        assertThatThrownBy(() -> probe.look(endpoint))
                .isInstanceOfSatisfying(
                        LifecycleException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind))
                .hasMessage("probe " + endpoint + ": " + sentence);
    }
}
