package io.certwright.crypto;

import io.certwright.certificate.CertificateSigningRequest;
import io.certwright.certificate.Printable;
import io.certwright.certificate.SubjectAlternativeNames;
import java.io.IOException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;

/**
 * Writes PKCS#10 requests: CN is the first DNS name (left out beyond its 64 characters, RFC 5280 appendix A, or where there is
 * only an IP address), the names stand in a requested SAN.
 */
public final class CsrBuilder {
    private final SecureRandom random;

    public CsrBuilder(SecureRandom random) {
        this.random = random;
    }

    public CertificateSigningRequest build(SubjectAlternativeNames names, KeyPair key) {
        return build(names, key.getPublic(), Signing.signer(key.getPrivate(), key.getPublic(), random));
    }

    static CertificateSigningRequest build(SubjectAlternativeNames names, PublicKey key, ContentSigner signer) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException(
                    "certificate request: got no name, wanted at least one DNS name or IP address");
        }
        try {
            byte[] publicKey = key.getEncoded();
            ExtensionsGenerator extensions = new ExtensionsGenerator();
            extensions.addExtension(Extension.subjectAlternativeName, false, Names.toGeneralNames(names));
            PKCS10CertificationRequest request = new PKCS10CertificationRequestBuilder(
                            Names.subjectOf(names), SubjectPublicKeyInfo.getInstance(publicKey))
                    .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate())
                    .build(signer);
            return new CertificateSigningRequest(request.getEncoded(), publicKey);
        } catch (IOException impossible) {
            throw new IllegalStateException(
                    "certificate request for " + Printable.quote(names.toString()) + " cannot be encoded", impossible);
        }
    }
}
