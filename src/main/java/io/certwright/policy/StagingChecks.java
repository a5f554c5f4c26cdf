package io.certwright.policy;

import io.certwright.certificate.CertificateChain;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether a CA that is only for trying things out takes the place of a real one. */
final class StagingChecks {
    /** As a whole word and no part of a DNS name: {@code (STAGING) Let's Encrypt}, {@code Fake LE Intermediate X1}, {@code Pebble Root CA}, {@code Test CA}. */
    private static final Pattern MARK = Pattern.compile(
            "(?<![\\p{L}\\p{N}.])(staging|fake|pebble|test|testing|sandbox|dummy|snakeoil)(?![\\p{L}\\p{N}.])",
            Pattern.CASE_INSENSITIVE);

    private StagingChecks() {}

    static Optional<Violation> noTestCaReplacesARealOne(Inspection inspection) {
        Optional<CertificateChain> before =
                inspection.expectation().predecessor().map(old -> old.chain());
        if (inspection.allows(Allowance.TEST_CA)
                || before.isEmpty()
                || markedIn(issuersOf(before.get())).isPresent()) {
            return Optional.empty();
        }
        Stream<String> issuers = inspection
                .path()
                .path()
                .map(path -> path.withAnchor().stream().map(Shown::issuer))
                .orElseGet(() -> issuersOf(inspection.certificate().chain()));
        return markedIn(issuers)
                .map(name -> inspection.violation(
                        ViolationCode.TEST_CA,
                        "issued by the test CA " + name + ", the certificate before it by "
                                + Shown.issuer(before.get().leaf()) + ", wanted a real CA again"));
    }

    /** As the certificates name them, the one above the last among them. */
    private static Stream<String> issuersOf(CertificateChain chain) {
        return chain.certificates().stream().map(Shown::issuer);
    }

    private static Optional<String> markedIn(Stream<String> names) {
        return names.filter(name -> MARK.matcher(name).find()).findFirst();
    }
}
