package io.certwright.binding.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.binding.Assignment;
import io.certwright.binding.CertificateToBind;
import io.certwright.binding.MemoryAssignments;
import io.certwright.binding.MemoryCertificates;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.probe.Endpoint;
import io.certwright.probe.jsse.JsseTlsProbe;
import io.certwright.testing.OpenSsl;
import io.certwright.testing.TestKeys;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerTest {
    private final Instant now = Instant.now();
    private static final InetSocketAddress FREE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final MemoryAssignments rows = new MemoryAssignments();
    private final MemoryCertificates certificates = new MemoryCertificates(now);
    private final JsseTlsProbe probe = new JsseTlsProbe(Duration.ofSeconds(20));
    private final Pages pages = new Pages();
    private final Listener listener = listenerAt(FREE, Duration.ofSeconds(20));

    private Listener listenerAt(InetSocketAddress address, Duration limit) {
        return new Listener(Listener.MAIN, address, limit, rows, certificates, certificates.sealer(), pages);
    }

    @AfterEach
    void close() {
        listener.close();
    }

    @ParameterizedTest
    @EnumSource(KeySpec.class)
    void serves_what_its_row_names(KeySpec spec) throws LifecycleException {
        CertificateToBind served = assign(certificates.issue("wsus.certwright.test", spec));

        listener.refresh();

        assertThat(listener.serving()).contains(served.certificate().sha256());
        assertThat(probe.look(endpoint()).chain())
                .isEqualTo(served.certificate().chain());
    }

    @Test
    void listens_only_once_there_is_something_to_serve() throws LifecycleException {
        listener.refresh();

        assertThat(listener.address()).isEmpty();
        assertThat(listener.serving()).isEmpty();
    }

    @Test
    void new_connections_get_the_new_certificate_and_old_ones_live_on() throws Exception {
        assign(certificates.issue("old.certwright.test"));
        listener.refresh();
        try (SSLSocket old = connect(trusting(), "TLSv1.3")) {
            assertThat(get(old, "/")).startsWith("HTTP/1.1 200 OK");

            CertificateToBind next = assign(certificates.issue("new.certwright.test"));
            listener.refresh();

            assertThat(probe.look(endpoint()).sha256())
                    .isEqualTo(next.certificate().sha256());
            assertThat(get(old, "/")).startsWith("HTTP/1.1 200 OK");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_session_from_before_a_swap_is_not_resumed(String protocol) throws Exception {
        assign(certificates.issue("old.certwright.test"));
        listener.refresh();
        SSLContext client = trusting();
        Instant first = sessionMadeAt(client, protocol);
        assertThat(sessionMadeAt(client, protocol)).as("resumed without a swap").isEqualTo(first);

        CertificateToBind next = assign(certificates.issue("new.certwright.test"));
        listener.refresh();

        try (SSLSocket again = connect(client, protocol)) {
            again.startHandshake();
            assertThat(Sha256Fingerprint.ofDer(
                            again.getSession().getPeerCertificates()[0].getEncoded()))
                    .isEqualTo(next.certificate().sha256());
        }
    }

    private Instant sessionMadeAt(SSLContext client, String protocol) throws Exception {
        try (SSLSocket socket = connect(client, protocol)) {
            get(socket, "/");
            return Instant.ofEpochMilli(socket.getSession().getCreationTime());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1", "TLSv1.1"})
    void speaks_no_old_tls(String protocol, @TempDir Path folder) throws Exception {
        OpenSsl openSsl = OpenSsl.in(folder);
        assign(certificates.issue("wsus.certwright.test"));
        listener.refresh();

        OpenSsl.Answer answer = openSsl.call(
                "s_client",
                "-connect",
                endpoint().toString(),
                protocol.equals("TLSv1") ? "-tls1" : "-tls1_1",
                "-cipher",
                "DEFAULT@SECLEVEL=0");

        assertThat(answer.exit()).isNotZero();
        assertThat(answer.text()).contains("no peer certificate available");
    }

    @Test
    void openssl_verifies_what_is_served(@TempDir Path folder) throws Exception {
        OpenSsl openSsl = OpenSsl.in(folder);
        openSsl.write(
                "root.pem",
                io.certwright.crypto.PemCodec.certificate(certificates.issuing().anchor()));
        assign(certificates.issue("wsus.certwright.test"));
        listener.refresh();

        assertThat(openSsl.run(
                        "s_client",
                        "-connect",
                        endpoint().toString(),
                        "-CAfile",
                        folder.resolve("root.pem").toString(),
                        "-verify_hostname",
                        "wsus.certwright.test",
                        "-verify_return_error"))
                .contains("Verify return code: 0 (ok)");
    }

    @Test
    void follows_the_row_by_itself() throws Exception {
        assign(certificates.issue("old.certwright.test"));
        listener.start(Duration.ofMillis(50));
        CertificateToBind next = assign(certificates.issue("new.certwright.test"));

        awaitServing(Optional.of(next.certificate().sha256()));
        assertThat(probe.look(endpoint()).sha256()).isEqualTo(next.certificate().sha256());

        rows.clear(Listener.MAIN);
        awaitServing(Optional.empty());
        assertThat(listener.address()).isEmpty();
    }

    @Test
    void goes_on_while_the_database_is_gone() throws Exception {
        CertificateToBind old = assign(certificates.issue("old.certwright.test"));
        listener.start(Duration.ofMillis(20));
        CertificateToBind next = certificates.issue("new.certwright.test");

        rows.setUnreachable(true);
        assertThatThrownBy(listener::refresh).hasMessage("database: it does not answer");
        assertThat(probe.look(endpoint()).sha256()).isEqualTo(old.certificate().sha256());

        rows.setUnreachable(false);
        assign(next);
        awaitServing(Optional.of(next.certificate().sha256()));
    }

    @Test
    void goes_on_with_the_old_certificate_where_the_new_one_is_not_stored() throws LifecycleException {
        CertificateToBind old = assign(certificates.issue("old.certwright.test"));
        listener.refresh();
        Sha256Fingerprint unknown = new Sha256Fingerprint("AB".repeat(32));
        rows.assign(new Assignment(Listener.MAIN, unknown, now));

        assertThatThrownBy(listener::refresh)
                .isInstanceOf(LifecycleException.class)
                .hasMessage("listener main: it is to serve the certificate " + unknown
                        + ", which is not stored; bind a stored one");
        assertThat(probe.look(endpoint()).sha256()).isEqualTo(old.certificate().sha256());
    }

    @Test
    void refuses_a_key_that_does_not_belong_to_the_certificate() throws LifecycleException {
        assign(certificates.store(
                certificates.issuing().leaf("wsus.certwright.test").issue(), TestKeys.fresh(KeySpec.P_256)));

        assertThatThrownBy(listener::refresh)
                .isInstanceOf(LifecycleException.class)
                .hasMessage("listener: the stored key of wsus01 does not belong to its certificate; issue it again");
    }

    @Test
    void a_taken_port_is_said_so_even_before_there_is_something_to_serve() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Listener second = listenerAt(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), taken.getLocalPort()),
                        Duration.ofSeconds(20))) {
            String sentence = "listener main: cannot listen on localhost:" + taken.getLocalPort()
                    + ": the port is taken; end the program that listens there or choose another port";

            assertThatThrownBy(() -> second.start(Duration.ofMinutes(1)))
                    .isInstanceOfSatisfying(
                            LifecycleException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED))
                    .hasMessage(sentence);
            assign(certificates.issue("wsus.certwright.test"));
            assertThatThrownBy(() -> second.start(Duration.ofMinutes(1))).hasMessage(sentence);
        }
    }

    @Test
    void listens_again_after_it_had_nothing_to_serve() throws LifecycleException {
        CertificateToBind served = assign(certificates.issue("wsus.certwright.test"));
        listener.refresh();
        rows.clear(Listener.MAIN);
        listener.refresh();

        assign(served);
        listener.refresh();

        assertThat(probe.look(endpoint()).sha256())
                .isEqualTo(served.certificate().sha256());
    }

    @Test
    void the_status_page_names_the_certificate() throws Exception {
        CertificateToBind served = assign(certificates.issue("wsus.certwright.test"));
        listener.refresh();

        try (SSLSocket socket = connect(trusting(), "TLSv1.3")) {
            assertThat(get(socket, "/"))
                    .endsWith("\r\n\r\nCertwright\ncertificate: wsus01\nthumbprint: "
                            + served.certificate().thumbprint() + "\nvalid until: "
                            + served.certificate().validity().notAfter() + "\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/pki/root.crl, 200 OK",
        "/pki/other.crl, 404 Not Found",
        "/pkix, 404 Not Found",
        "/pki, 404 Not Found",
        "/broken/x, 503 Service Unavailable",
        "/anything, 404 Not Found"
    })
    void finds_pages_by_their_path(String path, String status) throws Exception {
        pages.add(
                "/pki/",
                new ReadOnlyPage(asked -> asked.equals("/pki/root.crl")
                        ? Optional.of(new Content("application/pkix-crl", new byte[] {'C', 'R', 'L'}))
                        : Optional.empty()));
        pages.add("/broken/", new ReadOnlyPage(asked -> {
            throw new LifecycleException(FailureKind.UNREACHABLE, "DATABASE_UNREACHABLE", "secret of the database");
        }));
        try (PlainListener plain = new PlainListener(FREE, Duration.ofSeconds(20), pages)) {
            assertThat(plainly(plain, "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 " + status + "\r\n")
                    .containsIgnoringCase("X-Content-Type-Options: nosniff")
                    .doesNotContain("secret");
        }
    }

    @Test
    void answers_head_without_a_body_and_refuses_to_be_written_to() throws Exception {
        pages.add("/crl", new ReadOnlyPage(asked -> Optional.of(Content.text("CRL"))));
        try (PlainListener plain = new PlainListener(FREE, Duration.ofSeconds(20), pages)) {
            assertThat(plainly(plain, "HEAD /crl HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .containsIgnoringCase("Content-Length: 3\r\n")
                    .endsWith("\r\n\r\n");
            assertThat(plainly(
                            plain, "POST /crl HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 405 Method Not Allowed\r\n")
                    .containsIgnoringCase("Allow: GET, HEAD\r\n");
        }
    }

    @Test
    void slow_callers_are_cut_off_and_others_are_served_meanwhile() throws Exception {
        try (Listener strict = listenerAt(FREE, Duration.ofMillis(800))) {
            CertificateToBind served = assign(certificates.issue("wsus.certwright.test"));
            strict.refresh();
            Endpoint place =
                    Endpoint.of("127.0.0.1", strict.address().orElseThrow().getPort());
            List<Socket> slow = new ArrayList<>();
            try {
                for (int i = 0; i < 80; i++) {
                    Socket caller = new Socket(InetAddress.getLoopbackAddress(), place.port());
                    slow.add(caller);
                    caller.getOutputStream().write(22);
                }
                assertThat(probe.look(place).sha256())
                        .isEqualTo(served.certificate().sha256());
                for (Socket caller : slow) {
                    caller.setSoTimeout(15_000);
                    assertThat(readEnd(caller)).isTrue();
                }
            } finally {
                for (Socket caller : slow) {
                    caller.close();
                }
            }
        }
    }

    @Test
    void plain_http_on_the_tls_port_harms_nobody() throws Exception {
        CertificateToBind served = assign(certificates.issue("wsus.certwright.test"));
        listener.refresh();
        try (Socket plain =
                new Socket(InetAddress.getLoopbackAddress(), endpoint().port())) {
            plain.setSoTimeout(15_000);
            plain.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(readEnd(plain)).isTrue();
        }
        assertThat(probe.look(endpoint()).sha256())
                .isEqualTo(served.certificate().sha256());
    }

    private static boolean readEnd(Socket caller) throws IOException {
        try {
            InputStream in = caller.getInputStream();
            for (int read = in.read(); read >= 0; read = in.read()) {
                assertThat(read).isNotNegative();
            }
            return true;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    private CertificateToBind assign(CertificateToBind certificate) throws LifecycleException {
        rows.assign(new Assignment(Listener.MAIN, certificate.certificate().sha256(), now));
        return certificate;
    }

    private Endpoint endpoint() {
        return Endpoint.of("127.0.0.1", listener.address().orElseThrow().getPort());
    }

    private void awaitServing(Optional<Sha256Fingerprint> wanted) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 500 && !listener.serving().equals(wanted); i++) {
            assertThat(never.await(20, TimeUnit.MILLISECONDS)).isFalse();
        }
        assertThat(listener.serving()).isEqualTo(wanted);
    }

    private SSLContext trusting() throws GeneralSecurityException, IOException {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("root", certificates.issuing().anchor());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private SSLSocket connect(SSLContext client, String protocol) throws IOException {
        SSLSocket socket = (SSLSocket) client.getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), endpoint().port());
        socket.setEnabledProtocols(new String[] {protocol});
        socket.setSoTimeout(15_000);
        return socket;
    }

    private static String get(Socket socket, String path) throws IOException {
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (head.indexOf("\r\n\r\n") < 0) {
            int read = in.read();
            if (read < 0) {
                throw new SSLException("hung up after: " + head);
            }
            head.append((char) read);
        }
        int length = head.toString()
                .lines()
                .filter(line -> line.regionMatches(true, 0, "Content-Length:", 0, 15))
                .map(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static String plainly(PlainListener plain, String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), plain.address().getPort())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
