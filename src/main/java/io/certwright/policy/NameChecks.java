package io.certwright.policy;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.IpAddress;
import io.certwright.certificate.Printable;
import io.certwright.certificate.SubjectAlternativeNames;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which names a certificate stands for: RFC 9525, by the SAN alone. */
final class NameChecks {
    private static final Pattern LABELS = Pattern.compile("\\.");

    private NameChecks() {}

    static Optional<Violation> everyWantedNameIsInTheSan(Inspection inspection) {
        SubjectAlternativeNames got = inspection.facts().names();
        List<String> missing = got.missingFrom(inspection.expectation().names());
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        boolean misled =
                inspection.facts().commonNames().stream().map(NameChecks::asSan).anyMatch(missing::contains);
        return Optional.of(inspection.violation(
                ViolationCode.NAME_NOT_COVERED,
                "got the SANs " + Shown.names(textsOf(got)) + ", wanted also " + Shown.names(missing)
                        + (misled ? " (the CN does not count)" : "")));
    }

    static Optional<Violation> someNameIsInTheSan(Inspection inspection) {
        LeafFacts facts = inspection.facts();
        boolean toldOtherwise = inspection.wantsNames()
                || !facts.malformed().isEmpty()
                || !facts.unreadable().isEmpty();
        if (!facts.names().isEmpty() || toldOtherwise) {
            return Optional.empty();
        }
        return Optional.of(inspection.violation(
                ViolationCode.SAN_ABSENT,
                "got no DNS name and no IP address in the SAN, wanted at least one (the CN does not count)"));
    }

    static Optional<Violation> everyNameIsWellFormed(Inspection inspection) {
        List<String> malformed = inspection.facts().malformed();
        return malformed.isEmpty()
                ? Optional.empty()
                : Optional.of(inspection.violation(
                        ViolationCode.NAME_MALFORMED,
                        "got "
                                + Shown.names(malformed.stream()
                                        .map(name -> '"' + name + '"')
                                        .toList()) + " in the SAN, wanted names of letters, digits, hyphens and dots"));
    }

    /** Reported only: no client of today reads the CN, but people and old scripts do. */
    static Optional<Violation> commonNameIsOneOfTheSans(Inspection inspection) {
        Set<String> sans = new LinkedHashSet<>(textsOf(inspection.facts().names()));
        return inspection.facts().commonNames().stream()
                .filter(name -> !sans.contains(asSan(name)))
                .findFirst()
                .map(name -> inspection.violation(
                        ViolationCode.CN_NOT_IN_SAN,
                        "got the CN " + Printable.quote(name) + ", wanted one of the SANs " + Shown.names(sans)));
    }

    static Optional<Violation> wildcardsAreAllowed(Inspection inspection) {
        return inspection.allows(Allowance.WILDCARD)
                ? Optional.empty()
                : unwanted(
                        inspection,
                        DnsName::isWildcard,
                        ViolationCode.WILDCARD_NOT_ALLOWED,
                        "wanted no wildcard, the settings of this certificate allow none");
    }

    static Optional<Violation> wildcardsStandBelowADomain(Inspection inspection) {
        Predicate<DnsName> tooBroad = name -> name.isWildcard()
                && (name.value().indexOf('.') == name.value().lastIndexOf('.')
                        || PublicNames.isPublicSuffix(name.value().substring(2)));
        return unwanted(
                inspection,
                tooBroad,
                ViolationCode.WILDCARD_TOO_BROAD,
                "wanted at least two labels to the right of the star, and no public suffix such as co.uk");
    }

    static Optional<Violation> internationalNamesAreALabels(Inspection inspection) {
        return odd(
                inspection,
                label -> !label.isReserved() && !label.isALabel(),
                ViolationCode.IDN_MALFORMED,
                "wanted labels that begin with xn-- to be the A-labels of international names");
    }

    static Optional<Violation> noLabelIsReserved(Inspection inspection) {
        return odd(
                inspection,
                InternationalLabel::isReserved,
                ViolationCode.LABEL_RESERVED,
                "wanted no label with hyphens as third and fourth character but xn-- ones");
    }

    static Optional<Violation> noNameMixesScripts(Inspection inspection) {
        return odd(
                inspection,
                InternationalLabel::mixesScripts,
                ViolationCode.SCRIPTS_MIXED,
                "which mixes letters of several scripts and can be mistaken for another name");
    }

    /** Public CAs issue for what exists in the internet alone; a private CA may do as it likes. */
    static Optional<Violation> publicNamesAreOfTheInternet(Inspection inspection) {
        SubjectAlternativeNames names = inspection.facts().names();
        List<String> internal = Stream.concat(
                        names.dns().stream()
                                .filter(name -> !name.isSingleLabel() && !PublicNames.isInternet(name))
                                .map(DnsName::value),
                        names.ips().stream()
                                .filter(ip -> !PublicNames.isInternet(ip))
                                .map(IpAddress::text))
                .toList();
        return inspection.expectation().profile() == Profile.PRIVATE || internal.isEmpty()
                ? Optional.empty()
                : Optional.of(inspection.violation(
                        ViolationCode.NAME_INTERNAL,
                        "got " + Shown.names(internal) + " in the SAN, wanted names of the internet from a public CA"));
    }

    private static Optional<Violation> odd(
            Inspection inspection, Predicate<InternationalLabel> kind, ViolationCode code, String wanted) {
        List<String> found = inspection.facts().names().dns().stream()
                .map(DnsName::value)
                .filter(name -> LABELS.splitAsStream(name)
                        .filter(InternationalLabel::isOne)
                        .map(InternationalLabel::new)
                        .anyMatch(kind))
                .toList();
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(inspection.violation(code, "got " + Shown.names(found) + " in the SAN, " + wanted));
    }

    static Optional<Violation> singleLabelsAreAllowed(Inspection inspection) {
        boolean publicProfile = inspection.expectation().profile() == Profile.PUBLIC;
        return inspection.allows(Allowance.SINGLE_LABEL) && !publicProfile
                ? Optional.empty()
                : unwanted(
                        inspection,
                        DnsName::isSingleLabel,
                        ViolationCode.SINGLE_LABEL_NOT_ALLOWED,
                        publicProfile
                                ? "wanted no name of a single label from a public CA"
                                : "wanted no name of a single label, the settings of this certificate allow none");
    }

    static Optional<Violation> singleLabelsDoNotStandAlone(Inspection inspection) {
        List<DnsName> dns = inspection.facts().names().dns();
        return dns.stream().allMatch(DnsName::isSingleLabel)
                ? unwanted(
                        inspection,
                        DnsName::isSingleLabel,
                        ViolationCode.SINGLE_LABEL_ALONE,
                        "wanted a full name beside it")
                : Optional.empty();
    }

    /** What clients reach the server by today, the certificate before it stood for, and this one does not. */
    static Optional<Violation> noNameInUseIsLost(Inspection inspection) {
        SubjectAlternativeNames used = inspection.expectation().use().namesInUse();
        List<String> uncovered = inspection.facts().names().missingFrom(used);
        List<String> lost = inspection
                .predecessor()
                .map(old -> {
                    Set<String> neverCovered = Set.copyOf(old.names().missingFrom(used));
                    return uncovered.stream()
                            .filter(name -> !neverCovered.contains(name))
                            .toList();
                })
                .orElse(List.of());
        return lost.isEmpty()
                ? Optional.empty()
                : Optional.of(inspection.violation(
                        ViolationCode.NAME_IN_USE_LOST,
                        "the certificate before it stood for " + Shown.names(lost)
                                + ", which is still in use, this one stands for "
                                + Shown.names(textsOf(inspection.facts().names()))));
    }

    /** What is still wished and missing is told as not covered; here is what goes unnoticed otherwise. */
    static Optional<Violation> noNameIsLost(Inspection inspection) {
        SubjectAlternativeNames wanted = inspection.expectation().names();
        List<String> lost = inspection
                .predecessor()
                .map(old -> inspection.facts().names().missingFrom(unwished(old.names(), wanted)))
                .orElse(List.of());
        return lost.isEmpty()
                ? Optional.empty()
                : Optional.of(inspection.violation(
                        ViolationCode.NAME_LOST,
                        "the certificate before it also had " + Shown.names(lost) + ", this one has "
                                + Shown.names(textsOf(inspection.facts().names()))));
    }

    private static SubjectAlternativeNames unwished(SubjectAlternativeNames old, SubjectAlternativeNames wanted) {
        Set<DnsName> dns = new LinkedHashSet<>(old.dns());
        wanted.dns().forEach(dns::remove);
        Set<IpAddress> ips = new LinkedHashSet<>(old.ips());
        wanted.ips().forEach(ips::remove);
        return new SubjectAlternativeNames(List.copyOf(dns), List.copyOf(ips));
    }

    /** Only where names are wanted: what a stranger's certificate may be called is not ours to allow. */
    private static Optional<Violation> unwanted(
            Inspection inspection, Predicate<DnsName> kind, ViolationCode code, String wanted) {
        if (!inspection.wantsNames()) {
            return Optional.empty();
        }
        List<String> found = inspection.facts().names().dns().stream()
                .filter(kind)
                .map(DnsName::value)
                .toList();
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(inspection.violation(code, "got " + Shown.names(found) + " in the SAN, " + wanted));
    }

    private static List<String> textsOf(SubjectAlternativeNames names) {
        return Stream.concat(
                        names.dns().stream().map(DnsName::value),
                        names.ips().stream().map(IpAddress::text))
                .toList();
    }

    /** As a SAN would carry it; what is neither a DNS name nor an address stays, and is never among the SANs. */
    private static String asSan(String commonName) {
        if (IpAddress.isLiteral(commonName)) {
            return IpAddress.parse(commonName).text();
        }
        return DnsName.isWellFormed(commonName) ? DnsName.parse(commonName).value() : commonName;
    }
}
