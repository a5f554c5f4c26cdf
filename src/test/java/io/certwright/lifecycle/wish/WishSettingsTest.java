package io.certwright.lifecycle.wish;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.alert.Recipient;
import io.certwright.binding.BindingName;
import io.certwright.binding.HostName;
import io.certwright.certificate.CertificateName;
import io.certwright.certificate.DnsName;
import io.certwright.certificate.IpAddress;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.config.ConfigMapping;
import io.certwright.config.Fault;
import io.certwright.config.Faults;
import io.certwright.config.SettingsFile;
import io.certwright.enrollment.IssuerName;
import io.certwright.policy.Allowance;
import io.certwright.trust.ClientGroupName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WishSettingsTest {
    private static final List<BindingName> BINDINGS = List.of(new BindingName("listener:main"));

    private final Faults faults = new Faults();

    private ConfigMapping parse(String yaml) {
        return new SettingsFile(Path.of("c.yml"), Map.of()).parse(yaml, faults).orElseThrow();
    }

    private Optional<ManagedCertificate> certificate(String yaml) {
        return new CertificateSettings(List.of("lab", "corp-ca"), List.of("wsus-clients"))
                .read("wsus01", parse(yaml), BINDINGS);
    }

    private List<String> sentences() {
        return faults.list().stream().map(Fault::toString).toList();
    }

    @Test
    void reads_a_whole_promise() {
        Optional<ManagedCertificate> read = certificate("""
                dns: [wsus01.contoso.com, wsus]
                ips: [10.0.0.1]
                friendly-name: WSUS TLS
                issuer: corp-ca
                key: { algorithm: ec, size: 384, origin: service }
                renew: { at: 50%, jitter: 12.5% }
                allow: [single-label]
                bind:
                  - { type: listener }
                clients: wsus-clients
                recipients: [pki@contoso.com]
                """);

        assertThat(sentences()).isEmpty();
        assertThat(read)
                .contains(new ManagedCertificate(
                        CertificateName.of("wsus01"),
                        new SubjectAlternativeNames(
                                List.of(new DnsName("wsus01.contoso.com"), new DnsName("wsus")),
                                List.of(IpAddress.parse("10.0.0.1"))),
                        "WSUS TLS",
                        KeySpec.P_384,
                        KeyOrigin.SERVICE,
                        new IssuerName("corp-ca"),
                        new RenewalRule(0.5, 0.125),
                        Set.of(Allowance.SINGLE_LABEL),
                        BINDINGS,
                        Optional.of(ClientGroupName.of("wsus-clients")),
                        List.of(Recipient.parse("pki@contoso.com"))));
    }

    @Test
    void needs_no_more_than_a_name_and_an_issuer() {
        ManagedCertificate read =
                certificate("{ dns: a.contoso.com, issuer: lab }").orElseThrow(() -> new AssertionError(sentences()));

        assertThat(read.friendlyName()).isEqualTo("wsus01");
        assertThat(read.key()).isEqualTo(KeySpec.RSA_3072);
        assertThat(read.renewal()).isEqualTo(RenewalRule.USUAL);
        assertThat(read.clients()).isEmpty();
        assertThat(certificate("{ dns: a.contoso.com, issuer: lab, key: { algorithm: ec } }")
                        .orElseThrow()
                        .key())
                .isEqualTo(KeySpec.P_256);
    }

    @Test
    void a_second_issuer_is_another_one_than_the_first() {
        assertThat(certificate("{ dns: a.contoso.com, issuer: corp-ca, fallback-issuer: lab }"))
                .map(wish -> wish.fallback().orElseThrow().value())
                .contains("lab");
        assertThat(certificate("{ dns: a.contoso.com, issuer: lab, fallback-issuer: lab }"))
                .isEmpty();
        assertThat(sentences())
                .containsExactly(
                        "c.yml:1:53: fallback-issuer: got \"lab\", wanted another issuer than that under issuer");
    }

    @Test
    void reports_dangling_references_and_impossible_values_together() {
        assertThat(certificate("""
                dns: [wsus 01]
                issuer: corb-ca
                key: { size: 1024, origin: host }
                renew: { at: 10%, jitter: 20% }
                allow: [wildcards]
                clients: desktops
                recipients: ["a\\r\\nb@c.test"]
                """)).isEmpty();
        assertThat(sentences())
                .containsExactly(
                        "c.yml:1:7: dns[0]: DNS name: got \"wsus 01\", wanted labels of letters, digits and hyphens (an international"
                                + " name as its xn-- form)",
                        "c.yml:2:9: issuer: got \"corb-ca\", did you mean \"corp-ca\"?",
                        "c.yml:3:1: key: key: got rsa 1024, wanted one of RSA-2048, RSA-3072, RSA-4096, P-256, P-384",
                        "c.yml:3:28: key.origin: got \"host\", wanted service: only bindings of type iis can use a key that is"
                                + " made on their host",
                        "c.yml:4:1: renew: renew jitter: got 20.0%, wanted at least 0% and less than 10.0%",
                        "c.yml:5:9: allow[0]: got \"wildcards\", did you mean \"wildcard\"?",
                        "c.yml:6:10: clients: got \"desktops\", wanted one of wsus-clients",
                        "c.yml:7:14: recipients[0]: mail address: got \"a\\u000d\\u000ab@c.test\", wanted one such as"
                                + " pki@contoso.com");
    }

    @Test
    void says_that_a_promise_without_names_or_issuer_is_none() {
        assertThat(certificate("{ issuer: lab }")).isEmpty();
        assertThat(certificate("{ dns: a.contoso.com }")).isEmpty();
        assertThat(sentences())
                .containsExactly(
                        "c.yml:1:1: certificate wsus01: got no name, wanted at least one under dns or ips",
                        "c.yml:1:1: issuer: is missing, wanted a value");
    }

    @Test
    void changes_nothing_on_a_host_until_its_owner_says_so() {
        assertThat(HostSettings.read("wsus01", parse("{}")).orElseThrow().mode())
                .isEqualTo(HostMode.REPORT);
        assertThat(HostSettings.read("local", parse("{}"))).contains(Host.local());
        assertThat(HostSettings.read("wsus01", parse("{ mode: manage, window: \"Sun 02:00-05:00 Europe/Berlin\" }")))
                .contains(new Host(
                        new HostName("wsus01"),
                        HostMode.MANAGE,
                        Optional.of(MaintenanceWindow.parse("Sun 02:00-05:00 Europe/Berlin"))));
        assertThat(HostSettings.read("wsus01", parse("{ mode: mange, windows: 1 }")))
                .isEmpty();
        assertThat(sentences())
                .containsExactly(
                        "c.yml:1:9: mode: got \"mange\", did you mean \"manage\"?",
                        "c.yml:1:16: windows: unknown key, did you mean \"window\"?");
    }
}
