package io.certwright.enrollment.cmp;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.crypto.BouncyCastle;
import io.certwright.crypto.Signing;
import io.certwright.enrollment.RevocationReason;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.cmp.CMPObjectIdentifiers;
import org.bouncycastle.asn1.cmp.CertConfirmContent;
import org.bouncycastle.asn1.cmp.CertStatus;
import org.bouncycastle.asn1.cmp.GenMsgContent;
import org.bouncycastle.asn1.cmp.InfoTypeAndValue;
import org.bouncycastle.asn1.cmp.PKIBody;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.bouncycastle.asn1.cmp.PKIFreeText;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.cmp.PollReqContent;
import org.bouncycastle.asn1.cmp.RevDetails;
import org.bouncycastle.asn1.cmp.RevReqContent;
import org.bouncycastle.asn1.crmf.CertId;
import org.bouncycastle.asn1.crmf.CertTemplateBuilder;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.cmp.CMPException;
import org.bouncycastle.cert.cmp.CertificateConfirmationContentBuilder;
import org.bouncycastle.cert.crmf.CRMFException;
import org.bouncycastle.cert.crmf.CertificateReqMessagesBuilder;
import org.bouncycastle.cert.crmf.CertificateRequestMessageBuilder;
import org.bouncycastle.cert.crmf.Control;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** The bodies of our messages (RFC 9810, 5.3). */
final class CmpBodies {
    private static final BigInteger ONLY_REQUEST = BigInteger.ZERO;

    private CmpBodies() {}

    static PKIBody p10cr(byte[] csr) throws IOException {
        return new PKIBody(PKIBody.TYPE_P10_CERT_REQ, new PKCS10CertificationRequest(csr).toASN1Structure());
    }

    /**
     * ir, cr or kur: subject, key and extensions of the CSR as a template, and the key's signature over it (RFC 4211, 4.1).
     *
     * @param old the certificate that kur updates
     */
    static PKIBody request(
            int type, byte[] csr, PrivateKey key, PublicKey open, Optional<X509Certificate> old, SecureRandom random)
            throws GeneralSecurityException, IOException {
        PKCS10CertificationRequest request = new PKCS10CertificationRequest(csr);
        CertificateRequestMessageBuilder message = new CertificateRequestMessageBuilder(ONLY_REQUEST)
                .setSubject(request.getSubject())
                .setPublicKey(request.getSubjectPublicKeyInfo())
                .setProofOfPossessionSigningKeySigner(Signing.signer(key, open, random));
        Extensions extensions = request.getRequestedExtensions();
        for (ASN1ObjectIdentifier id :
                extensions == null ? new ASN1ObjectIdentifier[0] : extensions.getExtensionOIDs()) {
            Extension extension = extensions.getExtension(id);
            message.addExtension(id, extension.isCritical(), extension.getParsedValue());
        }
        old.ifPresent(certificate -> message.addControl(new Updated(certificate)));
        CertificateReqMessagesBuilder all = new CertificateReqMessagesBuilder();
        try {
            all.addRequest(message.build());
        } catch (CRMFException impossible) {
            throw new GeneralSecurityException("a request cannot be made", impossible);
        }
        return new PKIBody(type, all.build().toASN1Structure());
    }

    /** Which certificate an update is about (RFC 4211, 6.5). */
    private record Updated(X509Certificate certificate) implements Control {
        @Override
        public ASN1ObjectIdentifier getType() {
            return CMPObjectIdentifiers.regCtrl_oldCertID;
        }

        @Override
        public ASN1Encodable getValue() {
            return new CertId(
                    new GeneralName(Names.of(certificate.getIssuerX500Principal())), certificate.getSerialNumber());
        }
    }

    static PKIBody poll(int requestId) {
        return new PKIBody(PKIBody.TYPE_POLL_REQ, new PollReqContent(BigInteger.valueOf(requestId)));
    }

    /** certConf: we have it and keep it. The certificate's hash is by the algorithm of its own signature. */
    static PKIBody accepting(X509Certificate certificate, int requestId) throws GeneralSecurityException {
        return new PKIBody(PKIBody.TYPE_CERT_CONFIRM, accepted(certificate, requestId));
    }

    /** certConf: we do not want it, so that the CA takes it back. */
    static PKIBody rejecting(X509Certificate certificate, int requestId, String why) throws GeneralSecurityException {
        byte[] hash = accepted(certificate, requestId)
                .toCertStatusArray()[0]
                .getCertHash()
                .getOctets();
        PKIStatusInfo no = new PKIStatusInfo(
                PKIStatus.rejection, new PKIFreeText(why), new PKIFailureInfo(PKIFailureInfo.incorrectData));
        return new PKIBody(
                PKIBody.TYPE_CERT_CONFIRM,
                CertConfirmContent.getInstance(
                        new DERSequence(new CertStatus(hash, BigInteger.valueOf(requestId), no))));
    }

    private static CertConfirmContent accepted(X509Certificate certificate, int requestId)
            throws GeneralSecurityException {
        X509CertificateHolder holder = new JcaX509CertificateHolder(certificate);
        try {
            return new CertificateConfirmationContentBuilder()
                    .addAcceptedCertificate(holder, BigInteger.valueOf(requestId))
                    .build(new JcaDigestCalculatorProviderBuilder()
                            .setProvider(BouncyCastle.provider())
                            .build())
                    .toASN1Structure();
        } catch (CMPException | OperatorCreationException impossible) {
            throw new GeneralSecurityException("a certificate cannot be confirmed", impossible);
        }
    }

    static PKIBody revocation(IssuedCertificate certificate, RevocationReason reason) throws IOException {
        X509Certificate leaf = certificate.leaf();
        CertTemplateBuilder which = new CertTemplateBuilder()
                .setIssuer(Names.of(leaf.getIssuerX500Principal()))
                .setSerialNumber(new org.bouncycastle.asn1.ASN1Integer(leaf.getSerialNumber()));
        Extensions why = new Extensions(new Extension(
                Extension.reasonCode, false, CRLReason.lookup(reason.code()).getEncoded()));
        return new PKIBody(PKIBody.TYPE_REVOCATION_REQ, new RevReqContent(new RevDetails(which.build(), why)));
    }

    /** genm: which certificates its CAs have (RFC 9483, 4.3.1). */
    static PKIBody whichAuthorities() {
        return new PKIBody(
                PKIBody.TYPE_GEN_MSG, new GenMsgContent(new InfoTypeAndValue(CMPObjectIdentifiers.id_it_caCerts)));
    }
}
