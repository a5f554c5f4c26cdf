package io.certwright.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestCertificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PolicyChainTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final TestCa ROOT = TestCa.root("CN=Test Root", NOW);
    private static final TestCa ISSUING = ROOT.intermediate("CN=Test Issuing");

    private final PolicyChain chain = PolicyChain.standard();

    private static Expectation wanting(String... dns) {
        return Expectation.of(SubjectAlternativeNames.ofDns(dns)).withAnchors(List.of(ROOT.certificate()));
    }

    @Test
    void accepts_what_a_careful_ca_issues_in_both_profiles() {
        for (Profile profile : Profile.values()) {
            Verdict verdict = chain.inspect(
                    ISSUING.leaf("wsus.contoso.com").key(KeySpec.RSA_2048).issue(),
                    wanting("wsus.contoso.com").withKey(KeySpec.RSA_2048).inProfile(profile),
                    NOW);

            assertThat(verdict.violations()).isEmpty();
            assertThat(verdict.refuses()).isFalse();
            assertThat(verdict.sentence()).isEqualTo("accepted by all checks");
        }
    }

    @Test
    void accepts_a_self_signed_certificate_that_is_its_own_anchor() {
        IssuedCertificate own = new IssuedCertificate(io.certwright.certificate.CertificateChain.of(selfSigned()));

        Verdict verdict = chain.inspect(
                own,
                Expectation.of(SubjectAlternativeNames.ofDns("wsus.certwright.test"))
                        .withAnchors(List.of(own.leaf())),
                NOW);

        assertThat(verdict.violations()).isEmpty();
    }

    @Test
    void refuses_with_one_sentence_that_lists_every_reason() {
        Verdict verdict = chain.inspect(
                ISSUING.leaf("old.certwright.test")
                        .valid(NOW.minusSeconds(7200), NOW.minusSeconds(3600))
                        .subject("CN=old.certwright.test")
                        .issue(),
                wanting("wsus.certwright.test"),
                NOW);

        assertThat(verdict.refuses()).isTrue();
        assertThat(verdict.sentence().replaceAll("\\([0-9A-F]{8}\\)", "(…)"))
                .isEqualTo(
                        "refused for 2 reasons: NAME_NOT_COVERED: certificate CN=old.certwright.test (…): got the SANs "
                                + "old.certwright.test, wanted also wsus.certwright.test; EXPIRED: certificate CN=old.certwright.test "
                                + "(…): expired at 2026-11-22T11:00:00Z, wanted one valid at 2026-11-22T12:00:00Z");
    }

    private static java.security.cert.X509Certificate selfSigned() {
        TestCertificate draft = TestCa.rootDraft("CN=wsus.certwright.test", NOW);
        return draft.ca(false)
                .dns("wsus.certwright.test")
                .serverAuth()
                .validFor(Duration.ofDays(-1), Duration.ofDays(89))
                .asRoot()
                .certificate();
    }
}
