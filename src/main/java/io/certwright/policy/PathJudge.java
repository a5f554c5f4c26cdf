package io.certwright.policy;

import io.certwright.certificate.Printable;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.crypto.EcdsaVerification;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertPathValidatorException.Reason;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Judges one path. The JDK's PKIX validator (RFC 5280 section 6, revocation off) and our own look at what it omits must both accept:
 * the trust anchor, name constraints along the whole path, and what all that may cost.
 *
 * <p>Time is ours: the JDK stops at the first fault and an expired certificate would hide all others, so it is asked about a moment
 * at which all certificates of the path are valid, if there is one; {@code at} itself whenever our own look finds no fault in time.
 */
final class PathJudge {
    private static final Map<Reason, ViolationCode> CODES = Map.ofEntries(
            Map.entry(BasicReason.ALGORITHM_CONSTRAINED, ViolationCode.ALGORITHM_DISABLED),
            Map.entry(BasicReason.INVALID_SIGNATURE, ViolationCode.SIGNATURE_INVALID),
            Map.entry(PKIXReason.INVALID_KEY_USAGE, ViolationCode.ISSUER_NOT_A_CA),
            Map.entry(PKIXReason.NOT_CA_CERT, ViolationCode.ISSUER_NOT_A_CA),
            Map.entry(PKIXReason.PATH_TOO_LONG, ViolationCode.PATH_TOO_LONG),
            Map.entry(PKIXReason.INVALID_NAME, ViolationCode.NAME_CONSTRAINED),
            Map.entry(PKIXReason.INVALID_POLICY, ViolationCode.POLICY_CONSTRAINED),
            Map.entry(PKIXReason.UNRECOGNIZED_CRIT_EXT, ViolationCode.CRITICAL_EXTENSION_UNKNOWN));

    private static final Set<Reason> TIME = Set.of(BasicReason.EXPIRED, BasicReason.NOT_YET_VALID);

    private PathJudge() {}

    /** Empty if the path stands at {@code at}; the leaf's own validity is not looked at here. */
    static List<PathFault> faultsOf(CandidatePath path, Instant at) {
        Optional<PathFault> tooCostly = PathLimits.faultOf(path);
        if (tooCostly.isPresent()) {
            return List.of(tooCostly.get());
        }
        List<PathFault> faults = new ArrayList<>();
        for (X509Certificate issuer : path.issuers()) {
            boolean anchor = issuer.equals(path.anchor());
            timeFaultOf(issuer, anchor, at).ifPresent(faults::add);
        }
        faults.addAll(AnchorJudge.faultsOf(path));
        faults.addAll(ConstraintJudge.faultsOf(path));
        validatorFaultOf(path, momentWithin(path, at))
                .filter(fault -> faults.stream().noneMatch(told -> told.code() == fault.code()))
                .ifPresent(faults::add);
        return faults;
    }

    private static Optional<PathFault> timeFaultOf(X509Certificate issuer, boolean anchor, Instant at) {
        ValidityPeriod validity = ValidityPeriod.of(issuer);
        String what = anchor ? "trust anchor, " + Shown.certificate(issuer) : "CA " + Shown.certificate(issuer);
        if (validity.isExpiredAt(at)) {
            return Optional.of(new PathFault(
                    anchor ? ViolationCode.ANCHOR_EXPIRED : ViolationCode.CA_EXPIRED,
                    what + ": expired at " + Shown.instant(validity.notAfter()) + ", wanted one valid at "
                            + Shown.instant(at)));
        }
        if (validity.isNotYetValidAt(at)) {
            return Optional.of(new PathFault(
                    anchor ? ViolationCode.ANCHOR_NOT_YET_VALID : ViolationCode.CA_NOT_YET_VALID,
                    what + ": valid only from " + Shown.instant(validity.notBefore()) + ", wanted one valid at "
                            + Shown.instant(at)));
        }
        return Optional.empty();
    }

    private static Optional<PathFault> validatorFaultOf(CandidatePath path, Instant moment) {
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(path.anchor(), null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(moment));
            if (EcdsaVerification.suitsAll(path.certificates())) {
                parameters.setSigProvider(EcdsaVerification.provider());
            }
            CertPathValidator.getInstance("PKIX", "SUN")
                    .validate(
                            CertificateFactory.getInstance("X.509", "SUN").generateCertPath(path.certificates()),
                            parameters);
            return Optional.empty();
        } catch (CertPathValidatorException refused) {
            return faultOf(path, refused);
        } catch (GeneralSecurityException broken) {
            return Optional.of(
                    new PathFault(ViolationCode.PATH_REFUSED, Shown.certificate(path.leaf()) + ": " + wordsOf(broken)));
        }
    }

    private static Optional<PathFault> faultOf(CandidatePath path, CertPathValidatorException refused) {
        Reason reason = refused.getReason();
        if (TIME.contains(reason)) {
            return Optional.empty();
        }
        int index = refused.getIndex();
        X509Certificate on = index < 0 ? path.leaf() : path.certificates().get(index);
        ViolationCode code = CODES.getOrDefault(reason, ViolationCode.PATH_REFUSED);
        String detail = code == ViolationCode.CRITICAL_EXTENSION_UNKNOWN ? " " + AnchorJudge.unknownCriticalOf(on) : "";
        return Optional.of(new PathFault(
                code, Shown.certificate(on) + ": refused by path validation, " + wordsOf(refused) + detail));
    }

    private static Instant momentWithin(CandidatePath path, Instant at) {
        Instant opens = Instant.MIN;
        Instant closes = Instant.MAX;
        for (X509Certificate certificate : path.certificates()) {
            ValidityPeriod validity = ValidityPeriod.of(certificate);
            opens = validity.notBefore().isAfter(opens) ? validity.notBefore() : opens;
            closes = validity.notAfter().isBefore(closes) ? validity.notAfter() : closes;
        }
        Instant second = at.truncatedTo(ChronoUnit.SECONDS);
        if (second.isBefore(opens)) {
            return opens;
        }
        return second.isAfter(closes) ? closes : second;
    }

    private static String wordsOf(Exception refused) {
        String message = refused.getMessage();
        return message == null ? "without a reason" : Printable.escape(message, 160);
    }
}
