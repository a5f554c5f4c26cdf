package io.certwright.policy;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestCertificate;
import java.time.Instant;
import java.util.List;

/** A root, an issuing CA and a clock at rest, and the verdict of all checks as lines that can be compared. */
final class Bench {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final String NAME = "wsus.certwright.test";
    static final TestCa ROOT = TestCa.root("CN=Test Root", NOW);
    static final TestCa ISSUING = ROOT.intermediate("CN=Test Issuing");

    private Bench() {}

    static TestCertificate leaf() {
        return ISSUING.leaf(NAME);
    }

    /** {@link #NAME} and nothing else is wanted. */
    static Expectation wanting() {
        return wanting(NAME);
    }

    static Expectation wanting(String... dns) {
        return Expectation.of(SubjectAlternativeNames.ofDns(dns)).withAnchors(List.of(ROOT.certificate()));
    }

    static Expectation withoutNames() {
        return Expectation.withoutNames().withAnchors(List.of(ROOT.certificate()));
    }

    static List<String> told(TestCertificate draft, Expectation expectation) {
        return told(draft.issue(), expectation, NOW);
    }

    /** {@code ERROR CODE: message} for each violation, thumbprints blotted out. */
    static List<String> told(IssuedCertificate certificate, Expectation expectation, Instant at) {
        return PolicyChain.standard().inspect(certificate, expectation, at).violations().stream()
                .map(violation -> violation.severity() + " " + violation)
                .map(line -> line.replaceAll("\\([0-9A-F]{8}\\)", "(#)"))
                .toList();
    }
}
