package io.certwright.enrollment.scep;

import io.certwright.certificate.Printable;
import io.certwright.crypto.BouncyCastle;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * Messages of SCEP: what is asked is encrypted to the CA and signed by us, both as DER, for servers written in Go refuse the
 * library's own BER.
 */
final class ScepMessages {
    static final int RENEWAL_REQ = 17;
    static final int PKCS_REQ = 19;
    static final int CERT_POLL = 20;
    private static final String CERT_REP = "3";
    private static final int MOST_CERTIFICATES = 20;

    /** What the numbers of RFC 8894, 3.2.1.4, mean. */
    private static final Map<String, String> FAILURES = Map.of(
            "0", "badAlg: it does not know the algorithm",
            "1", "badMessageCheck: it could not check or open our message",
            "2", "badRequest: it does not permit this, often because of the challenge",
            "3", "badTime: the time of our message is too far from its own",
            "4", "badCertId: it knows no such request");

    private ScepMessages() {}

    /** What a server answered, proven to be its answer to this message. */
    record Reply(String status, String failInfo, String failInfoText, List<X509Certificate> certificates) {
        boolean isSuccess() {
            return status.equals("0");
        }

        boolean isPending() {
            return status.equals("3");
        }

        boolean isFailure() {
            return status.equals("2");
        }

        /** Why the CA says no, in its own words where it has some. */
        String wordsOfFailure() {
            String meaning = FAILURES.getOrDefault(failInfo, "failInfo " + Printable.escape(failInfo, 10));
            return failInfoText.isEmpty()
                    ? meaning
                    : Printable.quote(Printable.escape(failInfoText, 300)) + " (" + meaning + ")";
        }
    }

    static byte[] request(
            int type, Transaction transaction, byte[] content, X509Certificate recipient, Capabilities capabilities)
            throws GeneralSecurityException {
        try {
            CMSSignedDataGenerator signing = new CMSSignedDataGenerator();
            signing.addSignerInfoGenerator(new JcaSimpleSignerInfoGeneratorBuilder()
                    .setProvider(BouncyCastle.provider())
                    .setSignedAttributeGenerator(ScepAttributes.ofRequest(type, transaction))
                    .build(
                            capabilities.takesSha256() ? "SHA256withRSA" : "SHA1withRSA",
                            transaction.key(),
                            transaction.certificate()));
            signing.addCertificate(new JcaX509CertificateHolder(transaction.certificate()));
            byte[] sealed = encrypted(content, recipient, capabilities);
            return signing.generate(new CMSProcessableByteArray(sealed), true)
                    .toASN1Structure()
                    .getEncoded(ASN1Encoding.DER);
        } catch (CMSException | OperatorCreationException | IOException impossible) {
            throw new GeneralSecurityException("a SCEP message cannot be made", impossible);
        }
    }

    private static byte[] encrypted(byte[] content, X509Certificate recipient, Capabilities capabilities)
            throws CMSException, IOException, GeneralSecurityException {
        CMSEnvelopedDataGenerator sealing = new CMSEnvelopedDataGenerator();
        sealing.addRecipientInfoGenerator(
                new JceKeyTransRecipientInfoGenerator(recipient).setProvider(BouncyCastle.provider()));
        ASN1ObjectIdentifier cipher = capabilities.takesAes() ? CMSAlgorithm.AES128_CBC : CMSAlgorithm.DES_EDE3_CBC;
        CMSEnvelopedData sealed = sealing.generate(
                new CMSProcessableByteArray(content),
                new JceCMSContentEncryptorBuilder(cipher)
                        .setProvider(BouncyCastle.provider())
                        .build());
        return sealed.toASN1Structure().getEncoded(ASN1Encoding.DER);
    }

    /** Throws GeneralSecurityException, IOException or a RuntimeException where it is no answer to this message of ours. */
    static Reply reply(byte[] message, Transaction transaction, List<X509Certificate> signers)
            throws GeneralSecurityException, IOException {
        try {
            CMSSignedData signed = new CMSSignedData(message);
            SignerInformation signer = onlySigner(signed);
            requireSignedByOneOf(signers, signer);
            ScepAttributes attributes = ScepAttributes.in(signer.getSignedAttributes());
            requireBelongsTo(transaction, attributes);
            boolean success = attributes.status().equals("0");
            return new Reply(
                    attributes.status(),
                    attributes.failInfo(),
                    attributes.failInfoText(),
                    success ? certificatesIn(contentOf(signed), transaction.key()) : List.of());
        } catch (CMSException malformed) {
            throw new IOException(malformed.getMessage(), malformed);
        }
    }

    private static SignerInformation onlySigner(CMSSignedData signed) throws IOException {
        List<SignerInformation> signers =
                new ArrayList<>(signed.getSignerInfos().getSigners());
        if (signers.size() != 1 || signers.get(0).getSignedAttributes() == null) {
            throw new IOException("it has " + signers.size() + " signatures, wanted one with attributes");
        }
        return signers.get(0);
    }

    private static void requireSignedByOneOf(List<X509Certificate> signers, SignerInformation signer)
            throws IOException {
        IOException refused = new IOException("its signature is not that of the CA or its RA");
        for (X509Certificate candidate : signers) {
            try {
                if (signer.verify(new JcaSimpleSignerInfoVerifierBuilder()
                        .setProvider(BouncyCastle.provider())
                        .build(candidate.getPublicKey()))) {
                    return;
                }
            } catch (CMSException | OperatorCreationException | IllegalArgumentException notThisOne) {
                refused.addSuppressed(notThisOne);
            }
        }
        throw refused;
    }

    private static void requireBelongsTo(Transaction transaction, ScepAttributes attributes) throws IOException {
        if (!attributes.messageType().equals(CERT_REP)) {
            throw new IOException("it is of another type than CertRep");
        }
        if (!attributes.transactionId().equals(transaction.id())) {
            throw new IOException("it belongs to another transaction");
        }
        byte[] nonce = attributes.recipientNonce().orElse(new byte[0]);
        if (!Arrays.equals(nonce, transaction.nonce())) {
            throw new IOException("it repeats another nonce than that of our message");
        }
    }

    private static byte[] contentOf(CMSSignedData signed) throws IOException {
        if (signed.getSignedContent() == null || !(signed.getSignedContent().getContent() instanceof byte[] content)) {
            throw new IOException("it has no content");
        }
        return content;
    }

    private static List<X509Certificate> certificatesIn(byte[] sealed, PrivateKey key)
            throws CMSException, IOException, CertificateException {
        List<RecipientInformation> recipients =
                new ArrayList<>(new CMSEnvelopedData(sealed).getRecipientInfos().getRecipients());
        if (recipients.size() != 1) {
            throw new IOException("it is encrypted to " + recipients.size() + " recipients, wanted us alone");
        }
        byte[] opened = recipients
                .get(0)
                .getContent(new JceKeyTransEnvelopedRecipient(key).setProvider(BouncyCastle.provider()));
        List<X509Certificate> certificates = new ArrayList<>();
        JcaX509CertificateConverter converter = new JcaX509CertificateConverter().setProvider(BouncyCastle.provider());
        for (X509CertificateHolder holder :
                new CMSSignedData(opened).getCertificates().getMatches(null)) {
            certificates.add(converter.getCertificate(holder));
        }
        if (certificates.isEmpty() || certificates.size() > MOST_CERTIFICATES) {
            throw new IOException("it brings " + certificates.size() + " certificates, wanted those of one chain");
        }
        return certificates;
    }
}
