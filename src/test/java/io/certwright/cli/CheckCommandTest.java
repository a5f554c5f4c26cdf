package io.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.DnsName;
import io.certwright.certificate.IpAddress;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.crypto.PemCodec;
import io.certwright.crypto.Pkcs12Codec;
import io.certwright.crypto.RevokedEntry;
import io.certwright.crypto.SecretBytes;
import io.certwright.lookup.Observation.Resolved;
import io.certwright.lookup.Observation.RevocationUnknown;
import io.certwright.lookup.Observation.Revoked;
import io.certwright.probe.Endpoint;
import io.certwright.probe.PresentedCertificate;
import io.certwright.probe.StartTls;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestCertificate;
import io.certwright.testing.TestKeys;
import io.certwright.testing.TestRevocation;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CheckCommandTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final TestCa ROOT = TestCa.root("CN=Test Root", NOW);
    private static final TestCa ISSUING = ROOT.intermediate("CN=Test Issuing");
    private static final String NAME = "wsus.certwright.test";

    @TempDir
    private Path folder;

    private final FakeSurroundings world = new FakeSurroundings(NOW, List.of(ROOT.certificate()), List.of());

    private Run check(Surroundings surroundings, String... words) {
        List<String> all = new ArrayList<>(List.of("check"));
        all.addAll(List.of(words));
        return Run.of(new FakeHouse(surroundings), all.toArray(String[]::new));
    }

    private String file(String name, IssuedCertificate issued) throws IOException {
        return file(name, issued.chain().certificates());
    }

    private String file(String name, List<X509Certificate> certificates) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, PemCodec.certificates(certificates));
        return file.toString();
    }

    private static TestCertificate leaf() {
        return ISSUING.leaf(NAME).serial(BigInteger.valueOf(0x1234));
    }

    @Test
    void draws_the_chain_from_the_root_down_with_the_facts_of_the_leaf() throws IOException {
        IssuedCertificate issued = leaf().issue();
        String target = file("wsus.pem", issued);

        Run run = check(world, target, "--dns", NAME);

        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(run.out().lines())
                .containsExactly(
                        target + ": accepted",
                        "  CN=Test Root  trust anchor, until 2036-11-19, 3650 days left",
                        "  └─ CN=Test Issuing  until 2031-11-21, 1825 days left",
                        "     └─ CN=wsus.certwright.test  until 2027-02-19, 89 days left",
                        "           names       wsus.certwright.test",
                        "           use         Server Authentication",
                        "           issuer      CN=Test Issuing",
                        "           valid       2026-11-21T12:00:00Z to 2027-02-19T12:00:00Z",
                        "           key         P-256, signed with SHA256withECDSA",
                        "           serial      1234",
                        "           thumbprint  " + issued.thumbprint(),
                        "           SHA-256     " + issued.sha256(),
                        "  not looked up: wsus.certwright.test, because this test has no DNS",
                        "  not revoked: 2 certificates of the path, known until 2026-11-29T12:00:00Z");
    }

    @Test
    void prints_each_violation_with_its_fix_and_ends_with_3() throws IOException {
        String target = file(
                "old.pem",
                leaf().validFor(Duration.ofDays(-9), Duration.ofDays(-1)).issue());

        Run run = check(world, target, "--dns", NAME, "--dns", "wsus.contoso.com");

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out().replaceAll("\\([0-9A-F]{8}\\)", "(#)").lines())
                .startsWith(target + ": refused: 2 errors")
                .contains(
                        "     └─ CN=wsus.certwright.test  expired 2026-11-21, 1 day ago",
                        "  error NAME_NOT_COVERED: certificate CN=wsus.certwright.test (#): got the SANs "
                                + "wsus.certwright.test, wanted also wsus.contoso.com.",
                        "    Fix: Ask for the certificate again with every wanted name in its SAN; at AD CS, let the template "
                                + "take the subject from the request.",
                        "  error EXPIRED: certificate CN=wsus.certwright.test (#): expired at 2026-11-21T12:00:00Z, wanted one "
                                + "valid at 2026-11-22T12:00:00Z.",
                        "    Fix: Renew the certificate.");
    }

    @Test
    void answers_with_one_json_document() throws IOException {
        IssuedCertificate issued = leaf().ips("10.0.0.1").issueWith();
        String target = file("wsus.pem", issued);

        Run run = check(world, target, "--json");
        JsonNode answer =
                new ObjectMapper().readTree(run.out()).get("certificates").get(0);

        assertThat(run.exit()).isEqualTo(3);
        assertThat(answer.get("target").asText()).isEqualTo(target);
        assertThat(answer.get("accepted").asBoolean()).isFalse();
        assertThat(answer.get("trusted").asBoolean()).isFalse();
        assertThat(answer.get("dns").get(0).asText()).isEqualTo(NAME);
        assertThat(answer.get("ips").get(0).asText()).isEqualTo("10.0.0.1");
        assertThat(answer.get("serial").asText()).isEqualTo("1234");
        assertThat(answer.get("thumbprint").asText())
                .isEqualTo(issued.thumbprint().hex());
        assertThat(answer.get("sha256").asText()).isEqualTo(issued.sha256().hex());
        assertThat(answer.get("issuer").asText()).isEqualTo("CN=Test Issuing");
        assertThat(answer.get("notAfter").asText()).isEqualTo("2027-02-19T12:00:00Z");
        assertThat(answer.get("daysLeft").asInt()).isEqualTo(89);
        assertThat(answer.get("chain")).hasSize(1);
        assertThat(answer.get("violations")).hasSize(1);
        assertThat(answer.get("violations").get(0).get("code").asText()).isEqualTo("CHAIN_INCOMPLETE");
        assertThat(answer.get("violations").get(0).get("severity").asText()).isEqualTo("ERROR");
        assertThat(answer.get("violations").get(0).get("message").asText()).contains("no certificate of its issuer");
        assertThat(answer.get("violations").get(0).get("fix").asText()).startsWith("Give the missing intermediate");
    }

    @Test
    void takes_intermediates_and_anchors_from_files() throws IOException {
        String alone = file("leaf.pem", leaf().issueWith());
        String issuing = file("issuing.pem", List.of(ISSUING.certificate()));
        String root = file("root.pem", List.of(ROOT.certificate()));
        FakeSurroundings trustingNobody = new FakeSurroundings(NOW, List.of(), List.of());

        assertThat(check(trustingNobody, alone).exit()).isEqualTo(3);
        assertThat(check(trustingNobody, alone, "--chain", issuing, "--trust", root)
                        .exit())
                .isZero();
        assertThat(check(world, alone, "--chain", issuing).exit()).isZero();
        assertThat(check(world, alone, "--chain", issuing, "--trust", issuing).exit())
                .isZero();
    }

    @Test
    void holds_to_the_public_rules_where_the_anchor_is_a_public_one() throws IOException {
        String odd = file("odd.pem", leaf().subject("CN=WSUS").issue());
        FakeSurroundings publicWorld = new FakeSurroundings(NOW, List.of(), List.of(ROOT.certificate()));
        FakeSurroundings both = new FakeSurroundings(NOW, List.of(ROOT.certificate()), List.of(ROOT.certificate()));

        assertThat(check(publicWorld, odd).out()).contains("error CN_NOT_IN_SAN");
        assertThat(check(publicWorld, odd, "--profile", "private").out()).contains("warning CN_NOT_IN_SAN");
        assertThat(check(both, odd).out()).contains("warning CN_NOT_IN_SAN");
        assertThat(check(both, odd, "--profile", "PUBLIC").out()).contains("error CN_NOT_IN_SAN");
    }

    @Test
    void judges_as_of_another_time() throws IOException {
        String target = file("wsus.pem", leaf().issue());

        assertThat(check(world, target, "--at", "2027-02-19T12:00:00Z").exit()).isZero();
        assertThat(check(world, target, "--at", "2027-02-19T12:00:01Z").exit()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"88d, 0", "89d, 9", "90d, 9", "98%, 0", "99%, 9"})
    void ends_with_9_where_it_expires_within_the_time_asked_about(String within, int exit) throws IOException {
        Run run = check(world, file("wsus.pem", leaf().issue()), "--within", within);

        assertThat(run.exit()).isEqualTo(exit);
        assertThat(run.out().contains("accepted, ends soon")).isEqualTo(exit == 9);
    }

    @Test
    void allows_wildcards_and_short_names_where_told_to() throws IOException {
        String target =
                file("wild.pem", ISSUING.leaf("*.certwright.test", "wsus").issue());

        assertThat(check(world, target, "--dns", NAME).exit()).isEqualTo(3);
        assertThat(check(world, target, "--dns", NAME, "--allow", "wildcard,single-label")
                        .exit())
                .isZero();
    }

    @Test
    void checks_what_an_endpoint_presents() {
        Endpoint endpoint = Endpoint.parse("wsus.contoso.com:8531");
        CertificateChain chain = leaf().issue().chain();
        world.showing(
                "wsus.contoso.com:8531",
                new PresentedCertificate(endpoint, chain, "TLSv1.3", "TLS_AES_256_GCM_SHA384"));

        assertThat(check(world, "wsus.contoso.com:8531", "--dns", NAME).exit()).isZero();
        Run dark = check(world, "10.0.0.9:443");
        assertThat(dark.exit()).isEqualTo(5);
        assertThat(dark.out())
                .isEqualTo("10.0.0.9:443: ENDPOINT_UNREACHABLE: 10.0.0.9:443: nobody answered in 10 s"
                        + System.lineSeparator());
    }

    @Test
    void goes_on_past_targets_that_are_no_certificates_and_ends_with_the_most_urgent() throws IOException {
        String good = file("good.pem", leaf().issue());
        Path page = Files.writeString(folder.resolve("page.cer"), "<html>Not found</html>");
        Path torn = Files.write(folder.resolve("torn.der"), java.util.Arrays.copyOf(leaf().der(), 100));
        String absent = folder.resolve("absent.pem").toString();

        Run run = check(world, absent, good, page.toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out().lines())
                .startsWith(
                        absent + ": FILE_ABSENT: certificate file \"" + absent + "\": it is not there; check the path",
                        "",
                        good + ": accepted")
                .contains("TARGET" + " ".repeat(absent.length() - 4) + "VERDICT            VALID")
                .contains(good + "    accepted           until 2027-02-19, 89 days left");
        assertThat(check(world, torn.toString(), absent).exit()).isEqualTo(3);
        assertThat(check(world, page.toString()).exit()).isEqualTo(2);
    }

    @Test
    void judges_each_server_certificate_of_a_file_with_several() throws IOException {
        List<X509Certificate> both = new ArrayList<>(leaf().issue().chain().certificates());
        both.add(ISSUING.leaf("two.certwright.test")
                .validFor(Duration.ofDays(-9), Duration.ofDays(-1))
                .certificate());

        Run run = check(world, file("both.pem", both));

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out().lines().filter(line -> line.contains("both.pem: ")))
                .hasSize(2)
                .first()
                .asString()
                .endsWith("both.pem: accepted");
    }

    @Test
    void a_wrong_ca_beside_a_server_certificate_is_part_of_its_chain_and_not_checked_by_itself() throws IOException {
        TestCa another = TestCa.root("CN=Another Root", NOW).intermediate("CN=Another Issuing");
        List<X509Certificate> swapped = List.of(leaf().issue().chain().leaf(), another.certificate());

        Run run = check(world, file("swapped.pem", swapped));

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out().lines().filter(line -> line.contains("swapped.pem: ")))
                .hasSize(1);
        assertThat(run.out()).contains("CHAIN_INCOMPLETE").doesNotContain("LEAF_IS_CA");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--dns|a b.test|--dns: DNS name: got \"a b.test\", wanted labels of letters, digits and hyphens (an international "
                        + "name as its xn-- form).",
                "--ip|10.0.0|--ip: IP address: got \"10.0.0\", wanted a literal such as 10.0.0.1 or fd00::1.",
                "--at|tomorrow|--at: got \"tomorrow\", wanted an instant in UTC such as 2026-12-01T00:00:00Z.",
                "--allow|everything|--allow: got \"everything\", wanted wildcard or single-label.",
                "--within|soon|--within: got \"soon\", wanted a duration such as 30d, 12h, 45m, 90s or 1d 12h.",
                "--trust|absent.pem|--trust: certificate file \"absent.pem\": it is not there; check the path.",
                "--password-file|absent.txt|--password-file: absent.txt cannot be read; check the path."
            })
    void says_in_one_sentence_which_option_is_wrong(String option, String value, String sentence) throws IOException {
        Run run = check(world, file("wsus.pem", leaf().issue()), option, value);

        assertThat(run).isEqualTo(new Run(2, "", "certwright: " + sentence + System.lineSeparator()));
    }

    @Test
    void refuses_a_word_that_can_be_no_file_name() {
        Run run = check(world, "a\0b");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out())
                .isEqualTo(
                        "a\\u0000b: FILE_ABSENT: target \"a\\u0000b\": it can be no file name, wanted a file, host:port or a name "
                                + "of the settings"
                                + System.lineSeparator());
    }

    @Test
    void tells_a_revoked_certificate_and_what_nobody_could_say() throws IOException {
        IssuedCertificate issued = leaf().issue();
        String target = file("wsus.pem", issued);
        world.knowing(new Revoked(issued.sha256(), "keyCompromise", NOW.minus(Duration.ofDays(1)), NOW))
                .knowing(new RevocationUnknown(
                        Sha256Fingerprint.of(ISSUING.certificate()), "http://pki.test/a.crl cannot be reached", NOW))
                .knowing(new Resolved(DnsName.parse(NAME), List.of(IpAddress.parse("10.0.0.1")), NOW));

        Run run = check(world, target, "--dns", NAME);

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out())
                .contains("  resolves: wsus.certwright.test to 10.0.0.1")
                .contains("error REVOKED: certificate CN=wsus.certwright.test")
                .contains("revoked since 2026-11-21T12:00:00Z for the reason keyCompromise")
                .contains("warning REVOCATION_UNKNOWN: certificate CN=Test Issuing")
                .contains("http://pki.test/a.crl cannot be reached");
        assertThat(check(world, target, "--offline").exit()).isZero();
        assertThat(check(world, target, "--at", "2026-11-22T12:00:00Z").exit()).isZero();
    }

    @Test
    void judges_by_the_revocation_lists_that_are_given() throws IOException {
        String target = file("wsus.pem", leaf().issue());
        RevokedEntry entry = new RevokedEntry("superseded", NOW.minus(Duration.ofDays(1)));
        Path guilty = Files.write(
                folder.resolve("guilty.crl"),
                TestRevocation.list(
                        ISSUING, NOW, NOW.plus(Duration.ofDays(7)), Map.of(BigInteger.valueOf(0x1234), entry)));
        Path page = Files.writeString(folder.resolve("page.crl"), "<html>");

        Run run = check(world, target, "--crl", guilty.toString(), "--offline", "--json");

        assertThat(run.exit()).isEqualTo(3);
        JsonNode lookups = new ObjectMapper()
                .readTree(run.out())
                .get("certificates")
                .get(0)
                .get("lookups");
        assertThat(lookups.get(0).get("revoked").asBoolean()).isTrue();
        assertThat(lookups.get(0).get("reason").asText()).isEqualTo("superseded");
        assertThat(lookups.get(1).get("notLookedUp").asText())
                .isEqualTo(
                        "no revocation list at hand speaks for it (signed by its issuer, in force at that time, about all reasons)");
        assertThat(check(world, target, "--crl", page.toString()))
                .isEqualTo(new Run(
                        2,
                        "",
                        "certwright: --crl \"" + page
                                + "\": it is no revocation list, or a broken one; wanted a CRL in DER or" + " PEM."
                                + System.lineSeparator()));
    }

    @Test
    void asks_for_the_password_of_a_pfx_three_times_at_most() throws IOException {
        Path pfx = folder.resolve("wsus.pfx");
        try (SecretBytes secret = SecretBytes.ofText("right")) {
            Files.write(
                    pfx,
                    new Pkcs12Codec(new SecureRandom())
                            .write(
                                    leaf().issue().chain(),
                                    TestKeys.shared(KeySpec.P_256).getPrivate(),
                                    "wsus",
                                    secret,
                                    Pkcs12Codec.Encryption.AES_256));
        }

        assertThat(check(world, pfx.toString()).out()).contains("WRONG_PASSWORD");
        assertThat(check(world.typing("wrong").typing("right"), pfx.toString()).exit())
                .isZero();
        Run hopeless = check(world.typing("a").typing("b").typing("c").typing("right"), pfx.toString());
        assertThat(hopeless.exit()).isEqualTo(2);
        assertThat(hopeless.out()).contains("WRONG_PASSWORD").contains("the password does not open it");
        Path file = Files.writeString(folder.resolve("password.txt"), "right\r\nand more\n");
        assertThat(check(world, pfx.toString(), "--password-file", file.toString())
                        .exit())
                .isZero();
    }

    @Test
    void looks_at_endpoints_in_the_manner_that_is_asked_for() {
        Endpoint mail = Endpoint.parse("mail.contoso.com:25").beginningWith(StartTls.SMTP);
        CertificateChain chain = leaf().issue().chain();
        world.showing(mail.toString(), new PresentedCertificate(mail, chain, "TLSv1.3", "TLS_AES_256_GCM_SHA384"));
        Endpoint bare = Endpoint.parse("mail.contoso.com:443").withoutSni();
        world.showing(bare.toString(), new PresentedCertificate(bare, chain, "TLSv1.3", "TLS_AES_256_GCM_SHA384"));

        assertThat(check(world, "mail.contoso.com:25", "--starttls", "smtp").exit())
                .isZero();
        assertThat(check(world, "mail.contoso.com:25").exit()).isEqualTo(5);
        assertThat(check(world, "mail.contoso.com:443", "--no-sni").exit()).isZero();
        assertThat(check(world, "mail.contoso.com:25", "--starttls", "gopher"))
                .isEqualTo(new Run(
                        2,
                        "",
                        "certwright: STARTTLS: got \"gopher\", wanted smtp, ldap or postgres."
                                + System.lineSeparator()));
    }
}
