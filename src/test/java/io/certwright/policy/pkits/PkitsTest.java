package io.certwright.policy.pkits;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.lookup.Observation;
import io.certwright.lookup.Observation.NotRevoked;
import io.certwright.lookup.RevocationLists;
import io.certwright.policy.Expectation;
import io.certwright.policy.PolicyChain;
import io.certwright.policy.Verdict;
import io.certwright.policy.Violation;
import io.certwright.policy.ViolationCode;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * NIST's Public Key Interoperability Test Suite, the cases that need no policy as input: the checks accept what is {@code Valid}
 * and refuse what is {@code Invalid}, revocation by the suite's own lists included.
 *
 * <p>Left out is what the suite's certificates, which are no server certificates, cannot meet: Server Authentication, names in the
 * SAN, and that a leaf is no CA.
 */
final class PkitsTest {
    private static final Instant AT = Instant.parse("2026-11-22T00:00:00Z");
    private static final Set<ViolationCode> NOT_ASKED =
            Set.of(ViolationCode.SERVER_AUTH_MISSING, ViolationCode.SAN_ABSENT, ViolationCode.LEAF_IS_CA);

    /** What their names do not say, as sections 4.8 and 4.12 of the suite have it for its default settings. */
    private static final Map<String, Boolean> WITHOUT_A_WORD = Map.ofEntries(
            Map.entry("AllCertificatesNoPoliciesTest2EE", true),
            Map.entry("AllCertificatesSamePoliciesTest10EE", true),
            Map.entry("AllCertificatesSamePoliciesTest13EE", true),
            Map.entry("AllCertificatesanyPolicyTest11EE", true),
            Map.entry("AnyPolicyTest14EE", true),
            Map.entry("CPSPointerQualifierTest20EE", true),
            Map.entry("DifferentPoliciesTest3EE", true),
            Map.entry("DifferentPoliciesTest4EE", false),
            Map.entry("DifferentPoliciesTest5EE", false),
            Map.entry("DifferentPoliciesTest7EE", false),
            Map.entry("DifferentPoliciesTest8EE", false),
            Map.entry("DifferentPoliciesTest9EE", false),
            Map.entry("DifferentPoliciesTest12EE", false),
            Map.entry("OverlappingPoliciesTest6EE", true),
            Map.entry("UserNoticeQualifierTest15EE", true),
            Map.entry("UserNoticeQualifierTest16EE", true),
            Map.entry("UserNoticeQualifierTest17EE", true),
            Map.entry("UserNoticeQualifierTest18EE", true),
            Map.entry("UserNoticeQualifierTest19EE", true),
            Map.entry("inhibitAnyPolicyTest3EE", true));

    /** Valid to NIST, refused here on purpose: no server may have a DSA key. */
    private static final Set<String> DEVIATIONS =
            Set.of("ValidDSASignaturesTest4EE", "ValidDSAParameterInheritanceTest5EE");

    private static Optional<PkitsFiles> files = Optional.empty();

    @BeforeAll
    static void read() throws IOException, InterruptedException {
        files = PkitsFiles.find();
        Assumptions.assumeTrue(files.isPresent(), PkitsFiles.HOW_TO_GET);
    }

    private record Answer(boolean accepted, String why) {}

    @Test
    void accepts_what_is_valid_and_refuses_what_is_invalid() {
        PkitsFiles suite = files.orElseThrow();
        List<String> cases = suite.certificates().keySet().stream()
                .filter(name -> name.endsWith("EE"))
                .toList();
        Map<String, String> differing = new TreeMap<>();
        int valid = 0;
        for (String name : cases) {
            boolean wanted = isValid(name);
            Answer answer = answerTo(name, suite);
            valid += wanted ? 1 : 0;
            if (answer.accepted() != wanted) {
                differing.put(name, answer.why());
            }
        }

        System.out.printf(
                "PKITS: %d cases, %d of them valid, %d invalid; %d agree, %d differ on purpose: %s%n",
                cases.size(),
                valid,
                cases.size() - valid,
                cases.size() - differing.size(),
                differing.size(),
                differing.keySet());
        assertThat(differing.keySet()).as("%s", differing).isEqualTo(DEVIATIONS);
        assertThat(cases).hasSize(223);
    }

    private static boolean isValid(String name) {
        return WITHOUT_A_WORD.containsKey(name) ? WITHOUT_A_WORD.get(name) : name.startsWith("Valid");
    }

    private static Answer answerTo(String name, PkitsFiles suite) {
        X509Certificate anchor = suite.certificates().get("TrustAnchorRootCertificate");
        Verdict verdict = PolicyChain.standard()
                .inspect(
                        new IssuedCertificate(new CertificateChain(aboveAndWith(name, anchor, suite))),
                        Expectation.withoutNames().withAnchors(List.of(anchor)),
                        AT);
        List<Violation> refusing = verdict.errors().stream()
                .filter(violation -> !NOT_ASKED.contains(violation.code()))
                .toList();
        List<Observation> seen =
                new RevocationLists(suite.lists(), suite.certificates().values()).observe(verdict.path(), AT);
        boolean clean = seen.stream().allMatch(NotRevoked.class::isInstance);
        return new Answer(refusing.isEmpty() && clean, refusing + " " + (clean ? "" : seen));
    }

    /** The certificate and all that could be above it, whatever path the suite means. */
    private static List<X509Certificate> aboveAndWith(String name, X509Certificate anchor, PkitsFiles suite) {
        Set<X509Certificate> chain =
                new LinkedHashSet<>(List.of(suite.certificates().get(name)));
        int before = 0;
        while (chain.size() > before) {
            before = chain.size();
            var wanted =
                    chain.stream().map(X509Certificate::getIssuerX500Principal).collect(Collectors.toSet());
            suite.certificates().values().stream()
                    .filter(one -> !one.equals(anchor) && wanted.contains(one.getSubjectX500Principal()))
                    .forEach(chain::add);
        }
        return List.copyOf(chain);
    }
}
