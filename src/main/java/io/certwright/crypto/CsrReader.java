package io.certwright.crypto;

import io.certwright.certificate.CertificateSigningRequest;
import io.certwright.certificate.DnsName;
import io.certwright.certificate.IpAddress;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;

/**
 * Reads PKCS#10 requests (RFC 2986) that people or servers made. Trusts nothing in them: whether a request is signed by its own key is
 * asked by {@link #faultOf}, not by reading it.
 */
public final class CsrReader {
    private CsrReader() {}

    /** PEM or DER; {@code what} begins the message. Throws {@code MALFORMED}. */
    public static CertificateSigningRequest parse(String what, byte[] content) throws LifecycleException {
        try {
            PKCS10CertificationRequest request = new PKCS10CertificationRequest(derOf(content));
            return new CertificateSigningRequest(
                    request.getEncoded(), request.getSubjectPublicKeyInfo().getEncoded());
        } catch (IOException | RuntimeException malformed) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "MALFORMED",
                    what + ": it is no certificate request; wanted PKCS#10 as PEM or DER",
                    malformed);
        }
    }

    /** The requested SAN; without one, the CN as a DNS name. Names of other kinds are left out. Throws {@code MALFORMED}. */
    public static SubjectAlternativeNames namesOf(CertificateSigningRequest request) throws LifecycleException {
        try {
            PKCS10CertificationRequest parsed = new PKCS10CertificationRequest(request.der());
            Optional<GeneralNames> names = Optional.ofNullable(parsed.getRequestedExtensions())
                    .map((Extensions extensions) ->
                            extensions.getExtensionParsedValue(Extension.subjectAlternativeName))
                    .map(GeneralNames::getInstance);
            return names.map(CsrReader::namesFrom)
                    .orElseGet(() -> new SubjectAlternativeNames(commonNameOf(parsed.getSubject()), List.of()));
        } catch (IOException | RuntimeException malformed) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "MALFORMED",
                    request + ": its names do not parse (" + malformed.getMessage() + ")",
                    malformed);
        }
    }

    /** Why a CA of ours would not sign this request, as a sentence; empty where it would. */
    public static Optional<String> faultOf(CertificateSigningRequest request) {
        try {
            PKCS10CertificationRequest parsed = new PKCS10CertificationRequest(request.der());
            PublicKey key = Keys.publicKey(request.publicKey());
            if (!Arrays.equals(parsed.getSubjectPublicKeyInfo().getEncoded(), request.publicKey())) {
                return Optional.of(request + ": the public key beside it is not the one in it");
            }
            if (Keys.specOf(key).isEmpty()) {
                return Optional.of(request + ": got a key of kind " + Keys.describe(key)
                        + ", wanted RSA of 2048, 3072 or 4096 bits, P-256 or P-384");
            }
            boolean proven = parsed.isSignatureValid(new JcaContentVerifierProviderBuilder()
                    .setProvider(BouncyCastle.provider())
                    .build(key));
            return proven ? Optional.empty() : Optional.of(request + ": its signature is not that of the key in it");
        } catch (IOException
                | GeneralSecurityException
                | OperatorCreationException
                | PKCSException
                | RuntimeException malformed) {
            return Optional.of(request + ": it does not parse as a certificate request");
        }
    }

    private static byte[] derOf(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        return PemBlock.allOf(text).stream()
                .filter(block -> block.label().endsWith("CERTIFICATE REQUEST"))
                .findFirst()
                .map(PemBlock::der)
                .orElse(content);
    }

    private static SubjectAlternativeNames namesFrom(GeneralNames names) {
        return new SubjectAlternativeNames(
                Stream.of(names.getNames())
                        .filter(name -> name.getTagNo() == GeneralName.dNSName)
                        .map(name -> DnsName.parse(name.getName().toString()))
                        .toList(),
                Stream.of(names.getNames())
                        .filter(name -> name.getTagNo() == GeneralName.iPAddress)
                        .map(name -> IpAddress.ofOctets(
                                ASN1OctetString.getInstance(name.getName()).getOctets()))
                        .toList());
    }

    private static List<DnsName> commonNameOf(X500Name subject) {
        return Stream.of(subject.getRDNs(BCStyle.CN))
                .map(rdn -> IETFUtils.valueToString(rdn.getFirst().getValue()))
                .map(DnsName::parse)
                .toList();
    }
}
