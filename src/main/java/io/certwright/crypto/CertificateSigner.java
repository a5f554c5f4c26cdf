package io.certwright.crypto;

import io.certwright.crypto.CertificateDraft.Purpose;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.ContentSigner;

/** A key of ours that signs certificates (RFC 5280), each with a random serial number of 127 bits. Safe for many threads. */
public final class CertificateSigner {
    private static final int SERIAL_BITS = 127;

    private final X500Principal issuer;
    private final PublicKey publicKey;
    private final PrivateKey privateKey;
    private final SecureRandom random;

    /** {@code issuer} is the name of the CA, or the subject itself of what is to be self-signed. */
    public CertificateSigner(X500Principal issuer, PublicKey publicKey, PrivateKey privateKey, SecureRandom random) {
        this.issuer = issuer;
        this.publicKey = publicKey;
        this.privateKey = privateKey;
        this.random = random;
    }

    public X509Certificate sign(CertificateDraft draft) {
        SubjectPublicKeyInfo subjectKey = SubjectPublicKeyInfo.getInstance(draft.publicKey());
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                nameOf(issuer),
                serial(),
                Date.from(draft.validity().notBefore()),
                Date.from(draft.validity().notAfter()),
                nameOf(draft.subject()),
                subjectKey);
        try {
            addPurpose(builder, draft, subjectKey);
            addIdentifiers(builder, subjectKey);
            addNames(builder, draft);
            addAddresses(builder, draft);
        } catch (IOException | GeneralSecurityException impossible) {
            throw new IllegalStateException("extensions of our own making cannot be encoded", impossible);
        }
        return Asn1.signed(builder.build(contentSigner()));
    }

    /** For revocation lists. Not for several threads. */
    public ContentSigner contentSigner() {
        return Signing.signer(privateKey, publicKey, random);
    }

    private static void addPurpose(
            X509v3CertificateBuilder builder, CertificateDraft draft, SubjectPublicKeyInfo subjectKey)
            throws IOException {
        boolean server = draft.purpose() == Purpose.SERVER;
        builder.addExtension(Extension.basicConstraints, true, constraintsFor(draft.purpose()));
        builder.addExtension(
                Extension.keyUsage,
                true,
                new KeyUsage(server ? serverUsage(subjectKey) : KeyUsage.keyCertSign | KeyUsage.cRLSign));
        if (server) {
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        }
    }

    private static BasicConstraints constraintsFor(Purpose purpose) {
        return switch (purpose) {
            case SERVER -> new BasicConstraints(false);
            case ROOT -> new BasicConstraints(true);
            case ISSUING -> new BasicConstraints(0);
        };
    }

    /** RSA key exchange of TLS 1.2 needs keyEncipherment; EC keys only sign. */
    private static int serverUsage(SubjectPublicKeyInfo key) {
        ASN1ObjectIdentifier algorithm = key.getAlgorithm().getAlgorithm();
        return algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)
                ? KeyUsage.digitalSignature | KeyUsage.keyEncipherment
                : KeyUsage.digitalSignature;
    }

    private void addIdentifiers(X509v3CertificateBuilder builder, SubjectPublicKeyInfo subjectKey)
            throws IOException, NoSuchAlgorithmException {
        JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        builder.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(subjectKey));
        builder.addExtension(
                Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(publicKey));
    }

    /** Critical where the subject is empty, as RFC 5280, 4.2.1.6, wants. */
    private static void addNames(X509v3CertificateBuilder builder, CertificateDraft draft) throws IOException {
        if (!draft.names().isEmpty()) {
            boolean critical = nameOf(draft.subject()).getRDNs().length == 0;
            builder.addExtension(Extension.subjectAlternativeName, critical, Names.toGeneralNames(draft.names()));
        }
    }

    private static void addAddresses(X509v3CertificateBuilder builder, CertificateDraft draft) throws IOException {
        Optional<GeneralName> list = draft.revocationListUri().map(CertificateSigner::uri);
        if (list.isPresent()) {
            DistributionPointName where = new DistributionPointName(new GeneralNames(list.get()));
            builder.addExtension(Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {
                new DistributionPoint(where, null, null)
            }));
        }
        Optional<GeneralName> issuerCertificate = draft.issuerUri().map(CertificateSigner::uri);
        if (issuerCertificate.isPresent()) {
            builder.addExtension(
                    Extension.authorityInfoAccess,
                    false,
                    new AuthorityInformationAccess(AccessDescription.id_ad_caIssuers, issuerCertificate.get()));
        }
    }

    private static GeneralName uri(String text) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, text);
    }

    private BigInteger serial() {
        return new BigInteger(SERIAL_BITS, random).max(BigInteger.ONE);
    }

    private static X500Name nameOf(X500Principal principal) {
        return X500Name.getInstance(principal.getEncoded());
    }
}
