package io.certwright.policy;

import com.google.errorprone.annotations.Immutable;
import io.certwright.certificate.Printable;
import io.certwright.policy.encoding.BrokenEncoding;
import io.certwright.policy.encoding.CertificateFields;
import io.certwright.policy.encoding.Extensions;
import io.certwright.policy.encoding.Extensions.BasicConstraints;
import io.certwright.policy.encoding.GeneralName.Kind;
import io.certwright.policy.encoding.RawExtension;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What RFC 5280, 4.1 and 4.2, wants of the form of every certificate below the anchor, one rule each. */
enum FormRule {
    VERSION_IS_THREE(ViolationCode.VERSION_UNFIT, FormRule::version),
    SERIAL_IS_POSITIVE_AND_SHORT(ViolationCode.SERIAL_UNFIT, FormRule::serial),
    SIGNATURE_ALGORITHMS_AGREE(ViolationCode.SIGNATURE_ALGORITHMS_DIFFER, FormRule::algorithms),
    ISSUER_HAS_A_NAME(ViolationCode.ISSUER_EMPTY, FormRule::issuer),
    CA_HAS_A_NAME(ViolationCode.SUBJECT_EMPTY, FormRule::subject),
    DATES_ARE_READABLE(ViolationCode.MALFORMED, FormRule::brokenDates),
    DATES_ARE_OF_THE_RIGHT_KIND(ViolationCode.DATE_ODD, FormRule::oddDates),
    NO_UNIQUE_IDS(ViolationCode.UNIQUE_ID_PRESENT, FormRule::uniqueIds),
    NO_EXTENSION_IS_REPEATED(ViolationCode.EXTENSION_REPEATED, FormRule::repeated),
    CRITICAL_WHERE_IT_MUST_BE(ViolationCode.CRITICALITY_WRONG, FormRule::criticality),
    POLICIES_CRITICAL_WHERE_THEY_MUST_BE(ViolationCode.POLICY_CRITICALITY_WRONG, FormRule::policyCriticality),
    SAN_IS_CRITICAL_WITHOUT_A_SUBJECT(ViolationCode.SAN_NOT_CRITICAL, FormRule::sanCriticality),
    SAN_HAS_NAMES_AND_ADDRESSES_ALONE(ViolationCode.SAN_KIND_ODD, FormRule::sanKinds),
    AUTHORITY_KEY_ID_IS_THERE(ViolationCode.AUTHORITY_KEY_ID_ABSENT, FormRule::authorityKeyIdPresence),
    AUTHORITY_KEY_ID_FITS(ViolationCode.AUTHORITY_KEY_ID_UNFIT, FormRule::authorityKeyIdShape),
    SUBJECT_KEY_ID_IS_THERE(ViolationCode.SUBJECT_KEY_ID_ABSENT, FormRule::subjectKeyId),
    CA_HAS_A_KEY_USAGE(ViolationCode.CA_KEY_USAGE_ABSENT, FormRule::caKeyUsage),
    CA_HAS_CRITICAL_BASIC_CONSTRAINTS(ViolationCode.BASIC_CONSTRAINTS_NOT_CRITICAL, FormRule::constraintsCriticality),
    PATH_LENGTH_STANDS_IN_A_CA(ViolationCode.PATH_LENGTH_MISPLACED, FormRule::pathLengthOnALeaf),
    NAME_CONSTRAINTS_STAND_IN_A_CA(ViolationCode.NAME_CONSTRAINTS_MISPLACED, FormRule::constraintsOnALeaf),
    NO_POLICY_IS_REPEATED(ViolationCode.POLICY_REPEATED, FormRule::repeatedPolicies),
    NO_POLICY_IS_MAPPED_TO_ANY(ViolationCode.POLICY_MAPPING_WRONG, FormRule::anyPolicyMapped);

    /** Looks at one certificate; words of what is wrong. Where an extension cannot be read, {@code MALFORMED} tells it. */
    @Immutable
    @FunctionalInterface
    private interface Rule {
        Optional<String> broken(Reading reading) throws BrokenEncoding;
    }

    private static final int MOST_SERIAL_OCTETS = 20;
    private static final Pattern UTC = Pattern.compile("[0-9]{12}Z");
    private static final Pattern GENERALIZED = Pattern.compile("[0-9]{14}Z");

    private static final Map<String, String> POLICIES_MUST_BE_CRITICAL = Map.of(
            Extensions.POLICY_CONSTRAINTS, "policy constraints", Extensions.INHIBIT_ANY_POLICY, "inhibit anyPolicy");
    private static final Map<String, String> MUST_BE_CRITICAL = Map.of(Extensions.NAME_CONSTRAINTS, "name constraints");
    private static final Map<String, String> MUST_NOT_BE_CRITICAL = Map.of(
            Extensions.AUTHORITY_KEY_ID, "authority key identifier",
            Extensions.SUBJECT_KEY_ID, "subject key identifier",
            Extensions.AUTHORITY_ACCESS, "authority information access",
            Extensions.SUBJECT_ACCESS, "subject information access",
            Extensions.FRESHEST_CRL, "freshest CRL");

    private final ViolationCode code;
    private final Rule rule;

    FormRule(ViolationCode code, Rule rule) {
        this.code = code;
        this.rule = rule;
    }

    List<Violation> inspect(Inspection inspection) {
        return inspection.readings().all().stream()
                .flatMap(reading ->
                        broken(reading)
                                .map(words -> inspection.violationOn(reading.certificate(), code, words))
                                .stream())
                .toList();
    }

    /** How many rules a certificate breaks that weigh as an error in every profile. */
    static long errorsOf(X509Certificate certificate, Optional<X509Certificate> issuer) {
        try {
            Reading reading = Reading.of(certificate, false, issuer);
            return Stream.of(values())
                    .filter(one -> one.code.severityIn(Profile.PRIVATE) == Severity.ERROR)
                    .filter(one -> one.broken(reading).isPresent())
                    .count();
        } catch (BrokenEncoding unreadable) {
            return 1;
        }
    }

    /** Words of what is wrong with one certificate. */
    Optional<String> broken(Reading reading) {
        try {
            return rule.broken(reading);
        } catch (BrokenEncoding toldAsMalformed) {
            return Optional.empty();
        }
    }

    private static Optional<String> version(Reading reading) {
        int version = reading.fields().version();
        return when(version != 3, "got version " + version + ", wanted version 3");
    }

    private static Optional<String> serial(Reading reading) {
        CertificateFields fields = reading.fields();
        if (fields.serial().signum() <= 0) {
            return Optional.of("got a serial number that is " + (fields.serial().signum() == 0 ? "zero" : "negative")
                    + ", wanted a positive one");
        }
        return when(
                fields.serialOctets() > MOST_SERIAL_OCTETS,
                "got a serial number of " + fields.serialOctets() + " octets, wanted at most " + MOST_SERIAL_OCTETS);
    }

    private static Optional<String> algorithms(Reading reading) {
        return when(
                !reading.fields().signatureAlgorithmsAgree(),
                "the signature algorithm beside the signature is not the one that was signed, wanted the same twice, "
                        + "parameters included");
    }

    private static Optional<String> issuer(Reading reading) {
        return when(reading.fields().issuer().isEmpty(), "got an empty issuer, wanted the name of its CA");
    }

    private static Optional<String> subject(Reading reading) {
        return when(
                !reading.isLeaf() && reading.fields().subject().isEmpty(),
                "got a CA without a subject, wanted its name");
    }

    private static Optional<String> brokenDates(Reading reading) {
        return datesOf(reading)
                .filter(date -> !(date.isUtcTime() ? UTC : GENERALIZED)
                        .matcher(date.text())
                        .matches())
                .findFirst()
                .map(date -> "got the date " + Printable.quote(date.text()) + ", wanted it with seconds and Z");
    }

    private static Optional<String> oddDates(Reading reading) {
        return datesOf(reading)
                .filter(date -> !date.isUtcTime() && date.text().compareTo("2050") < 0)
                .findFirst()
                .map(date -> "got the GeneralizedTime " + Printable.quote(date.text())
                        + ", wanted UTCTime for dates before 2050");
    }

    private static Stream<CertificateFields.Date> datesOf(Reading reading) {
        return Stream.of(reading.fields().notBefore(), reading.fields().notAfter());
    }

    private static Optional<String> uniqueIds(Reading reading) {
        return when(reading.fields().hasUniqueIds(), "got a unique identifier of issuer or subject, wanted none");
    }

    private static Optional<String> repeated(Reading reading) {
        Set<String> seen = new HashSet<>();
        Set<String> twice = new TreeSet<>();
        reading.fields().extensions().stream()
                .map(RawExtension::oid)
                .filter(oid -> !seen.add(oid))
                .forEach(twice::add);
        return when(!twice.isEmpty(), "got the extensions " + Shown.names(twice) + " more than once, wanted each once");
    }

    /** Apart from the others: NIST's suite, older than the rule, takes them either way. */
    private static Optional<String> policyCriticality(Reading reading) {
        return criticality(reading, POLICIES_MUST_BE_CRITICAL, Map.of());
    }

    private static Optional<String> criticality(Reading reading) {
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
        return when(!wrong.isEmpty(), "got " + Shown.names(wrong) + ", wanted the opposite");
    }

    private static Optional<String> sanCriticality(Reading reading) {
        boolean critical = reading.fields()
                .find(Extensions.SUBJECT_ALT_NAME)
                .filter(RawExtension::critical)
                .isPresent();
        return when(
                reading.isLeaf() && reading.fields().subject().isEmpty() && !critical,
                "got no subject and no critical SAN, wanted the SAN critical where the subject is empty");
    }

    private static Optional<String> sanKinds(Reading reading) throws BrokenEncoding {
        Optional<RawExtension> san = reading.fields().find(Extensions.SUBJECT_ALT_NAME);
        if (!reading.isLeaf() || san.isEmpty()) {
            return Optional.empty();
        }
        Set<Kind> others = EnumSet.noneOf(Kind.class);
        Extensions.names(san.get()).forEach(name -> others.add(name.kind()));
        others.removeAll(EnumSet.of(Kind.DNS, Kind.IP));
        return when(
                !others.isEmpty(),
                "got names of another kind in the SAN, "
                        + Shown.names(others.stream().map(Kind::text).toList())
                        + ", wanted DNS names and IP addresses alone");
    }

    private static Optional<String> authorityKeyIdPresence(Reading reading) {
        return when(
                !reading.isSelfIssued()
                        && reading.fields().find(Extensions.AUTHORITY_KEY_ID).isEmpty(),
                "got no authority key identifier, wanted the identifier of its issuer's key");
    }

    private static Optional<String> authorityKeyIdShape(Reading reading) throws BrokenEncoding {
        Optional<RawExtension> extension = reading.fields().find(Extensions.AUTHORITY_KEY_ID);
        if (extension.isEmpty()) {
            return Optional.empty();
        }
        Extensions.AuthorityKeyId found = Extensions.authorityKeyId(extension.get());
        if (found.hasIssuer() != found.hasSerial()) {
            return Optional.of("its authority key identifier has issuer or serial number without the other, wanted "
                    + "both or none");
        }
        if (found.keyId().isEmpty()) {
            return when(
                    !reading.isSelfIssued(),
                    "its authority key identifier has no key identifier, wanted the one of its issuer's key");
        }
        return aboveKeyId(reading)
                .filter(above -> !above.equals(found.keyId().get()))
                .map(above ->
                        "its authority key identifier is " + hex(found.keyId().get())
                                + ", wanted the subject key identifier of its issuer, " + hex(above));
    }

    private static Optional<String> aboveKeyId(Reading reading) throws BrokenEncoding {
        if (reading.issuer().isEmpty()) {
            return Optional.empty();
        }
        Optional<RawExtension> above =
                CertificateFields.of(reading.issuer().get()).find(Extensions.SUBJECT_KEY_ID);
        return above.isPresent() ? Optional.of(Extensions.subjectKeyId(above.get())) : Optional.empty();
    }

    private static String hex(String keyId) {
        return Printable.escape(keyId.toUpperCase(Locale.ROOT), 64);
    }

    private static Optional<String> subjectKeyId(Reading reading) {
        return when(
                !reading.isLeaf()
                        && reading.fields().find(Extensions.SUBJECT_KEY_ID).isEmpty(),
                "got a CA without subject key identifier, wanted one");
    }

    private static Optional<String> caKeyUsage(Reading reading) {
        return when(
                !reading.isLeaf() && reading.fields().find(Extensions.KEY_USAGE).isEmpty(),
                "got a CA without key usage, wanted keyCertSign");
    }

    private static Optional<String> constraintsCriticality(Reading reading) throws BrokenEncoding {
        Optional<RawExtension> extension = reading.fields().find(Extensions.BASIC_CONSTRAINTS);
        boolean ca = extension.isPresent()
                && Extensions.basicConstraints(extension.get()).ca();
        return when(
                ca && !extension.get().critical(), "its basic constraints say CA and are not critical, wanted them so");
    }

    private static Optional<String> pathLengthOnALeaf(Reading reading) throws BrokenEncoding {
        Optional<RawExtension> extension = reading.fields().find(Extensions.BASIC_CONSTRAINTS);
        if (extension.isEmpty()) {
            return Optional.empty();
        }
        BasicConstraints found = Extensions.basicConstraints(extension.get());
        return when(
                found.pathLength().isPresent() && !found.ca(),
                "its basic constraints have a path length without saying CA, wanted none");
    }

    private static Optional<String> constraintsOnALeaf(Reading reading) {
        return when(
                reading.isLeaf()
                        && reading.certificate().getBasicConstraints() < 0
                        && reading.fields().find(Extensions.NAME_CONSTRAINTS).isPresent(),
                "got name constraints on a certificate that is no CA, wanted them on CAs alone");
    }

    private static Optional<String> repeatedPolicies(Reading reading) throws BrokenEncoding {
        Optional<RawExtension> extension = reading.fields().find(Extensions.CERTIFICATE_POLICIES);
        if (extension.isEmpty()) {
            return Optional.empty();
        }
        List<String> policies = Extensions.policies(extension.get());
        return when(
                new HashSet<>(policies).size() < policies.size(),
                "got a certificate policy more than once, wanted each once");
    }

    private static Optional<String> anyPolicyMapped(Reading reading) throws BrokenEncoding {
        Optional<RawExtension> extension = reading.fields().find(Extensions.POLICY_MAPPINGS);
        if (extension.isEmpty()) {
            return Optional.empty();
        }
        return when(
                Extensions.policyMappings(extension.get()).stream()
                        .anyMatch(mapping -> mapping.issuerDomain().equals(Extensions.ANY_POLICY)
                                || mapping.subjectDomain().equals(Extensions.ANY_POLICY)),
                "got a policy mapping from or to anyPolicy, wanted it between two policies");
    }

    private static Optional<String> when(boolean broken, String words) {
        return broken ? Optional.of(words) : Optional.empty();
    }
}
