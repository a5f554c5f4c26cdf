package io.certwright.testing;

import io.certwright.crypto.RevokedEntry;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** Revocation lists and OCSP answers of a {@link TestCa}, good and bad ones. */
public final class TestRevocation {
    private static final AlgorithmIdentifier SHA1 =
            new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1, DERNull.INSTANCE);

    private TestRevocation() {}

    /** A list of these serials, each revoked for its reason at its time. */
    public static byte[] list(TestCa ca, Instant from, Instant until, Map<BigInteger, RevokedEntry> revoked) {
        return list(ca, ca.keyPair(), from, until, revoked, draft -> draft);
    }

    /** As {@link #list(TestCa, Instant, Instant, Map)}, signed by another key, and changed before that. */
    public static byte[] list(
            TestCa ca,
            KeyPair signer,
            Instant from,
            Instant until,
            Map<BigInteger, RevokedEntry> revoked,
            UnaryOperator<X509v2CRLBuilder> change) {
        X509v2CRLBuilder draft = new X509v2CRLBuilder(
                X500Name.getInstance(ca.certificate().getSubjectX500Principal().getEncoded()), Date.from(from));
        draft.setNextUpdate(Date.from(until));
        revoked.forEach((serial, entry) -> draft.addCRLEntry(serial, Date.from(entry.revokedAt()), number(entry)));
        try {
            return change.apply(draft)
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate()))
                    .getEncoded();
        } catch (OperatorCreationException | java.io.IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Adds an extension to a draft, which the library lets fail by a checked exception. */
    public static X509v2CRLBuilder with(
            X509v2CRLBuilder draft,
            org.bouncycastle.asn1.ASN1ObjectIdentifier oid,
            org.bouncycastle.asn1.ASN1Encodable value) {
        try {
            return draft.addExtension(oid, true, value);
        } catch (CertIOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static int number(RevokedEntry entry) {
        return entry.reason().equals("keyCompromise") ? 1 : entry.reason().equals("superseded") ? 4 : 0;
    }

    public static CertificateStatus revoked(Instant at, int reason) {
        return new RevokedStatus(Date.from(at), reason);
    }

    /** An answer about {@code certificate}, signed by {@code signer}, whose certificate goes along. */
    public static byte[] ocsp(
            TestCa ca,
            X509Certificate certificate,
            CertificateStatus status,
            Instant from,
            Instant until,
            KeyPair signer,
            X509Certificate along) {
        try {
            DigestCalculatorProvider digests = new JcaDigestCalculatorProviderBuilder().build();
            X509CertificateHolder issuer = new JcaX509CertificateHolder(ca.certificate());
            BasicOCSPRespBuilder draft = new BasicOCSPRespBuilder(new RespID(issuer.getSubject()));
            draft.addResponse(
                    new CertificateID(digests.get(SHA1), issuer, certificate.getSerialNumber()),
                    status,
                    Date.from(from),
                    Date.from(until));
            return new OCSPRespBuilder()
                    .build(
                            OCSPRespBuilder.SUCCESSFUL,
                            draft.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate()),
                                    new X509CertificateHolder[] {new JcaX509CertificateHolder(along)},
                                    Date.from(from)))
                    .getEncoded();
        } catch (OperatorCreationException
                | OCSPException
                | GeneralSecurityException
                | java.io.IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** An answer that says nothing but {@code status}, a number of RFC 6960, 4.2.1. */
    public static byte[] ocspRefusal(int status) {
        try {
            return new OCSPRespBuilder().build(status, null).getEncoded();
        } catch (OCSPException | java.io.IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
