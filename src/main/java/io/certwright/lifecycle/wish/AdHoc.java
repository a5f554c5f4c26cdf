package io.certwright.lifecycle.wish;

import io.certwright.certificate.CertificateName;
import io.certwright.certificate.DnsName;
import io.certwright.certificate.IpAddress;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.enrollment.IssuerName;
import io.certwright.policy.Allowance;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Wishes that are not in the settings: a person said them once on the command line. Bound nowhere, told to nobody, and renewed only
 * when a person says so again.
 */
public final class AdHoc {
    private static final int LONGEST_NAME = 63;

    private AdHoc() {}

    /** A wish for {@code names}; what a person names by hand, wildcards and single labels too, is allowed. */
    public static ManagedCertificate of(
            SubjectAlternativeNames names, KeySpec key, KeyOrigin origin, IssuerName issuer) {
        return new ManagedCertificate(
                nameFor(names),
                names,
                nameFor(names).value(),
                key,
                origin,
                issuer,
                RenewalRule.USUAL,
                allowedFor(names),
                List.of(),
                Optional.empty(),
                List.of());
    }

    /** The wish that a renewal or certificate on record was for, read from its digest. */
    public static ManagedCertificate fromRecord(CertificateName name, String wishDigest) {
        String[] part = wishDigest.split("\\|", -1);
        return new ManagedCertificate(
                name,
                namesIn(wishDigest),
                name.value(),
                KeySpec.valueOf(part[2]),
                KeyOrigin.valueOf(part[3]),
                new IssuerName(part[4]),
                RenewalRule.USUAL,
                words(part[5].replaceAll("[\\[\\],]", " "), Allowance::valueOf).stream()
                        .collect(Collectors.toSet()),
                List.of(),
                Optional.empty(),
                List.of());
    }

    /** The names in a wish's digest. */
    public static SubjectAlternativeNames namesIn(String wishDigest) {
        String[] part = wishDigest.split("\\|", -1);
        return new SubjectAlternativeNames(words(part[0], DnsName::parse), words(part[1], IpAddress::parse));
    }

    /** Whether a wish's digest is for just these names; a list asks it of each of its lines, most of which have one. */
    public static boolean isFor(SubjectAlternativeNames names, String wishDigest) {
        if (names.dns().size() == 1 && names.ips().isEmpty()) {
            String only = names.dns().get(0).value();
            return wishDigest.startsWith(only) && wishDigest.startsWith("||", only.length());
        }
        return names.hasSameNamesAs(namesIn(wishDigest));
    }

    /** The issuer in a wish's digest. */
    public static IssuerName issuerIn(String wishDigest) {
        int begin = 0;
        for (int part = 0; part < 4; part++) {
            begin = wishDigest.indexOf('|', begin) + 1;
        }
        return new IssuerName(wishDigest.substring(begin, wishDigest.indexOf('|', begin)));
    }

    /** The first name, in the letters that a certificate name may have. */
    private static CertificateName nameFor(SubjectAlternativeNames names) {
        String first = names.dns().isEmpty()
                ? "ip-" + names.ips().stream().map(Object::toString).findFirst().orElse("none")
                : names.dns().get(0).toString();
        String plain = first.replace("*", "wildcard").replaceAll("[^A-Za-z0-9._-]", "-");
        return CertificateName.of(plain.substring(0, Math.min(plain.length(), LONGEST_NAME)));
    }

    private static Set<Allowance> allowedFor(SubjectAlternativeNames names) {
        Set<Allowance> allowed = new TreeSet<>();
        for (DnsName name : names.dns()) {
            if (name.toString().startsWith("*.")) {
                allowed.add(Allowance.WILDCARD);
            }
            if (!name.toString().contains(".")) {
                allowed.add(Allowance.SINGLE_LABEL);
            }
        }
        return allowed;
    }

    private static <T> List<T> words(String text, Function<String, T> reading) {
        return Arrays.stream(text.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .map(reading)
                .toList();
    }
}
