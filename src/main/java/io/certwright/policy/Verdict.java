package io.certwright.policy;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What came out of all checks on one certificate: errors refuse it, warnings are told.
 *
 * @param violations in the order of {@link PolicyChain}
 * @param path the path that was judged, leaf first, trust anchor last; empty if there is none
 */
public record Verdict(List<Violation> violations, List<X509Certificate> path) {
    public Verdict {
        violations = List.copyOf(violations);
        path = List.copyOf(path);
    }

    /** Where the path does not matter. */
    public Verdict(List<Violation> violations) {
        this(violations, List.of());
    }

    public boolean refuses() {
        return violations.stream().anyMatch(Violation::isError);
    }

    public List<Violation> errors() {
        return violations.stream().filter(Violation::isError).toList();
    }

    public List<Violation> warnings() {
        return violations.stream().filter(violation -> !violation.isError()).toList();
    }

    /** For a mail or a command: {@code refused for 1 reason: EXPIRED: …}, {@code accepted, with 1 warning: …}, {@code accepted}. */
    public String sentence() {
        if (refuses()) {
            return "refused for " + count(errors(), "reason") + ": " + listed(errors());
        }
        return violations.isEmpty()
                ? "accepted by all checks"
                : "accepted, with " + count(violations, "warning") + ": " + listed(violations);
    }

    private static String count(List<Violation> some, String noun) {
        return some.size() + " " + noun + (some.size() == 1 ? "" : "s");
    }

    private static String listed(List<Violation> some) {
        return some.stream().map(Violation::toString).collect(Collectors.joining("; "));
    }
}
