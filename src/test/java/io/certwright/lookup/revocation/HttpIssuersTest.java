package io.certwright.lookup.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.lookup.Observation.IssuerFetched;
import io.certwright.lookup.Observation.IssuerNotFetched;
import io.certwright.testing.MovableClock;
import io.certwright.testing.TestCa;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpIssuersTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final TestCa ROOT = TestCa.root("CN=Root", NOW);
    private static final TestCa CA = ROOT.intermediate("CN=Issuing");

    private final HttpIssuers issuers = new HttpIssuers(Duration.ofSeconds(2), new MovableClock(NOW));
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer web;

    @BeforeEach
    void open() throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.start();
    }

    @AfterEach
    void close() {
        web.stop(0);
    }

    private String serve(byte[] content) {
        web.createContext("/ca.crt", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
        return "http://127.0.0.1:" + web.getAddress().getPort() + "/ca.crt";
    }

    private static X509Certificate leafNaming(String name, String address) {
        return CA.leaf(name)
                .extension(
                        Extension.authorityInfoAccess,
                        false,
                        new AuthorityInformationAccess(
                                AccessDescription.id_ad_caIssuers,
                                new GeneralName(GeneralName.uniformResourceIdentifier, address)))
                .certificate();
    }

    @Test
    void finds_the_issuer_where_the_certificate_says_and_asks_there_once() throws Exception {
        String address = serve(CA.certificate().getEncoded());
        X509Certificate one = leafNaming("a.contoso.com", address);
        X509Certificate other = leafNaming("b.contoso.com", address);

        assertThat(issuers.isNamedBy(one)).isTrue();
        assertThat(issuers.look(one, CA.certificate())).isEqualTo(new IssuerFetched(Sha256Fingerprint.of(one), NOW));
        assertThat(issuers.look(other, CA.certificate()))
                .isEqualTo(new IssuerFetched(Sha256Fingerprint.of(other), NOW));
        assertThat(asked).hasValue(1);
    }

    @Test
    void says_which_other_certificate_lies_there() throws Exception {
        String address = serve(ROOT.certificate().getEncoded());
        X509Certificate leaf = leafNaming("a.contoso.com", address);

        assertThat(issuers.look(leaf, CA.certificate()))
                .isEqualTo(new IssuerNotFetched(
                        Sha256Fingerprint.of(leaf), address + " gives another certificate, \"CN=Root\"", NOW));
    }

    @Test
    void says_that_nothing_lies_there() {
        String address = "http://127.0.0.1:" + web.getAddress().getPort() + "/gone.crt";
        X509Certificate leaf = leafNaming("a.contoso.com", address);

        assertThat(issuers.look(leaf, CA.certificate()))
                .isEqualTo(new IssuerNotFetched(
                        Sha256Fingerprint.of(leaf), address + " answers with HTTP status 404", NOW));
    }

    @Test
    void asks_nobody_where_only_a_directory_is_named_or_nothing() {
        assertThat(issuers.isNamedBy(leafNaming("a.contoso.com", "ldap:///CN=Issuing,CN=AIA?cACertificate")))
                .isFalse();
        assertThat(issuers.isNamedBy(CA.leaf("a.contoso.com").certificate())).isFalse();
    }
}
