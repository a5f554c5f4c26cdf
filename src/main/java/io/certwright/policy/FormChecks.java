package io.certwright.policy;

import io.certwright.policy.encoding.BrokenEncoding;
import io.certwright.policy.encoding.Extensions;
import io.certwright.policy.encoding.RawExtension;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Whether the certificates can be read at all, to the letter of their encoding; what they then say is for {@link FormRule}. */
final class FormChecks {
    /** Reads one extension and throws away what it says. */
    @FunctionalInterface
    private interface Shape {
        Object read(RawExtension extension) throws BrokenEncoding;
    }

    private record Known(String text, Shape shape) {}

    private static final Map<String, Known> KNOWN = new TreeMap<>(Map.ofEntries(
            Map.entry(Extensions.SUBJECT_KEY_ID, new Known("subject key identifier", Extensions::subjectKeyId)),
            Map.entry(Extensions.KEY_USAGE, new Known("key usage bits", Extensions::keyUsage)),
            Map.entry(Extensions.SUBJECT_ALT_NAME, new Known("subject alternative names", Extensions::names)),
            Map.entry(Extensions.ISSUER_ALT_NAME, new Known("issuer alternative names", Extensions::names)),
            Map.entry(Extensions.BASIC_CONSTRAINTS, new Known("basic constraints", Extensions::basicConstraints)),
            Map.entry(Extensions.NAME_CONSTRAINTS, new Known("name constraints", Extensions::nameConstraints)),
            Map.entry(
                    Extensions.CRL_DISTRIBUTION_POINTS,
                    new Known("CRL distribution points", Extensions::sequencesOfSome)),
            Map.entry(Extensions.CERTIFICATE_POLICIES, new Known("certificate policies", Extensions::policies)),
            Map.entry(Extensions.POLICY_MAPPINGS, new Known("policy mappings", Extensions::policyMappings)),
            Map.entry(Extensions.AUTHORITY_KEY_ID, new Known("authority key identifier", Extensions::authorityKeyId)),
            Map.entry(Extensions.POLICY_CONSTRAINTS, new Known("policy constraints", Extensions::policyConstraints)),
            Map.entry(Extensions.EXTENDED_KEY_USAGE, new Known("extended key usages", Extensions::purposes)),
            Map.entry(Extensions.FRESHEST_CRL, new Known("freshest CRL", Extensions::sequencesOfSome)),
            Map.entry(Extensions.INHIBIT_ANY_POLICY, new Known("inhibit anyPolicy", Extensions::inhibitAnyPolicy)),
            Map.entry(
                    Extensions.AUTHORITY_ACCESS,
                    new Known("authority information access", Extensions::sequencesOfSome))));

    private FormChecks() {}

    /** To the JDK as well as to the strict reader here: what either cannot read is not what the other thinks it is. */
    static List<Violation> everythingIsReadable(Inspection inspection) {
        Set<Violation> told = new LinkedHashSet<>();
        inspection.readings().broken().forEach(fault -> told.add(inspection.told(fault.code(), fault.message())));
        inspection
                .facts()
                .unreadable()
                .forEach(words -> told.add(inspection.violation(ViolationCode.MALFORMED, words)));
        for (Reading reading : inspection.readings().all()) {
            for (RawExtension extension : reading.fields().extensions()) {
                brokenWords(extension)
                        .map(words -> inspection.violationOn(reading.certificate(), ViolationCode.MALFORMED, words))
                        .ifPresent(told::add);
            }
        }
        return List.copyOf(told);
    }

    /** Of a trust anchor, whose constraints hold below it. */
    static Optional<String> brokenConstraintsOf(X509Certificate anchor) {
        try {
            return Reading.of(anchor, false, Optional.empty())
                    .fields()
                    .find(Extensions.NAME_CONSTRAINTS)
                    .flatMap(FormChecks::brokenWords);
        } catch (BrokenEncoding broke) {
            return Optional.of("its encoding is broken, got " + broke.getMessage() + ", wanted DER as RFC 5280 has it");
        }
    }

    private static Optional<String> brokenWords(RawExtension extension) {
        Known known = KNOWN.get(extension.oid());
        if (known == null) {
            return Optional.empty();
        }
        try {
            known.shape().read(extension);
            return Optional.empty();
        } catch (BrokenEncoding broke) {
            return Optional.of(LeafFacts.brokenExtension(known.text(), extension.oid()));
        }
    }
}
