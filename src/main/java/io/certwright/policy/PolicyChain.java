package io.certwright.policy;

import static io.certwright.policy.Check.many;
import static io.certwright.policy.Check.one;

import io.certwright.certificate.IssuedCertificate;
import java.time.Instant;
import java.util.List;

/**
 * Everything that can make a certificate unacceptable, one line each; the rules themselves are in the {@code …Checks} classes, what
 * a breach weighs is in {@link ViolationCode}. Immutable, safe for threads, pure: the same arguments always give the same verdict.
 */
public final class PolicyChain {
    private static final List<Check> STANDARD = List.of(
            many(NameChecks::everythingIsReadable),
            one(NameChecks::everyWantedNameIsInTheSan),
            one(NameChecks::someNameIsInTheSan),
            one(NameChecks::everyNameIsWellFormed),
            one(NameChecks::commonNameIsOneOfTheSans),
            one(NameChecks::wildcardsAreAllowed),
            one(NameChecks::wildcardsStandBelowADomain),
            one(NameChecks::singleLabelsAreAllowed),
            one(NameChecks::singleLabelsDoNotStandAlone),
            one(NameChecks::noNameIsLost),
            one(UseChecks::serverAuthenticationIsPresent),
            many(UseChecks::serverAuthenticationIsNotExcludedAbove),
            one(UseChecks::leafIsNoCa),
            one(UseChecks::keyUsageFitsTls),
            one(UseChecks::keyUsageFitsTheKind),
            one(UseChecks::clientAuthenticationIsNotLost),
            one(KeyChecks::keyIsOfAUsableKind),
            many(KeyChecks::keysAreStrong),
            one(KeyChecks::keyIsAsWished),
            one(KeyChecks::keyIsOurs),
            many(KeyChecks::signaturesAreStrong),
            one(TimeChecks::isAlreadyValid),
            one(TimeChecks::isNotExpired),
            one(TimeChecks::endsBeforeItsIssuers),
            one(TimeChecks::livesAsLongAsItsPredecessor),
            many(PathChecks::aPathToATrustAnchorStands),
            one(PathChecks::chainIsInOrder),
            one(PathChecks::noStrangersAreInTheChain),
            one(PathChecks::anchorIsSelfSigned),
            many(WorldChecks::nothingIsRevoked),
            many(WorldChecks::revocationIsKnown),
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
