package io.certwright.enrollment.scep;

import io.certwright.config.SecretText;
import io.certwright.crypto.BouncyCastle;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;

/** What SCEP wants besides the CSR: the challenge within it, and a certificate of its key that signs itself. */
final class ScepRequest {
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final int SERIAL_BITS = 120;

    private final PKCS10CertificationRequest csr;
    private final PrivateKey key;

    ScepRequest(byte[] csr, PrivateKey key) throws IOException {
        this.csr = new PKCS10CertificationRequest(csr);
        this.key = key;
    }

    PrivateKey key() {
        return key;
    }

    /** The CSR as it is, or the same with the challenge (RFC 2985, 5.4.1), signed anew. */
    byte[] withChallenge(Optional<SecretText> challenge) throws GeneralSecurityException, IOException {
        if (challenge.isEmpty()) {
            return csr.getEncoded();
        }
        PKCS10CertificationRequestBuilder builder =
                new PKCS10CertificationRequestBuilder(csr.getSubject(), csr.getSubjectPublicKeyInfo());
        for (Attribute attribute : csr.getAttributes()) {
            builder.addAttribute(attribute.getAttrType(), attribute.getAttributeValues());
        }
        char[] secret = challenge.get().reveal();
        try {
            builder.addAttribute(
                    PKCSObjectIdentifiers.pkcs_9_at_challengePassword, new DERUTF8String(new String(secret)));
        } finally {
            Arrays.fill(secret, '\0');
        }
        return builder.build(signer()).toASN1Structure().getEncoded(ASN1Encoding.DER);
    }

    /** Who polls says by whom and for whom (RFC 8894, 3.3.3). */
    byte[] poll(X509Certificate authority) throws IOException {
        X500Name issuer =
                X500Name.getInstance(authority.getSubjectX500Principal().getEncoded());
        return new DERSequence(new org.bouncycastle.asn1.ASN1Encodable[] {issuer, csr.getSubject()})
                .getEncoded(ASN1Encoding.DER);
    }

    X509Certificate selfSigned(Instant now, SecureRandom random) throws GeneralSecurityException {
        X500Name subject = csr.getSubject();
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                subject,
                new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
                Date.from(now.minus(A_DAY)),
                Date.from(now.plus(A_DAY)),
                subject,
                csr.getSubjectPublicKeyInfo());
        return new JcaX509CertificateConverter()
                .setProvider(BouncyCastle.provider())
                .getCertificate(builder.build(signer()));
    }

    private ContentSigner signer() throws GeneralSecurityException {
        try {
            return new JcaContentSignerBuilder("SHA256withRSA")
                    .setProvider(BouncyCastle.provider())
                    .build(key);
        } catch (OperatorCreationException unusable) {
            throw new GeneralSecurityException("the key does not sign", unusable);
        }
    }
}
