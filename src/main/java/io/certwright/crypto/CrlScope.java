package io.certwright.crypto;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;

/** Which certificates of its issuer a revocation list speaks of (RFC 5280, 5.2.5 and 6.3.3). */
final class CrlScope {
    private CrlScope() {}

    static Optional<String> whyOut(IssuingDistributionPoint scope, X500Name issuer, X509Certificate certificate) {
        boolean ca = certificate.getBasicConstraints() >= 0;
        if (scope.isIndirectCRL()) {
            return Optional.of("is an indirect one, which is not supported");
        }
        if (scope.onlyContainsAttributeCerts()) {
            return Optional.of("lists attribute certificates only");
        }
        if (scope.onlyContainsUserCerts() && ca) {
            return Optional.of("lists no CA certificates");
        }
        if (scope.onlyContainsCACerts() && !ca) {
            return Optional.of("lists CA certificates only");
        }
        return scope.getDistributionPoint() == null || isAmong(scope.getDistributionPoint(), issuer, certificate)
                ? Optional.empty()
                : Optional.of("is for other certificates of its issuer");
    }

    private static boolean isAmong(DistributionPointName name, X500Name issuer, X509Certificate certificate) {
        Set<GeneralName> ofList = namesOf(name, issuer);
        byte[] extension = certificate.getExtensionValue(Extension.cRLDistributionPoints.getId());
        if (extension == null) {
            return false;
        }
        byte[] value = ASN1OctetString.getInstance(extension).getOctets();
        return Arrays.stream(CRLDistPoint.getInstance(value).getDistributionPoints())
                .map(DistributionPoint::getDistributionPoint)
                .filter(point -> point != null)
                .flatMap(point -> namesOf(point, issuer).stream())
                .anyMatch(ofList::contains);
    }

    private static Set<GeneralName> namesOf(DistributionPointName name, X500Name issuer) {
        if (name.getType() == DistributionPointName.FULL_NAME) {
            return new HashSet<>(
                    Arrays.asList(GeneralNames.getInstance(name.getName()).getNames()));
        }
        RDN[] above = issuer.getRDNs();
        RDN[] full = Arrays.copyOf(above, above.length + 1);
        full[above.length] = RDN.getInstance(name.getName());
        return Set.of(new GeneralName(new X500Name(full)));
    }
}
