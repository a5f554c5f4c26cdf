package io.certwright.policy;

import io.certwright.policy.encoding.BrokenEncoding;
import io.certwright.policy.encoding.Extensions;
import io.certwright.policy.encoding.Extensions.BasicConstraints;
import io.certwright.policy.encoding.GeneralName.Kind;
import io.certwright.policy.encoding.RawExtension;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The form of a certificate's extensions, RFC 5280, 4.2, but for the identifiers of keys: words of what is wrong with each. */
final class ExtensionForm {
    private static final Map<String, String> POLICIES_MUST_BE_CRITICAL = Map.of(
            Extensions.POLICY_CONSTRAINTS, "policy constraints", Extensions.INHIBIT_ANY_POLICY, "inhibit anyPolicy");
    private static final Map<String, String> MUST_BE_CRITICAL = Map.of(Extensions.NAME_CONSTRAINTS, "name constraints");
    private static final Map<String, String> MUST_NOT_BE_CRITICAL = Map.of(
            Extensions.AUTHORITY_KEY_ID, "authority key identifier",
            Extensions.SUBJECT_KEY_ID, "subject key identifier",
            Extensions.AUTHORITY_ACCESS, "authority information access",
            Extensions.SUBJECT_ACCESS, "subject information access",
            Extensions.FRESHEST_CRL, "freshest CRL");

    private ExtensionForm() {}

    static Optional<String> repeated(Reading reading) {
        Set<String> seen = new HashSet<>();
        Set<String> twice = new TreeSet<>();
        reading.fields().extensions().stream()
                .map(RawExtension::oid)
                .filter(oid -> !seen.add(oid))
                .forEach(twice::add);
        return FormRule.when(
                !twice.isEmpty(), "got the extensions " + Shown.names(twice) + " more than once, wanted each once");
    }

    /** Apart from the others: NIST's suite, older than the rule, takes them either way. */
    static Optional<String> policyCriticality(Reading reading) {
        return criticality(reading, POLICIES_MUST_BE_CRITICAL, Map.of());
    }

    static Optional<String> criticality(Reading reading) {
        return criticality(reading, MUST_BE_CRITICAL, MUST_NOT_BE_CRITICAL);
    }

    private static Optional<String> criticality(
            Reading reading, Map<String, String> must, Map<String, String> mustNot) {
        Set<String> wrong = new TreeSet<>();
        for (RawExtension extension : reading.fields().extensions()) {
            if (!extension.critical() && must.containsKey(extension.oid())) {
                wrong.add(must.get(extension.oid()) + " not critical");
            }
            if (extension.critical() && mustNot.containsKey(extension.oid())) {
                wrong.add(mustNot.get(extension.oid()) + " critical");
            }
        }
        return FormRule.when(!wrong.isEmpty(), "got " + Shown.names(wrong) + ", wanted the opposite");
    }

    static Optional<String> sanCriticality(Reading reading) {
        boolean critical = reading.fields()
                .find(Extensions.SUBJECT_ALT_NAME)
                .filter(RawExtension::critical)
                .isPresent();
        return FormRule.when(
                reading.isLeaf() && reading.fields().subject().isEmpty() && !critical,
                "got no subject and no critical SAN, wanted the SAN critical where the subject is empty");
    }

    static Optional<String> sanKinds(Reading reading) throws BrokenEncoding {
        Optional<RawExtension> san = reading.fields().find(Extensions.SUBJECT_ALT_NAME);
        if (!reading.isLeaf() || san.isEmpty()) {
            return Optional.empty();
        }
        Set<Kind> others = EnumSet.noneOf(Kind.class);
        Extensions.names(san.get()).forEach(name -> others.add(name.kind()));
        others.removeAll(EnumSet.of(Kind.DNS, Kind.IP));
        return FormRule.when(
                !others.isEmpty(),
                "got names of another kind in the SAN, "
                        + Shown.names(others.stream().map(Kind::text).toList())
                        + ", wanted DNS names and IP addresses alone");
    }

    static Optional<String> caKeyUsage(Reading reading) {
        return FormRule.when(
                !reading.isLeaf() && reading.fields().find(Extensions.KEY_USAGE).isEmpty(),
                "got a CA without key usage, wanted keyCertSign");
    }

    static Optional<String> constraintsCriticality(Reading reading) throws BrokenEncoding {
        Optional<RawExtension> extension = reading.fields().find(Extensions.BASIC_CONSTRAINTS);
        boolean ca = extension.isPresent()
                && Extensions.basicConstraints(extension.get()).ca();
        return FormRule.when(
                ca && !extension.get().critical(), "its basic constraints say CA and are not critical, wanted them so");
    }

    static Optional<String> pathLengthOnALeaf(Reading reading) throws BrokenEncoding {
        Optional<RawExtension> extension = reading.fields().find(Extensions.BASIC_CONSTRAINTS);
        if (extension.isEmpty()) {
            return Optional.empty();
        }
        BasicConstraints found = Extensions.basicConstraints(extension.get());
        return FormRule.when(
                found.pathLength().isPresent() && !found.ca(),
                "its basic constraints have a path length without saying CA, wanted none");
    }

    static Optional<String> constraintsOnALeaf(Reading reading) {
        return FormRule.when(
                reading.isLeaf()
                        && reading.certificate().getBasicConstraints() < 0
                        && reading.fields().find(Extensions.NAME_CONSTRAINTS).isPresent(),
                "got name constraints on a certificate that is no CA, wanted them on CAs alone");
    }

    static Optional<String> repeatedPolicies(Reading reading) throws BrokenEncoding {
        Optional<RawExtension> extension = reading.fields().find(Extensions.CERTIFICATE_POLICIES);
        if (extension.isEmpty()) {
            return Optional.empty();
        }
        List<String> policies = Extensions.policies(extension.get());
        return FormRule.when(
                new HashSet<>(policies).size() < policies.size(),
                "got a certificate policy more than once, wanted each once");
    }

    static Optional<String> anyPolicyMapped(Reading reading) throws BrokenEncoding {
        Optional<RawExtension> extension = reading.fields().find(Extensions.POLICY_MAPPINGS);
        if (extension.isEmpty()) {
            return Optional.empty();
        }
        return FormRule.when(
                Extensions.policyMappings(extension.get()).stream()
                        .anyMatch(mapping -> mapping.issuerDomain().equals(Extensions.ANY_POLICY)
                                || mapping.subjectDomain().equals(Extensions.ANY_POLICY)),
                "got a policy mapping from or to anyPolicy, wanted it between two policies");
    }
}
