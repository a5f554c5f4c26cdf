package io.certwright.enrollment.cmp;

import io.certwright.certificate.KeySpec;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestCertificate;
import io.certwright.testing.TestKeys;
import io.certwright.testing.TestProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.cmp.CMPCertificate;
import org.bouncycastle.asn1.cmp.CMPObjectIdentifiers;
import org.bouncycastle.asn1.cmp.InfoTypeAndValue;
import org.bouncycastle.asn1.cmp.PBMParameter;
import org.bouncycastle.asn1.cmp.PKIBody;
import org.bouncycastle.asn1.cmp.PKIHeader;
import org.bouncycastle.asn1.cmp.PKIHeaderBuilder;
import org.bouncycastle.asn1.cmp.PKIMessage;
import org.bouncycastle.asn1.cmp.ProtectedPart;
import org.bouncycastle.asn1.crmf.EncryptedValue;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PBMAC1Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** How the test's CMP server protects its answers and holds questions to their protection, by the JDK's own MACs and signatures. */
final class TestCmpGuard {
    /** Who protects answers, or pretends to. */
    enum Protector {
        AS_ASKED,
        THE_RA,
        THE_CA,
        ANOTHER_SECRET,
        A_STRANGER,
        A_SERVER_OF_THE_CA,
        A_CERTIFICATE_SIGNED_BY_A_SERVER,
        AN_EXPIRED_RA,
        NOBODY,
        ENDLESS_HASHING
    }

    /** What of an answer's header belongs to something else. */
    enum Slip {
        NONE,
        NONCE,
        TRANSACTION
    }

    static final String REFERENCE = "wsus-ra";
    static final String SECRET = "correct hörse";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final TestCa root;
    private final TestCa issuing;
    private final TestCa stranger;
    private X509Certificate ra;
    private KeyPair raKey;
    private Protector protector = Protector.AS_ASKED;
    private Slip slip = Slip.NONE;

    TestCmpGuard(TestCa root, TestCa issuing, TestCa stranger, X509Certificate ra, KeyPair raKey) {
        this.root = root;
        this.issuing = issuing;
        this.stranger = stranger;
        this.ra = ra;
        this.raKey = raKey;
    }

    synchronized void protectBy(Protector next) {
        protector = next;
    }

    synchronized void slip(Slip next) {
        slip = next;
    }

    /** Another certificate than that of the RA from now on. */
    synchronized void speakAs(TestCertificate other) {
        ra = other.certificate();
        raKey = other.keyPair();
    }

    synchronized X509Certificate speaker() {
        return ra;
    }

    /** Empty where the question is protected by the secret, or by a certificate of this CA. */
    synchronized String faultOf(PKIMessage message) {
        PKIHeader header = message.getHeader();
        if (message.getProtection() == null || header.getProtectionAlg() == null) {
            return "nothing protects the message";
        }
        if (header.getTransactionID() == null
                || header.getTransactionID().getOctets().length != 16
                || header.getSenderNonce() == null
                || header.getSenderNonce().getOctets().length != 16) {
            return "no transaction or no nonce";
        }
        try {
            return isMac(header.getProtectionAlg()) ? faultOfMac(message) : faultOfSignature(message);
        } catch (GeneralSecurityException | IOException unreadable) {
            return String.valueOf(unreadable.getMessage());
        }
    }

    private static boolean isMac(AlgorithmIdentifier algorithm) {
        return algorithm.getAlgorithm().equals(CMPObjectIdentifiers.passwordBasedMac)
                || algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBMAC1);
    }

    String kindOf(PKIHeader header) {
        ASN1ObjectIdentifier algorithm = header.getProtectionAlg().getAlgorithm();
        return algorithm.equals(CMPObjectIdentifiers.passwordBasedMac)
                ? "PBM"
                : algorithm.equals(PKCSObjectIdentifiers.id_PBMAC1) ? "PBMAC1" : "signed";
    }

    private static String faultOfMac(PKIMessage message) throws GeneralSecurityException, IOException {
        String reference = message.getHeader().getSenderKID() == null
                ? ""
                : new String(message.getHeader().getSenderKID().getOctets(), StandardCharsets.UTF_8);
        if (!reference.equals(REFERENCE)) {
            return "nobody is known by that reference";
        }
        byte[] wanted = mac(message.getHeader(), message.getBody(), SECRET);
        return Arrays.equals(wanted, message.getProtection().getOctets()) ? "" : "the MAC is wrong";
    }

    private String faultOfSignature(PKIMessage message) throws GeneralSecurityException, IOException {
        X509Certificate signer = signerOf(message);
        if (signer == null) {
            return "no certificate is with the signature";
        }
        signer.verify(issuing.certificate().getPublicKey());
        X500Name sender = X500Name.getInstance(message.getHeader().getSender().getName());
        if (!sender.equals(X500Name.getInstance(signer.getSubjectX500Principal().getEncoded()))) {
            return "the sender is not whom its certificate names";
        }
        Signature check = Signature.getInstance(
                message.getHeader().getProtectionAlg().getAlgorithm().getId(), TestProvider.BOUNCY_CASTLE);
        check.initVerify(signer.getPublicKey());
        check.update(protectedPart(message.getHeader(), message.getBody()));
        return check.verify(message.getProtection().getOctets()) ? "" : "the signature is wrong";
    }

    /** The first of the extra certificates (RFC 9483, 3.3). */
    X509Certificate signerOf(PKIMessage message) {
        if (isMac(message.getHeader().getProtectionAlg()) || message.getExtraCerts() == null) {
            return null;
        }
        try {
            byte[] der = message.getExtraCerts()[0].getX509v3PKCert().getEncoded();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (IOException | CertificateException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static byte[] protectedPart(PKIHeader header, PKIBody body) throws IOException {
        return new ProtectedPart(header, body).getEncoded(ASN1Encoding.DER);
    }

    private static byte[] mac(PKIHeader header, PKIBody body, String secret)
            throws GeneralSecurityException, IOException {
        AlgorithmIdentifier algorithm = header.getProtectionAlg();
        byte[] key;
        if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBMAC1)) {
            PBKDF2Params derivation = PBKDF2Params.getInstance(PBMAC1Params.getInstance(algorithm.getParameters())
                    .getKeyDerivationFunc()
                    .getParameters());
            key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(
                            secret.toCharArray(),
                            derivation.getSalt(),
                            derivation.getIterationCount().intValueExact(),
                            derivation.getKeyLength().intValueExact() * 8))
                    .getEncoded();
        } else {
            PBMParameter chosen = PBMParameter.getInstance(algorithm.getParameters());
            key = hashed(secret, chosen);
        }
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(protectedPart(header, body));
    }

    private static byte[] hashed(String secret, PBMParameter chosen) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(secret.getBytes(StandardCharsets.UTF_8));
        byte[] key = digest.digest(chosen.getSalt().getOctets());
        for (int i = 1; i < chosen.getIterationCount().intValueExact(); i++) {
            key = digest.digest(key);
        }
        return key;
    }

    byte[] unprotected(PKIMessage question, byte[] nonce, PKIBody body) throws IOException {
        PKIHeader header = header(question, nonce, false).build();
        return new PKIMessage(header, body).getEncoded(ASN1Encoding.DER);
    }

    synchronized byte[] protectedAnswer(
            PKIMessage question, byte[] nonce, PKIBody body, boolean implicit, List<X509Certificate> extra)
            throws IOException {
        PKIHeaderBuilder header = header(question, nonce, implicit);
        AlgorithmIdentifier asked = question.getHeader().getProtectionAlg();
        boolean mac = isMac(asked);
        try {
            return switch (protector) {
                case NOBODY -> new PKIMessage(header.build(), body).getEncoded(ASN1Encoding.DER);
                case ANOTHER_SECRET -> macked(header, body, asked, "another secret", extra);
                case ENDLESS_HASHING -> endlesslyHashed(header, body);
                case AS_ASKED ->
                    mac ? macked(header, body, asked, SECRET, extra) : signed(header, body, ra, raKey, extra);
                case THE_RA -> signed(header, body, ra, raKey, extra);
                case THE_CA -> signed(header, body, signingCa(), issuing.keyPair(), extra);
                default -> signedByAPretender(header, body, extra);
            };
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The issuing CA with a certificate that also permits it to sign messages. */
    private X509Certificate signingCa() {
        return root.intermediateDraft("CN=CMP Test Issuing")
                .key(issuing.keyPair())
                .keyUsage(0x86)
                .certificate();
    }

    private byte[] signedByAPretender(PKIHeaderBuilder header, PKIBody body, List<X509Certificate> extra)
            throws IOException, GeneralSecurityException {
        KeyPair key = TestKeys.fresh(KeySpec.P_256);
        ASN1ObjectIdentifier mayAnswer = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.3.28");
        var purpose = org.bouncycastle.asn1.x509.KeyPurposeId.getInstance(mayAnswer);
        if (protector == Protector.A_CERTIFICATE_SIGNED_BY_A_SERVER) {
            TestCa server = issuing.leaf("www.test").asCa();
            List<X509Certificate> all = new ArrayList<>(extra);
            all.add(server.certificate());
            return signed(
                    header,
                    body,
                    server.leaf("ra.test").extendedKeyUsage(purpose).key(key).certificate(),
                    key,
                    all);
        }
        X509Certificate pretender = switch (protector) {
            case A_STRANGER ->
                stranger.leaf("ra.test").extendedKeyUsage(purpose).key(key).certificate();
            case A_SERVER_OF_THE_CA -> issuing.leaf("www.test").key(key).certificate();
            case AN_EXPIRED_RA ->
                issuing.leaf("ra.test")
                        .extendedKeyUsage(purpose)
                        .validFor(java.time.Duration.ofDays(-90), java.time.Duration.ofDays(-1))
                        .key(key)
                        .certificate();
            default -> throw new IllegalStateException("nobody pretends: " + protector);
        };
        return signed(header, body, pretender, key, extra);
    }

    private PKIHeaderBuilder header(PKIMessage question, byte[] nonce, boolean implicit) {
        PKIHeader asked = question.getHeader();
        PKIHeaderBuilder header = new PKIHeaderBuilder(
                2,
                new GeneralName(
                        X500Name.getInstance(ra.getSubjectX500Principal().getEncoded())),
                asked.getSender());
        byte[] transaction = asked.getTransactionID() == null
                ? randomBytes(16)
                : asked.getTransactionID().getOctets();
        byte[] repeated = asked.getSenderNonce() == null
                ? randomBytes(16)
                : asked.getSenderNonce().getOctets();
        header.setTransactionID(slip == Slip.TRANSACTION ? randomBytes(16) : transaction);
        header.setRecipNonce(slip == Slip.NONCE ? randomBytes(16) : repeated);
        header.setSenderNonce(nonce);
        header.setMessageTime(new DERGeneralizedTime(Date.from(Instant.now())));
        if (implicit) {
            header.setGeneralInfo(new InfoTypeAndValue(CMPObjectIdentifiers.it_implicitConfirm, DERNull.INSTANCE));
        }
        return header;
    }

    private static byte[] macked(
            PKIHeaderBuilder header,
            PKIBody body,
            AlgorithmIdentifier asked,
            String secret,
            List<X509Certificate> extra)
            throws GeneralSecurityException, IOException {
        boolean newer = asked.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBMAC1);
        AlgorithmIdentifier algorithm = newer ? asked : pbm(500);
        header.setProtectionAlg(algorithm);
        header.setSenderKID(REFERENCE.getBytes(StandardCharsets.UTF_8));
        PKIHeader done = header.build();
        return finished(done, body, mac(done, body, secret), extra);
    }

    private static AlgorithmIdentifier pbm(int rounds) {
        return new AlgorithmIdentifier(
                CMPObjectIdentifiers.passwordBasedMac,
                new PBMParameter(
                        randomBytes(16),
                        new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256),
                        rounds,
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE)));
    }

    private static byte[] endlesslyHashed(PKIHeaderBuilder header, PKIBody body) throws IOException {
        header.setProtectionAlg(pbm(Integer.MAX_VALUE));
        return finished(header.build(), body, randomBytes(32), List.of());
    }

    private static byte[] signed(
            PKIHeaderBuilder header, PKIBody body, X509Certificate signer, KeyPair key, List<X509Certificate> extra)
            throws GeneralSecurityException, IOException {
        header.setProtectionAlg(new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256));
        PKIHeader done = header.build();
        Signature signature = Signature.getInstance("SHA256withECDSA", TestProvider.BOUNCY_CASTLE);
        signature.initSign(key.getPrivate());
        signature.update(protectedPart(done, body));
        List<X509Certificate> all = new ArrayList<>(List.of(signer));
        all.addAll(extra);
        return finished(done, body, signature.sign(), all);
    }

    private static byte[] finished(PKIHeader header, PKIBody body, byte[] protection, List<X509Certificate> extra)
            throws IOException {
        ASN1BitString bits = new DERBitString(protection);
        CMPCertificate[] certificates =
                extra.stream().map(TestCmpGuard::wrapped).toArray(CMPCertificate[]::new);
        return new PKIMessage(header, body, bits, certificates).getEncoded(ASN1Encoding.DER);
    }

    /** An encrypted certificate in the old form, of which nothing opens. */
    EncryptedValue encrypted() {
        return new EncryptedValue(null, null, null, null, null, new DERBitString(randomBytes(32)));
    }

    static CMPCertificate wrapped(X509Certificate certificate) {
        try {
            return new CMPCertificate(Certificate.getInstance(certificate.getEncoded()));
        } catch (CertificateException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
