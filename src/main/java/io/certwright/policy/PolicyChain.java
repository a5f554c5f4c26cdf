package io.certwright.policy;

import static io.certwright.policy.Check.many;
import static io.certwright.policy.Check.one;

import io.certwright.certificate.IssuedCertificate;
import java.time.Instant;
import java.util.List;

/**
 * Everything that can make a certificate unacceptable, one line each; the rules themselves are in the {@code …Checks} classes and {@link FormRule}, what
 * a breach weighs is in {@link ViolationCode}. Immutable, safe for threads, pure: the same arguments always give the same verdict.
 */
public final class PolicyChain {
    private static final List<Check> STANDARD = List.of(
            many(FormChecks::everythingIsReadable),
            one(NameChecks::everyWantedNameIsInTheSan),
            one(NameChecks::someNameIsInTheSan),
            one(NameChecks::everyNameIsWellFormed),
            one(NameChecks::commonNameIsOneOfTheSans),
            one(NameChecks::wildcardsAreAllowed),
            one(NameChecks::wildcardsStandBelowADomain),
            one(NameChecks::internationalNamesAreALabels),
            one(NameChecks::noLabelIsReserved),
            one(NameChecks::noNameMixesScripts),
            one(NameChecks::publicNamesAreOfTheInternet),
            one(NameChecks::singleLabelsAreAllowed),
            one(NameChecks::singleLabelsDoNotStandAlone),
            one(NameChecks::noNameInUseIsLost),
            one(NameChecks::noNameIsLost),
            one(UseChecks::serverAuthenticationIsPresent),
            many(UseChecks::serverAuthenticationIsNotExcludedAbove),
            one(UseChecks::leafIsNoCa),
            one(UseChecks::keyUsageFitsTls),
            one(UseChecks::keyUsageFitsTheKind),
            one(UseChecks::clientAuthenticationIsNotLost),
            one(UseChecks::templateIsAsWished),
            one(StagingChecks::noTestCaReplacesARealOne),
            one(KeyChecks::keyIsOfAUsableKind),
            many(KeyChecks::keysAreStrong),
            one(KeyChecks::keyIsAsWished),
            one(KeyChecks::keyIsOurs),
            one(KeyChecks::keySuitsWsus),
            many(KeyChecks::signaturesAreStrong),
            many(FormRule.SIGNATURE_ALGORITHMS_AGREE::inspect),
            one(TimeChecks::isAlreadyValid),
            one(TimeChecks::isNotExpired),
            one(TimeChecks::endsBeforeItsIssuers),
            one(TimeChecks::beginsAfterItsIssuers),
            one(TimeChecks::lastsForWaitAndWindow),
            one(TimeChecks::livesNoLongerThanPublicCasIssue),
            one(TimeChecks::livesAsLongAsItsPredecessor),
            many(PathChecks::aPathToATrustAnchorStands),
            one(PathChecks::chainIsInOrder),
            one(PathChecks::noStrangersAreInTheChain),
            one(PathChecks::anchorIsSelfSigned),
            many(FormRule.VERSION_IS_THREE::inspect),
            many(FormRule.SERIAL_IS_POSITIVE_AND_SHORT::inspect),
            many(FormRule.ISSUER_HAS_A_NAME::inspect),
            many(FormRule.CA_HAS_A_NAME::inspect),
            many(FormRule.DATES_ARE_READABLE::inspect),
            many(FormRule.DATES_ARE_OF_THE_RIGHT_KIND::inspect),
            many(FormRule.NO_UNIQUE_IDS::inspect),
            many(FormRule.NO_EXTENSION_IS_REPEATED::inspect),
            many(FormRule.CRITICAL_WHERE_IT_MUST_BE::inspect),
            many(FormRule.POLICIES_CRITICAL_WHERE_THEY_MUST_BE::inspect),
            many(FormRule.SAN_IS_CRITICAL_WITHOUT_A_SUBJECT::inspect),
            many(FormRule.SAN_HAS_NAMES_AND_ADDRESSES_ALONE::inspect),
            many(FormRule.AUTHORITY_KEY_ID_IS_THERE::inspect),
            many(FormRule.AUTHORITY_KEY_ID_FITS::inspect),
            many(FormRule.SUBJECT_KEY_ID_IS_THERE::inspect),
            many(FormRule.CA_HAS_A_KEY_USAGE::inspect),
            many(FormRule.CA_HAS_CRITICAL_BASIC_CONSTRAINTS::inspect),
            many(FormRule.PATH_LENGTH_STANDS_IN_A_CA::inspect),
            many(FormRule.NAME_CONSTRAINTS_STAND_IN_A_CA::inspect),
            many(FormRule.NO_POLICY_IS_MAPPED_TO_ANY::inspect),
            many(FormRule.NO_POLICY_IS_REPEATED::inspect),
            many(WorldChecks::nothingIsRevoked),
            many(WorldChecks::revocationIsKnown),
            many(WorldChecks::issuersAreWhereCertificatesSay),
            many(WorldChecks::namesResolve));

    private final List<Check> checks;

    private PolicyChain(List<Check> checks) {
        this.checks = checks;
    }

    /** All checks. */
    public static PolicyChain standard() {
        return new PolicyChain(STANDARD);
    }

    /** Holds {@code certificate}, with whatever chain came along, against {@code expectation} as of {@code at}. */
    public Verdict inspect(IssuedCertificate certificate, Expectation expectation, Instant at) {
        Inspection inspection = Inspection.of(certificate, expectation, at);
        return new Verdict(
                checks.stream()
                        .flatMap(check -> check.inspect(inspection).stream())
                        .toList(),
                inspection.path().path().map(CandidatePath::withAnchor).orElse(List.of()));
    }
}
