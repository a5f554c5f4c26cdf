package io.certwright.policy;

import com.google.errorprone.annotations.Immutable;
import io.certwright.policy.encoding.BrokenEncoding;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What RFC 5280, 4.1 and 4.2, wants of the form of every certificate below the anchor, one rule each. */
enum FormRule {
    VERSION_IS_THREE(ViolationCode.VERSION_UNFIT, FieldForm::version),
    SERIAL_IS_POSITIVE_AND_SHORT(ViolationCode.SERIAL_UNFIT, FieldForm::serial),
    SIGNATURE_ALGORITHMS_AGREE(ViolationCode.SIGNATURE_ALGORITHMS_DIFFER, FieldForm::algorithms),
    ISSUER_HAS_A_NAME(ViolationCode.ISSUER_EMPTY, FieldForm::issuer),
    CA_HAS_A_NAME(ViolationCode.SUBJECT_EMPTY, FieldForm::subject),
    DATES_ARE_READABLE(ViolationCode.MALFORMED, FieldForm::brokenDates),
    DATES_ARE_OF_THE_RIGHT_KIND(ViolationCode.DATE_ODD, FieldForm::oddDates),
    NO_UNIQUE_IDS(ViolationCode.UNIQUE_ID_PRESENT, FieldForm::uniqueIds),
    NO_EXTENSION_IS_REPEATED(ViolationCode.EXTENSION_REPEATED, ExtensionForm::repeated),
    CRITICAL_WHERE_IT_MUST_BE(ViolationCode.CRITICALITY_WRONG, ExtensionForm::criticality),
    POLICIES_CRITICAL_WHERE_THEY_MUST_BE(ViolationCode.POLICY_CRITICALITY_WRONG, ExtensionForm::policyCriticality),
    SAN_IS_CRITICAL_WITHOUT_A_SUBJECT(ViolationCode.SAN_NOT_CRITICAL, ExtensionForm::sanCriticality),
    SAN_HAS_NAMES_AND_ADDRESSES_ALONE(ViolationCode.SAN_KIND_ODD, ExtensionForm::sanKinds),
    AUTHORITY_KEY_ID_IS_THERE(ViolationCode.AUTHORITY_KEY_ID_ABSENT, KeyIdForm::authorityKeyIdPresence),
    AUTHORITY_KEY_ID_FITS(ViolationCode.AUTHORITY_KEY_ID_UNFIT, KeyIdForm::authorityKeyIdShape),
    SUBJECT_KEY_ID_IS_THERE(ViolationCode.SUBJECT_KEY_ID_ABSENT, KeyIdForm::subjectKeyId),
    CA_HAS_A_KEY_USAGE(ViolationCode.CA_KEY_USAGE_ABSENT, ExtensionForm::caKeyUsage),
    CA_HAS_CRITICAL_BASIC_CONSTRAINTS(
            ViolationCode.BASIC_CONSTRAINTS_NOT_CRITICAL, ExtensionForm::constraintsCriticality),
    PATH_LENGTH_STANDS_IN_A_CA(ViolationCode.PATH_LENGTH_MISPLACED, ExtensionForm::pathLengthOnALeaf),
    NAME_CONSTRAINTS_STAND_IN_A_CA(ViolationCode.NAME_CONSTRAINTS_MISPLACED, ExtensionForm::constraintsOnALeaf),
    NO_POLICY_IS_REPEATED(ViolationCode.POLICY_REPEATED, ExtensionForm::repeatedPolicies),
    NO_POLICY_IS_MAPPED_TO_ANY(ViolationCode.POLICY_MAPPING_WRONG, ExtensionForm::anyPolicyMapped);

    /** Looks at one certificate; words of what is wrong. Where an extension cannot be read, {@code MALFORMED} tells it. */
    @Immutable
    @FunctionalInterface
    private interface Rule {
        Optional<String> broken(Reading reading) throws BrokenEncoding;
    }

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

    /** The words where the rule is broken. */
    static Optional<String> when(boolean broken, String words) {
        return broken ? Optional.of(words) : Optional.empty();
    }
}
