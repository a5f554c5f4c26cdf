package io.certwright.lookup.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.crypto.RevokedEntry;
import io.certwright.lookup.GivenLists;
import io.certwright.lookup.Observation;
import io.certwright.lookup.Observation.NotRevoked;
import io.certwright.lookup.Observation.RevocationUnknown;
import io.certwright.lookup.Observation.Revoked;
import io.certwright.testing.MovableClock;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestKeys;
import io.certwright.testing.TestRevocation;
import io.certwright.testing.TestServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpRevocationTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant SOON = NOW.plus(Duration.ofDays(7));
    private static final TestCa CA = TestCa.root("CN=Root", NOW).intermediate("CN=Issuing");
    private static final RevokedEntry STOLEN = new RevokedEntry("keyCompromise", NOW.minus(Duration.ofDays(2)));

    private final MovableClock clock = new MovableClock(NOW);
    private final HttpRevocation revocation = new HttpRevocation(Duration.ofSeconds(2), clock);
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer web;

    @BeforeEach
    void open() throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.setExecutor(Executors.newCachedThreadPool());
        web.start();
    }

    @AfterEach
    void close() {
        web.stop(0);
    }

    private String serve(String path, byte[] content) {
        return serve(path, exchange -> answer(exchange, 200, content));
    }

    private String serve(String path, HttpHandler handler) {
        web.createContext(path, exchange -> {
            asked.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            handler.handle(exchange);
        });
        return "http://127.0.0.1:" + web.getAddress().getPort() + path;
    }

    private static void answer(HttpExchange exchange, int status, byte[] content) throws IOException {
        exchange.sendResponseHeaders(status, content.length);
        exchange.getResponseBody().write(content);
        exchange.close();
    }

    private static X509Certificate leaf(List<String> lists, List<String> responders) {
        var draft = CA.leaf("wsus.contoso.com").serial(BigInteger.valueOf(77));
        DistributionPoint[] points = lists.stream()
                .map(uri -> new DistributionPoint(
                        new DistributionPointName(
                                new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri))),
                        null,
                        null))
                .toArray(DistributionPoint[]::new);
        if (points.length > 0) {
            draft.extension(Extension.cRLDistributionPoints, false, new CRLDistPoint(points));
        }
        if (!responders.isEmpty()) {
            ASN1EncodableVector access = new ASN1EncodableVector();
            responders.forEach(uri -> access.add(new AccessDescription(
                    AccessDescription.id_ad_ocsp, new GeneralName(GeneralName.uniformResourceIdentifier, uri))));
            draft.extension(
                    Extension.authorityInfoAccess,
                    false,
                    AuthorityInformationAccess.getInstance(new DERSequence(access)));
        }
        return draft.certificate();
    }

    private Observation look(List<String> lists, List<String> responders) {
        return revocation.look(leaf(lists, responders), CA.certificate());
    }

    private static String why(Observation seen) {
        assertThat(seen).isInstanceOf(RevocationUnknown.class);
        return ((RevocationUnknown) seen).why();
    }

    private static byte[] list(Map<BigInteger, RevokedEntry> revoked) {
        return TestRevocation.list(CA, NOW, SOON, revoked);
    }

    @Test
    void fetches_the_list_that_the_certificate_names() {
        String clear = serve("/clear.crl", list(Map.of()));
        String guilty = serve("/guilty.crl", list(Map.of(BigInteger.valueOf(77), STOLEN)));

        X509Certificate one = leaf(List.of(clear), List.of());
        assertThat(revocation.look(one, CA.certificate()))
                .isEqualTo(new NotRevoked(Sha256Fingerprint.of(one), SOON, NOW));
        X509Certificate other = leaf(List.of(guilty), List.of());
        assertThat(revocation.look(other, CA.certificate()))
                .isEqualTo(
                        new Revoked(Sha256Fingerprint.of(other), "keyCompromise", NOW.minus(Duration.ofDays(2)), NOW));
    }

    @Test
    void fetches_nothing_where_lists_were_given() {
        X509Certificate named = leaf(List.of(serve("/clear.crl", list(Map.of()))), List.of());

        assertThat(new GivenLists(List.of(), List.of(), NOW, Optional.empty()).look(named, CA.certificate()))
                .isInstanceOf(RevocationUnknown.class);
        assertThat(asked).hasValue(0);
    }

    @Test
    void fetches_a_list_once_an_hour_and_not_beyond_its_next_update() {
        String hour = serve("/a.crl", list(Map.of()));
        for (int i = 0; i < 5; i++) {
            look(List.of(hour), List.of());
        }
        assertThat(asked).hasValue(1);
        clock.advance(Duration.ofMinutes(61));
        look(List.of(hour), List.of());
        assertThat(asked).hasValue(2);

        String brief =
                serve("/b.crl", TestRevocation.list(CA, NOW, clock.instant().plus(Duration.ofMinutes(5)), Map.of()));
        look(List.of(brief), List.of());
        clock.advance(Duration.ofMinutes(6));
        assertThat(why(look(List.of(brief), List.of()))).contains("is stale since");
        assertThat(asked).hasValue(4);
    }

    @Test
    void goes_on_to_the_next_address_and_says_what_was_wrong_with_each() {
        String absent = serve("/absent.crl", exchange -> answer(exchange, 404, new byte[0]));
        String page = serve("/page.crl", "<html>".getBytes(StandardCharsets.US_ASCII));
        String good = serve("/good.crl", list(Map.of()));

        assertThat(why(look(List.of("ldap:///CN=Issuing", absent, page), List.of())))
                .isEqualTo("ldap:///CN=Issuing is no HTTP address, which nobody here asks; " + absent
                        + " answers with HTTP status 404; the list at " + page
                        + ": it is no revocation list, or a broken one; wanted a CRL in DER or PEM");
        assertThat(look(List.of(absent, page, good), List.of())).isInstanceOf(NotRevoked.class);
        assertThat(why(look(List.of(), List.of())))
                .isEqualTo("it names neither a revocation list nor an OCSP responder");
    }

    @Test
    void follows_redirects_but_not_for_ever_nor_to_anything_but_the_web() {
        String good = serve("/good.crl", list(Map.of()));
        String once = serve("/once.crl", exchange -> {
            exchange.getResponseHeaders().add("Location", "/good.crl");
            answer(exchange, 302, new byte[0]);
        });
        String loop = serve("/loop.crl", exchange -> {
            exchange.getResponseHeaders().add("Location", "/loop.crl");
            answer(exchange, 301, new byte[0]);
        });
        String file = serve("/file.crl", exchange -> {
            exchange.getResponseHeaders().add("Location", "file:///etc/passwd");
            answer(exchange, 302, new byte[0]);
        });

        assertThat(good).isNotEmpty();
        assertThat(look(List.of(once), List.of())).isInstanceOf(NotRevoked.class);
        assertThat(why(look(List.of(loop), List.of()))).isEqualTo(loop + " redirects more than 3 times");
        assertThat(why(look(List.of(file), List.of()))).isEqualTo(file + " redirects to nowhere");
    }

    @Test
    void gives_up_on_a_list_that_is_too_long() {
        String endless = serve("/endless.crl", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] piece = new byte[1024 * 1024];
            for (int i = 0; i < 30; i++) {
                exchange.getResponseBody().write(piece);
            }
            exchange.close();
        });

        assertThat(why(look(List.of(endless), List.of()))).isEqualTo(endless + " answers with more than 10 MB");
    }

    @Test
    void gives_up_on_a_server_that_sends_a_byte_now_and_then() {
        try (TestServer slow = TestServer.tcp(caller -> {
            byte[] said = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 100; i++) {
                caller.getOutputStream().write(i < said.length ? said[i] : 0x30);
                caller.getOutputStream().flush();
                java.util.concurrent.TimeUnit.MILLISECONDS.sleep(100);
            }
        })) {
            String address = "http://127.0.0.1:" + slow.port() + "/slow.crl";
            long start = System.nanoTime();

            assertThat(why(look(List.of(address), List.of())))
                    .isEqualTo(address + " gives no complete answer within 2 s");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void leaves_an_address_that_failed_alone_for_a_minute() {
        String absent = serve("/absent.crl", exchange -> answer(exchange, 503, new byte[0]));

        look(List.of(absent), List.of());
        look(List.of(absent), List.of());
        assertThat(asked).hasValue(1);
        clock.advance(Duration.ofSeconds(61));
        look(List.of(absent), List.of());
        assertThat(asked).hasValue(2);
    }

    private static byte[] ocsp(X509Certificate about, CertificateStatus status, KeyPair signer, X509Certificate along) {
        return TestRevocation.ocsp(CA, about, status, NOW, SOON, signer, along);
    }

    private Observation answered(byte[] ocsp) {
        return look(List.of(), List.of(serve("/" + asked.get() + "-" + System.identityHashCode(ocsp), ocsp)));
    }

    @Test
    void asks_the_responder_before_any_list() {
        X509Certificate same = leaf(List.of(), List.of());
        String guilty = serve("/guilty.crl", list(Map.of(BigInteger.valueOf(77), STOLEN)));
        String responder = serve("/ocsp", ocsp(same, CertificateStatus.GOOD, CA.keyPair(), CA.certificate()));

        assertThat(look(List.of(guilty), List.of(responder))).isInstanceOf(NotRevoked.class);
        assertThat(answered(ocsp(same, TestRevocation.revoked(NOW, 4), CA.keyPair(), CA.certificate())))
                .isInstanceOfSatisfying(
                        Revoked.class, revoked -> assertThat(revoked.reason()).isEqualTo("superseded"));
    }

    @Test
    void falls_back_to_the_list_where_the_responder_cannot_say() {
        String guilty = serve("/guilty.crl", list(Map.of(BigInteger.valueOf(77), STOLEN)));
        String later = serve("/later", TestRevocation.ocspRefusal(3));

        assertThat(look(List.of(guilty), List.of(later))).isInstanceOf(Revoked.class);
        assertThat(why(look(List.of(), List.of(later))))
                .isEqualTo("the responder at " + later + ": it answers \"try later\" in place of a status");
    }

    @Test
    void believes_the_issuer_and_whom_it_has_named_and_nobody_else() {
        X509Certificate same = leaf(List.of(), List.of());
        KeyPair delegateKey = TestKeys.fresh(KeySpec.P_256);
        X509Certificate delegate = CA.leaf("ocsp.contoso.com")
                .key(delegateKey)
                .extendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning)
                .certificate();
        X509Certificate server = CA.leaf("web.contoso.com").key(delegateKey).certificate();
        X509Certificate old = CA.leaf("ocsp.contoso.com")
                .key(delegateKey)
                .extendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning)
                .validFor(Duration.ofDays(-9), Duration.ofDays(-1))
                .certificate();

        assertThat(answered(ocsp(same, CertificateStatus.GOOD, delegateKey, delegate)))
                .isInstanceOf(NotRevoked.class);
        for (X509Certificate wrong : List.of(server, old)) {
            assertThat(why(answered(ocsp(same, CertificateStatus.GOOD, delegateKey, wrong))))
                    .endsWith(": its answer is signed by nobody whom the issuer of the certificate has named");
        }
    }

    @Test
    void takes_no_answer_about_another_certificate_nor_a_stale_one_nor_a_broken_one() {
        X509Certificate same = leaf(List.of(), List.of());
        X509Certificate other =
                CA.leaf("wsus.contoso.com").serial(BigInteger.valueOf(78)).certificate();
        byte[] stale = TestRevocation.ocsp(
                CA,
                same,
                CertificateStatus.GOOD,
                NOW.minus(Duration.ofDays(9)),
                NOW.minus(Duration.ofDays(2)),
                CA.keyPair(),
                CA.certificate());

        List<String> refusals = new ArrayList<>();
        refusals.add(why(answered(ocsp(other, CertificateStatus.GOOD, CA.keyPair(), CA.certificate()))));
        refusals.add(why(answered(stale)));
        refusals.add(why(answered(new byte[] {0x30, 3, 0x0A, 1, 0})));
        refusals.add(why(answered("HTTP".getBytes(StandardCharsets.US_ASCII))));

        assertThat(refusals.stream().map(why -> why.replaceFirst("the responder at \\S+?:? ", "")))
                .satisfiesExactly(
                        why -> assertThat(why).endsWith("its answer is about another certificate"),
                        why -> assertThat(why).endsWith("gives an answer that is stale since 2026-11-20T12:00:00Z"),
                        why -> assertThat(why).endsWith("it answers in a form that is not Basic OCSP"),
                        why -> assertThat(why).endsWith("its answer is no OCSP, or broken"));
    }
}
