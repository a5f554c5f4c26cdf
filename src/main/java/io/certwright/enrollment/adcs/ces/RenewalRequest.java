package io.certwright.enrollment.adcs.ces;

import io.certwright.certificate.IpAddress;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.crypto.CertificateDetails;
import io.certwright.crypto.CertificateReader;
import io.certwright.crypto.KeySealer;
import io.certwright.crypto.Keys;
import io.certwright.crypto.SealedKey;
import io.certwright.crypto.Signing;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Predecessor;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;

/**
 * A request that the old certificate vouches for: CMS over a PKCS#10 that names the old certificate (MS-WCCE 2.2.2.7.3, attribute
 * szOID_RENEWAL_CERTIFICATE).
 */
final class RenewalRequest {
    private static final ASN1ObjectIdentifier RENEWAL_CERTIFICATE = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.13.1");

    private final IssuerName issuer;
    private final KeySealer sealer;
    private final SecureRandom random;

    RenewalRequest(IssuerName issuer, KeySealer sealer, SecureRandom random) {
        this.issuer = issuer;
        this.sealer = sealer;
        this.random = random;
    }

    /** Empty where nothing can vouch for it: no predecessor from here, its key or the new one elsewhere, other names, or it has ended. */
    Optional<byte[]> findFor(EnrollmentRequest request, Instant now) throws LifecycleException {
        Optional<Predecessor> old = request.predecessor();
        boolean keysAreHere =
                old.flatMap(Predecessor::key).isPresent() && request.key().isPresent();
        if (!keysAreHere || !vouches(old.get(), request, now)) {
            return Optional.empty();
        }
        return Optional.of(
                signed(request, request.key().get(), old.get(), old.get().key().get()));
    }

    private boolean vouches(Predecessor before, EnrollmentRequest request, Instant now) throws LifecycleException {
        return before.issuer().equals(issuer)
                && before.certificate().validity().isValidAt(now)
                && namesIn(CertificateReader.read(before.certificate().leaf())).equals(namesIn(request.names()));
    }

    private static Set<String> namesIn(CertificateDetails details) {
        Set<String> names = new HashSet<>(details.dnsNames());
        details.ipAddresses().stream().map(IpAddress::text).forEach(names::add);
        return names;
    }

    private static Set<String> namesIn(SubjectAlternativeNames names) {
        return Stream.concat(
                        names.dns().stream().map(name -> name.value()),
                        names.ips().stream().map(IpAddress::text))
                .collect(Collectors.toSet());
    }

    private byte[] signed(EnrollmentRequest request, SealedKey newKey, Predecessor old, SealedKey oldKey)
            throws LifecycleException {
        PrivateKey next = sealer.open(newKey);
        PrivateKey before = sealer.open(oldKey);
        X509Certificate leaf = old.certificate().leaf();
        try {
            byte[] named = naming(leaf, request, next);
            CMSSignedDataGenerator signing = new CMSSignedDataGenerator();
            signing.addSignerInfoGenerator(new SignerInfoGeneratorBuilder(
                            new JcaDigestCalculatorProviderBuilder().build())
                    .build(Signing.signer(before, leaf.getPublicKey(), random), new JcaX509CertificateHolder(leaf)));
            signing.addCertificate(new JcaX509CertificateHolder(leaf));
            return signing.generate(new CMSProcessableByteArray(named), true)
                    .toASN1Structure()
                    .getEncoded(ASN1Encoding.DER);
        } catch (CMSException | OperatorCreationException | IOException | GeneralSecurityException impossible) {
            throw new LifecycleException(
                    FailureKind.INTERNAL,
                    "RENEWAL_NOT_MADE",
                    "issuer " + issuer + ": the old certificate of " + request.certificate()
                            + " cannot sign the request;" + " write renewal: new under the issuer",
                    impossible);
        }
    }

    /** The recorded CSR with the old certificate in it, signed by the new key as before. */
    private byte[] naming(X509Certificate old, EnrollmentRequest request, PrivateKey next)
            throws IOException, GeneralSecurityException {
        PublicKey open = Keys.publicKey(request.csr().publicKey());
        PKCS10CertificationRequest recorded =
                new PKCS10CertificationRequest(request.csr().der());
        PKCS10CertificationRequestBuilder builder =
                new PKCS10CertificationRequestBuilder(recorded.getSubject(), recorded.getSubjectPublicKeyInfo());
        for (Attribute attribute : recorded.getAttributes()) {
            builder.addAttribute(attribute.getAttrType(), attribute.getAttributeValues());
        }
        return builder.addAttribute(RENEWAL_CERTIFICATE, new JcaX509CertificateHolder(old).toASN1Structure())
                .build(Signing.signer(next, open, random))
                .getEncoded();
    }
}
