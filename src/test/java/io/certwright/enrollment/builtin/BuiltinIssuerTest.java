package io.certwright.enrollment.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.CertificateSigningRequest;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.crypto.CertificateDetails;
import io.certwright.crypto.CertificateReader;
import io.certwright.crypto.KeySealer;
import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.Denied;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.Issued;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.RevocationReason;
import io.certwright.failure.LifecycleException;
import io.certwright.key.sealed.MasterKeyFile;
import io.certwright.key.sealed.MasterKeyRing;
import io.certwright.testing.MemoryIssuerMemory;
import io.certwright.testing.MovableClock;
import io.certwright.testing.OpenSsl;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestRequests;
import io.certwright.testing.TestSealer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BuiltinIssuerTest {
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final KeySealer SEALER = new TestSealer();
    private static final IssuerName LAB = new IssuerName("lab");
    private static final URI PUBLIC = URI.create("http://pki.certwright.test:8080");

    private final MovableClock clock = new MovableClock(START);
    private final MemoryIssuerMemory memory = new MemoryIssuerMemory();
    private final BuiltinSettings settings = settings(KeySpec.P_256, Optional.of(PUBLIC));

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = KeySpec.class,
            names = {"RSA_2048", "P_256", "P_384"})
    void openssl_verifies_what_it_issued_against_its_revocation_lists(KeySpec caKey) throws Exception {
        BuiltinIssuer issuer = issuer(settings(caKey, Optional.of(PUBLIC)), SEALER);
        clock.moveTo(Instant.now());
        IssuedCertificate kept = issue(issuer);
        IssuedCertificate revoked = issue(issuer);
        issuer.revoke(revoked, RevocationReason.KEY_COMPROMISE, clock.instant());
        OpenSsl openSsl = OpenSsl.in(folder)
                .write("root.pem", PemCodec.certificates(issuer.anchors()))
                .write("issuing.pem", PemCodec.certificates(kept.chain().intermediates()))
                .write("kept.pem", PemCodec.certificate(kept.leaf()))
                .write("revoked.pem", PemCodec.certificate(revoked.leaf()))
                .write(
                        "crls.pem",
                        PemCodec.block("X509 CRL", file(issuer, "root-0001.crl"))
                                + PemCodec.block("X509 CRL", file(issuer, "issuing-0001.crl")));

        assertThat(openSsl.run(verify("kept.pem"))).contains("kept.pem: OK");
        OpenSsl.Answer refused = openSsl.call(verify("revoked.pem"));
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.text()).contains("certificate revoked");
        assertThat(openSsl.write("issuing.crl", file(issuer, "issuing-0001.crl"))
                        .run("crl", "-in", "issuing.crl", "-inform", "DER", "-noout", "-text"))
                .contains("Key Compromise")
                .contains("X509v3 CRL Number")
                .contains(revoked.serial().hex());
    }

    private static String[] verify(String file) {
        return new String[] {
            "verify",
            "-x509_strict",
            "-crl_check_all",
            "-purpose",
            "sslserver",
            "-verify_hostname",
            "wsus.certwright.test",
            "-CAfile",
            "root.pem",
            "-untrusted",
            "issuing.pem",
            "-CRLfile",
            "crls.pem",
            file
        };
    }

    @Test
    void its_certificates_say_where_the_revocation_list_and_the_issuer_are() throws Exception {
        IssuedCertificate issued = issue(issuer(settings, SEALER));
        CertificateDetails leaf = CertificateReader.read(issued.leaf());
        CertificateDetails issuing =
                CertificateReader.read(issued.chain().intermediates().get(0));
        assertThat(leaf.crlDistributionPoints())
                .containsExactly("http://pki.certwright.test:8080/pki/lab/issuing-0001.crl");
        assertThat(leaf.issuerUris()).containsExactly("http://pki.certwright.test:8080/pki/lab/issuing-0001.cer");
        assertThat(issuing.crlDistributionPoints())
                .containsExactly("http://pki.certwright.test:8080/pki/lab/root-0001.crl");
        assertThat(leaf.authorityKeyIdentifier()).isEqualTo(issuing.subjectKeyIdentifier());
        assertThat(leaf.keyUsages().orElseThrow()).containsExactly(CertificateDetails.KeyUsage.DIGITAL_SIGNATURE);
        assertThat(issuing.basicConstraints())
                .contains(new CertificateDetails.BasicConstraints(true, Optional.of(0), true));
        assertThat(issued.leaf().getSerialNumber().signum()).isPositive();
        assertThat(issued.leaf().getSerialNumber().bitLength()).isBetween(90, 127);
        assertThat(issued.validity())
                .isEqualTo(new ValidityPeriod(START.minus(Duration.ofMinutes(5)), START.plus(settings.lifetime())));
    }

    @Test
    void without_a_public_url_it_names_no_list_and_warns() throws Exception {
        BuiltinIssuer issuer = issuer(settings(KeySpec.P_256, Optional.empty()), SEALER);
        assertThat(CertificateReader.read(issue(issuer).leaf()).crlDistributionPoints())
                .isEmpty();
        assertThat(issuer.warnings())
                .containsExactly("issuer lab has no public-url, so its certificates name no revocation list: Windows"
                        + " Update clients that check revocation may refuse them; set public-url to an address of this"
                        + " service that clients reach by http");
        assertThat(issuer(settings, SEALER).warnings()).isEmpty();
    }

    @Test
    void through_forty_years_nothing_outlives_its_issuer_and_clients_get_each_new_ca_in_time() throws Exception {
        BuiltinIssuer issuer = issuer(settings, SEALER);
        Map<X509Certificate, Instant> offeredSince = new HashMap<>();
        Set<X509Certificate> issuingUsed = new HashSet<>();
        Set<X509Certificate> roots = new HashSet<>();
        for (int week = 0; week < 40 * 52; week++) {
            Instant now = clock.instant();
            ClientCertificates offered = issuer.clientCertificates();
            offered.anchors().forEach(ca -> offeredSince.putIfAbsent(ca, now));
            offered.intermediates().forEach(ca -> offeredSince.putIfAbsent(ca, now));
            IssuedCertificate issued = issue(issuer);
            X509Certificate issuing = issued.chain().intermediates().get(0);
            X509Certificate root = offered.anchors().stream()
                    .filter(anchor -> anchor.getSubjectX500Principal().equals(issuing.getIssuerX500Principal()))
                    .findFirst()
                    .orElseThrow();
            assertThat(issued.validity().isWithin(ValidityPeriod.of(issuing))).isTrue();
            assertThat(ValidityPeriod.of(issuing).isWithin(ValidityPeriod.of(root)))
                    .isTrue();
            if (issuingUsed.add(issuing) && issuingUsed.size() > 1) {
                Duration notice = Duration.between(offeredSince.get(issuing), now);
                assertThat(notice).isGreaterThan(settings.prepareAhead().minusDays(8));
                assertThat(Duration.between(offeredSince.get(root), now)).isGreaterThanOrEqualTo(notice);
            }
            roots.add(root);
            clock.advance(Duration.ofDays(7));
        }
        assertThat(issuingUsed).hasSizeBetween(14, 20);
        assertThat(roots).hasSizeBetween(5, 9);
    }

    @Test
    void a_changed_public_url_or_key_takes_effect_with_a_new_issuing_ca_under_the_same_root() throws Exception {
        BuiltinIssuer before = issuer(settings(KeySpec.P_256, Optional.empty()), SEALER);
        IssuedCertificate old = issue(before);
        BuiltinIssuer after = issuer(settings(KeySpec.P_384, Optional.of(PUBLIC)), SEALER);
        IssuedCertificate issued = issue(after);
        assertThat(issued.chain().intermediates()).isNotEqualTo(old.chain().intermediates());
        assertThat(CertificateReader.read(issued.chain().intermediates().get(0)).keySpec())
                .contains(KeySpec.P_384);
        assertThat(after.anchors()).hasSize(1);
    }

    @Test
    void the_list_is_renewed_at_half_of_its_life_and_its_number_grows() throws Exception {
        BuiltinIssuer issuer = issuer(settings, SEALER);
        issue(issuer);
        byte[] first = file(issuer, "issuing-0001.crl");
        clock.advance(Duration.ofDays(3));
        assertThat(file(issuer, "issuing-0001.crl")).isEqualTo(first);
        clock.advance(Duration.ofHours(13));
        issuer.maintain();
        X509CRL second = crl(file(issuer, "issuing-0001.crl"));
        assertThat(numberOf(crl(first))).isEqualTo(1);
        assertThat(numberOf(second)).isEqualTo(2);
        assertThat(second.getNextUpdate().toInstant()).isEqualTo(clock.instant().plus(Duration.ofDays(7)));
    }

    @Test
    void revocations_on_eight_nodes_at_once_all_reach_the_list() throws Exception {
        BuiltinIssuer issuer = issuer(settings, SEALER);
        List<Callable<IssuedCertificate>> revocations = new java.util.ArrayList<>();
        for (int i = 0; i < 8; i++) {
            IssuedCertificate certificate = issue(issuer);
            BuiltinIssuer node = issuer(settings, SEALER);
            revocations.add(() -> {
                node.revoke(certificate, RevocationReason.SUPERSEDED, clock.instant());
                return certificate;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<IssuedCertificate>> done = threads.invokeAll(revocations);
            X509CRL list = crl(file(issuer, "issuing-0001.crl"));
            for (Future<IssuedCertificate> one : done) {
                assertThat(list.isRevoked(one.get().leaf())).isTrue();
            }
            assertThat(numberOf(list)).isEqualTo(8);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void revoking_twice_keeps_the_first_time_and_reason() throws Exception {
        BuiltinIssuer issuer = issuer(settings, SEALER);
        IssuedCertificate certificate = issue(issuer);
        issuer.revoke(certificate, RevocationReason.KEY_COMPROMISE, START);
        issuer.revoke(certificate, RevocationReason.SUPERSEDED, START.plusSeconds(60));
        var entry = crl(file(issuer, "issuing-0001.crl")).getRevokedCertificate(certificate.leaf());
        assertThat(entry.getRevocationDate().toInstant()).isEqualTo(START);
        assertThat(entry.getRevocationReason()).isEqualTo(java.security.cert.CRLReason.KEY_COMPROMISE);
    }

    @Test
    void does_not_revoke_what_another_ca_issued() throws Exception {
        BuiltinIssuer issuer = issuer(settings, SEALER);
        issue(issuer);
        IssuedCertificate foreign =
                TestCa.root("CN=Other", START).leaf("a.certwright.test").issue();
        assertThatThrownBy(() -> issuer.revoke(foreign, RevocationReason.SUPERSEDED, START))
                .isInstanceOfSatisfying(
                        LifecycleException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("NOT_ISSUED_HERE"))
                .hasMessage("issuer lab did not issue the certificate " + foreign.thumbprint()
                        + ", so it cannot revoke it; its issuer is \"CN=Other\"");
    }

    @Test
    void denies_a_request_that_its_key_did_not_sign() throws Exception {
        EnrollmentRequest good = request();
        byte[] der = good.csr().der();
        der[der.length - 1] ^= 1;
        CertificateSigningRequest forged =
                new CertificateSigningRequest(der, good.csr().publicKey());
        EnrollmentRequest bad = new EnrollmentRequest(
                good.intent(), good.certificate(), good.names(), forged, good.key(), good.predecessor(), START);
        assertThat(issuer(settings, SEALER).request(bad))
                .isEqualTo(new Denied(
                        "issuer lab does not sign " + forged + ": its signature is not that of the key in it"));
    }

    @Test
    void goes_on_under_a_rotated_master_key() throws Exception {
        MasterKeyFile file = new MasterKeyFile(folder.resolve("master.key"), new SecureRandom());
        issue(issuer(settings, file.ensure(() -> false)));
        MasterKeyRing ring = file.rotate();
        AuthorityStock stock = new AuthorityStock(memory);
        assertThat(stock.reseal(ring, ring.activeId())).isEqualTo(2);
        assertThat(stock.reseal(ring, ring.activeId())).isZero();
        assertThat(stock.countByMasterKey()).isEqualTo(Map.of(ring.activeId(), 2L));
        assertThat(issue(issuer(settings, file.open()))).isNotNull();
        assertThat(issuer(settings, file.open()).anchors()).hasSize(1);
    }

    @Test
    void publishes_its_certificates_and_nothing_else() throws Exception {
        BuiltinIssuer issuer = issuer(settings, SEALER);
        IssuedCertificate issued = issue(issuer);
        PublicFile file = issuer.findPublicFile("issuing-0001.cer").orElseThrow();
        assertThat(file.contentType()).isEqualTo("application/pkix-cert");
        assertThat(file.content())
                .isEqualTo(issued.chain().intermediates().get(0).getEncoded());
        for (String other :
                List.of("issuing-0002.cer", "issuing-0001.key", "../issuing-0001.crl", "", "issuing-0001")) {
            assertThat(issuer.findPublicFile(other)).isEmpty();
        }
    }

    private BuiltinIssuer issuer(BuiltinSettings with, KeySealer sealer) {
        return new BuiltinIssuer(LAB, with, memory, sealer, clock, new SecureRandom());
    }

    private static BuiltinSettings settings(KeySpec caKey, Optional<URI> publicUrl) {
        return new BuiltinSettings(
                caKey,
                Duration.ofDays(90),
                Duration.ofDays(1_000),
                Duration.ofDays(3_000),
                Duration.ofDays(30),
                Duration.ofDays(7),
                publicUrl);
    }

    private EnrollmentRequest request() {
        return TestRequests.fresh(SEALER, KeySpec.P_256, clock.instant(), "wsus.certwright.test");
    }

    private IssuedCertificate issue(BuiltinIssuer issuer) throws Exception {
        return ((Issued) issuer.request(request())).certificate();
    }

    private static byte[] file(BuiltinIssuer issuer, String name) throws Exception {
        return issuer.findPublicFile(name).orElseThrow().content();
    }

    private static X509CRL crl(byte[] der) throws Exception {
        return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
    }

    private static int numberOf(X509CRL list) {
        byte[] value =
                ASN1OctetString.getInstance(list.getExtensionValue("2.5.29.20")).getOctets();
        return ASN1Integer.getInstance(value).intValueExact();
    }
}
