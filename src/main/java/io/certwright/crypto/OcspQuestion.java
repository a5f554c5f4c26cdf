package io.certwright.crypto;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * What an OCSP responder is asked of one certificate (RFC 6960, 4.1). The names are hashed with SHA-1, the one hash that every
 * responder knows (RFC 9654 keeps it for this); no nonce is sent, which most public responders would ignore, so freshness is judged.
 */
public final class OcspQuestion {
    private static final AlgorithmIdentifier SHA1 =
            new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1, DERNull.INSTANCE);

    private final X509Certificate certificate;
    private final X509Certificate issuer;

    public OcspQuestion(X509Certificate certificate, X509Certificate issuer) {
        this.certificate = certificate;
        this.issuer = issuer;
    }

    public X509Certificate issuer() {
        return issuer;
    }

    /** The request in DER. */
    public byte[] der() {
        try {
            return new OCSPReqBuilder()
                    .addRequest(new CertificateID(digests().get(SHA1), issuerHolder(), certificate.getSerialNumber()))
                    .build()
                    .getEncoded();
        } catch (OCSPException | OperatorCreationException | IOException impossible) {
            throw new IllegalStateException("a parsed certificate cannot be asked about", impossible);
        }
    }

    /** Whether an answer is about this certificate, by whatever hash the responder chose to name it. */
    boolean isAbout(CertificateID answered) throws OCSPException {
        return answered.getSerialNumber().equals(certificate.getSerialNumber())
                && answered.matchesIssuer(issuerHolder(), digests());
    }

    private X509CertificateHolder issuerHolder() {
        try {
            return new X509CertificateHolder(issuer.getEncoded());
        } catch (IOException | CertificateEncodingException impossible) {
            throw new IllegalStateException("a parsed certificate has no encoding", impossible);
        }
    }

    private static DigestCalculatorProvider digests() {
        try {
            return new JcaDigestCalculatorProviderBuilder()
                    .setProvider(BouncyCastle.provider())
                    .build();
        } catch (OperatorCreationException impossible) {
            throw new IllegalStateException("the crypto library has no digests", impossible);
        }
    }
}
