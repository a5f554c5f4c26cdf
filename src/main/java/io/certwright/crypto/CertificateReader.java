package io.certwright.crypto;

import io.certwright.certificate.DnsName;
import io.certwright.certificate.IpAddress;
import io.certwright.certificate.Printable;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.crypto.CertificateDetails.BasicConstraints;
import io.certwright.crypto.CertificateDetails.KeyUsage;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;

/** Reads a certificate's subject, names, key and extensions as values. Judges nothing. */
public final class CertificateReader {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private CertificateReader() {}

    /** Throws {@code MALFORMED} where an extension does not parse, naming it. */
    public static CertificateDetails read(X509Certificate certificate) throws LifecycleException {
        X509CertificateHolder holder = holderOf(certificate);
        try {
            return details(certificate, holder);
        } catch (RuntimeException malformed) {
            throw malformed("its subject, its names or its key", malformed);
        }
    }

    private static CertificateDetails details(X509Certificate certificate, X509CertificateHolder holder)
            throws LifecycleException {
        List<GeneralName> names = parse(holder, Extension.subjectAlternativeName, GeneralNames::getInstance)
                .map(found -> List.of(found.getNames()))
                .orElse(List.of());
        return new CertificateDetails(
                commonNameOf(holder.getSubject()),
                texts(names, GeneralName.dNSName),
                names.stream().flatMap(CertificateReader::ipAddressOf).toList(),
                names.stream().flatMap(CertificateReader::otherNameOf).toList(),
                isCritical(holder, Extension.subjectAlternativeName),
                parse(holder, Extension.extendedKeyUsage, ExtendedKeyUsage::getInstance)
                        .map(usage -> Arrays.stream(usage.getUsages())
                                .map(KeyPurposeId::getId)
                                .toList()),
                parse(
                        holder,
                        Extension.keyUsage,
                        value -> bitsOf(org.bouncycastle.asn1.x509.KeyUsage.getInstance(value))),
                basicConstraintsOf(holder),
                parse(holder, Extension.authorityKeyIdentifier, AuthorityKeyIdentifier::getInstance)
                        .flatMap(aki -> Optional.ofNullable(aki.getKeyIdentifierOctets()))
                        .map(HEX::formatHex),
                parse(holder, Extension.subjectKeyIdentifier, SubjectKeyIdentifier::getInstance)
                        .map(ski -> HEX.formatHex(ski.getKeyIdentifier())),
                parse(holder, Extension.cRLDistributionPoints, CertificateReader::urisOf)
                        .orElse(List.of()),
                accessUris(holder, AccessDescription.id_ad_caIssuers),
                accessUris(holder, AccessDescription.id_ad_ocsp),
                Keys.specOf(certificate.getPublicKey()),
                Keys.describe(certificate.getPublicKey()),
                certificate.getPublicKey().getEncoded(),
                certificate.getSigAlgName(),
                certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()),
                criticalOf(holder));
    }

    /** The names of a certificate that are well formed; the others are left out. Throws as {@link #read}. */
    public static SubjectAlternativeNames wellFormedNames(X509Certificate certificate) throws LifecycleException {
        CertificateDetails details = read(certificate);
        return new SubjectAlternativeNames(
                details.dnsNames().stream()
                        .filter(DnsName::isWellFormed)
                        .map(DnsName::parse)
                        .toList(),
                details.ipAddresses());
    }

    private static X509CertificateHolder holderOf(X509Certificate certificate) throws LifecycleException {
        try {
            return new X509CertificateHolder(certificate.getEncoded());
        } catch (java.io.IOException | CertificateEncodingException | RuntimeException malformed) {
            throw malformed("the certificate", malformed);
        }
    }

    /** A parse of one extension's value, which may throw whatever the library throws. */
    private interface ExtensionParser<T> {
        T parse(org.bouncycastle.asn1.ASN1Encodable value);
    }

    private static <T> Optional<T> parse(
            X509CertificateHolder holder, ASN1ObjectIdentifier oid, ExtensionParser<T> parser)
            throws LifecycleException {
        Extension extension = holder.getExtension(oid);
        if (extension == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.parse(extension.getParsedValue()));
        } catch (RuntimeException malformed) {
            throw malformed("its extension " + oid.getId(), malformed);
        }
    }

    private static LifecycleException malformed(String part, Exception cause) {
        return new LifecycleException(
                FailureKind.REFUSED,
                "MALFORMED",
                "certificate: " + part + " does not parse (" + Printable.escape(String.valueOf(cause.getMessage()), 120)
                        + "); ask whoever issued it for a correct one",
                cause);
    }

    private static Optional<String> commonNameOf(X500Name subject) {
        return Arrays.stream(subject.getRDNs())
                .flatMap((RDN rdn) -> Arrays.stream(rdn.getTypesAndValues()))
                .filter(attribute -> attribute.getType().equals(BCStyle.CN))
                .map(AttributeTypeAndValue::getValue)
                .map(IETFUtils::valueToString)
                .reduce((first, last) -> last);
    }

    private static List<String> texts(List<GeneralName> names, int tag) {
        return names.stream()
                .filter(name -> name.getTagNo() == tag)
                .map(name -> name.getName().toString())
                .toList();
    }

    private static Stream<IpAddress> ipAddressOf(GeneralName name) {
        if (name.getTagNo() != GeneralName.iPAddress) {
            return Stream.empty();
        }
        byte[] octets = ASN1OctetString.getInstance(name.getName()).getOctets();
        return octets.length == 4 || octets.length == 16 ? Stream.of(IpAddress.ofOctets(octets)) : Stream.empty();
    }

    private static Stream<String> otherNameOf(GeneralName name) {
        return switch (name.getTagNo()) {
            case GeneralName.dNSName -> Stream.empty();
            case GeneralName.iPAddress ->
                ipAddressOf(name).findAny().isPresent() ? Stream.empty() : Stream.of("ip: " + name.getName());
            case GeneralName.rfc822Name -> Stream.of("email: " + name.getName());
            case GeneralName.uniformResourceIdentifier -> Stream.of("uri: " + name.getName());
            case GeneralName.directoryName -> Stream.of("directory: " + name.getName());
            default -> Stream.of("other: " + name.getName());
        };
    }

    private static Set<KeyUsage> bitsOf(org.bouncycastle.asn1.x509.KeyUsage usage) {
        return Arrays.stream(KeyUsage.values())
                .filter(known -> usage.hasUsages(flagOf(known)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(KeyUsage.class)));
    }

    private static int flagOf(KeyUsage usage) {
        return switch (usage) {
            case DIGITAL_SIGNATURE -> org.bouncycastle.asn1.x509.KeyUsage.digitalSignature;
            case NON_REPUDIATION -> org.bouncycastle.asn1.x509.KeyUsage.nonRepudiation;
            case KEY_ENCIPHERMENT -> org.bouncycastle.asn1.x509.KeyUsage.keyEncipherment;
            case DATA_ENCIPHERMENT -> org.bouncycastle.asn1.x509.KeyUsage.dataEncipherment;
            case KEY_AGREEMENT -> org.bouncycastle.asn1.x509.KeyUsage.keyAgreement;
            case KEY_CERT_SIGN -> org.bouncycastle.asn1.x509.KeyUsage.keyCertSign;
            case CRL_SIGN -> org.bouncycastle.asn1.x509.KeyUsage.cRLSign;
            case ENCIPHER_ONLY -> org.bouncycastle.asn1.x509.KeyUsage.encipherOnly;
            case DECIPHER_ONLY -> org.bouncycastle.asn1.x509.KeyUsage.decipherOnly;
        };
    }

    private static Optional<BasicConstraints> basicConstraintsOf(X509CertificateHolder holder)
            throws LifecycleException {
        boolean critical = isCritical(holder, Extension.basicConstraints);
        return parse(
                holder,
                Extension.basicConstraints,
                value -> constraintsFrom(org.bouncycastle.asn1.x509.BasicConstraints.getInstance(value), critical));
    }

    private static BasicConstraints constraintsFrom(
            org.bouncycastle.asn1.x509.BasicConstraints found, boolean critical) {
        return new BasicConstraints(
                found.isCA(),
                Optional.ofNullable(found.getPathLenConstraint()).map(BigInteger::intValueExact),
                critical);
    }

    private static List<String> urisOf(org.bouncycastle.asn1.ASN1Encodable value) {
        List<String> uris = new ArrayList<>();
        for (var point : CRLDistPoint.getInstance(value).getDistributionPoints()) {
            DistributionPointName name = point.getDistributionPoint();
            if (name != null && name.getType() == DistributionPointName.FULL_NAME) {
                uris.addAll(texts(
                        List.of(GeneralNames.getInstance(name.getName()).getNames()),
                        GeneralName.uniformResourceIdentifier));
            }
        }
        return uris;
    }

    private static List<String> accessUris(X509CertificateHolder holder, ASN1ObjectIdentifier method)
            throws LifecycleException {
        return parse(holder, Extension.authorityInfoAccess, AuthorityInformationAccess::getInstance)
                .map(access -> Arrays.stream(access.getAccessDescriptions())
                        .filter(description -> description.getAccessMethod().equals(method))
                        .map(AccessDescription::getAccessLocation)
                        .filter(location -> location.getTagNo() == GeneralName.uniformResourceIdentifier)
                        .map(location -> location.getName().toString())
                        .toList())
                .orElse(List.of());
    }

    private static boolean isCritical(X509CertificateHolder holder, ASN1ObjectIdentifier oid) {
        Extension extension = holder.getExtension(oid);
        return extension != null && extension.isCritical();
    }

    private static Set<String> criticalOf(X509CertificateHolder holder) {
        Set<String> critical = new HashSet<>();
        for (Object oid : holder.getCriticalExtensionOIDs()) {
            critical.add(oid.toString());
        }
        return critical;
    }
}
