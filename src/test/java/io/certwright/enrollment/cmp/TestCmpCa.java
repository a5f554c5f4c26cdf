package io.certwright.enrollment.cmp;

import io.certwright.certificate.KeySpec;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestKeys;
import io.certwright.testing.TestProvider;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.cmp.CMPCertificate;
import org.bouncycastle.asn1.cmp.CMPObjectIdentifiers;
import org.bouncycastle.asn1.cmp.CertConfirmContent;
import org.bouncycastle.asn1.cmp.CertOrEncCert;
import org.bouncycastle.asn1.cmp.CertRepMessage;
import org.bouncycastle.asn1.cmp.CertResponse;
import org.bouncycastle.asn1.cmp.CertStatus;
import org.bouncycastle.asn1.cmp.CertifiedKeyPair;
import org.bouncycastle.asn1.cmp.ErrorMsgContent;
import org.bouncycastle.asn1.cmp.GenRepContent;
import org.bouncycastle.asn1.cmp.InfoTypeAndValue;
import org.bouncycastle.asn1.cmp.PKIBody;
import org.bouncycastle.asn1.cmp.PKIConfirmContent;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.bouncycastle.asn1.cmp.PKIFreeText;
import org.bouncycastle.asn1.cmp.PKIHeader;
import org.bouncycastle.asn1.cmp.PKIMessage;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.cmp.PollRepContent;
import org.bouncycastle.asn1.cmp.PollReqContent;
import org.bouncycastle.asn1.cmp.RevRepContentBuilder;
import org.bouncycastle.asn1.cmp.RevReqContent;
import org.bouncycastle.asn1.crmf.CertId;
import org.bouncycastle.asn1.crmf.CertReqMessages;
import org.bouncycastle.asn1.crmf.CertReqMsg;
import org.bouncycastle.asn1.crmf.CertTemplate;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.crmf.CertificateRequestMessage;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/**
 * A CA with a registration authority that answers CMP messages, written from RFC 9810 and RFC 9483 without a line of our client. It holds
 * its callers to the RFCs, keeps transactions, and decides as a test wishes.
 */
final class TestCmpCa {
    /** How it decides. */
    enum Mood {
        ISSUES,
        /** Says that it waits, and then to come back in an hour, until it is told to issue. */
        PENDS,
        /** As PENDS, but it says so in an error message. */
        PENDS_IN_AN_ERROR,
        /** Says to come back in a second, twice. */
        PENDS_BRIEFLY,
        DENIES,
        ERRS,
        ERRS_UNPROTECTED,
        GIVES_A_CERTIFICATE_FOR_ANOTHER_KEY,
        GRANTS_WITHOUT_A_CERTIFICATE,
        ENCRYPTS,
        SAYS_SOMETHING_ELSE,
        REFUSES_CONFIRMATION,
        FORGETS
    }

    private static final int AN_HOUR = 3600;

    private final TestCa root = TestCa.root("CN=CMP Test Root", Instant.now());
    private final TestCa issuing = root.intermediate("CN=CMP Test Issuing");
    private final TestCa stranger = TestCa.root("CN=CMP Stranger", Instant.now());
    private final KeyPair raKey = TestKeys.fresh(KeySpec.P_256);
    private final X509Certificate ra = issuing.leaf()
            .subject("CN=CMP Test RA")
            .extendedKeyUsage(
                    KeyPurposeId.getInstance(new org.bouncycastle.asn1.ASN1ObjectIdentifier("1.3.6.1.5.5.7.3.28")))
            .keyUsage(0x80)
            .key(raKey)
            .certificate();
    private final TestCmpGuard guard = new TestCmpGuard(root, issuing, stranger, ra, raKey);
    private final Map<String, Entry> transactions = new LinkedHashMap<>();
    private final Map<BigInteger, X509Certificate> issued = new LinkedHashMap<>();
    private final Map<BigInteger, Integer> revoked = new HashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private Mood mood = Mood.ISSUES;
    private int failInfo = PKIFailureInfo.badCertTemplate;
    private String words = "no certificates on Sundays\nask anew";
    private boolean allowsImplicit = true;

    /** One transaction as the CA keeps it. */
    private static final class Entry {
        private final int answer;
        private final int requestId;
        private final byte[] key;
        private final GeneralNames names;
        private boolean implicit;
        private byte[] lastNonce = new byte[0];
        private byte[] nonceBefore = new byte[0];
        private X509Certificate certificate;
        private boolean confirmed;
        private int polls;

        Entry(int answer, int requestId, byte[] key, GeneralNames names) {
            this.answer = answer;
            this.requestId = requestId;
            this.key = key;
            this.names = names;
        }
    }

    TestCa root() {
        return root;
    }

    TestCa issuing() {
        return issuing;
    }

    TestCmpGuard guard() {
        return guard;
    }

    synchronized void be(Mood next) {
        mood = next;
    }

    synchronized void wantConfirmation() {
        allowsImplicit = false;
    }

    /** What its refusals say. */
    synchronized void refuseFor(int reasons, String text) {
        failInfo = reasons;
        words = text;
    }

    /** Whether a certificate is in force: given, not taken back. */
    synchronized List<X509Certificate> inForce() {
        return issued.values().stream()
                .filter(one -> !revoked.containsKey(one.getSerialNumber()))
                .toList();
    }

    synchronized int made() {
        return issued.size();
    }

    synchronized int transactions() {
        return transactions.size();
    }

    /** In force, and the CA waits for no word about it any more. */
    synchronized int confirmed() {
        return (int) transactions.values().stream()
                .filter(entry -> entry.confirmed && !revoked.containsKey(entry.certificate.getSerialNumber()))
                .count();
    }

    synchronized Map<BigInteger, Integer> revoked() {
        return Map.copyOf(revoked);
    }

    /** Kind and protection of each question. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    /** The CA loses its memory of transactions. */
    synchronized void restart() {
        transactions.clear();
    }

    synchronized byte[] answerTo(byte[] question) throws IOException {
        PKIMessage message = PKIMessage.getInstance(question);
        PKIHeader header = message.getHeader();
        byte[] nonce = TestCmpGuard.randomBytes(16);
        String fault = guard.faultOf(message);
        asked.add(nameOf(message.getBody().getType()) + " " + guard.kindOf(header));
        if (!fault.isEmpty()) {
            return guard.unprotected(message, nonce, error(PKIFailureInfo.badMessageCheck, fault));
        }
        String id = HexFormat.of().formatHex(header.getTransactionID().getOctets());
        try {
            PKIBody body = bodyFor(id, message);
            Entry entry = transactions.get(id);
            if (entry != null) {
                entry.nonceBefore = entry.lastNonce;
                entry.lastNonce = nonce;
            }
            boolean implicit = entry != null && entry.implicit && entry.certificate != null;
            return mood == Mood.ERRS_UNPROTECTED
                    ? guard.unprotected(message, nonce, body)
                    : guard.protectedAnswer(message, nonce, body, implicit, extra());
        } catch (Refusal refusal) {
            return guard.protectedAnswer(message, nonce, error(refusal.reason, refusal.getMessage()), false, extra());
        }
    }

    /** With a stranger among them. */
    private List<X509Certificate> extra() {
        return List.of(ra, stranger.certificate(), issuing.certificate(), root.certificate());
    }

    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;
        private final int reason;

        Refusal(int reason, String words) {
            super(words);
            this.reason = reason;
        }
    }

    private PKIBody bodyFor(String id, PKIMessage message) throws Refusal, IOException {
        int type = message.getBody().getType();
        return switch (type) {
            case PKIBody.TYPE_INIT_REQ, PKIBody.TYPE_CERT_REQ, PKIBody.TYPE_KEY_UPDATE_REQ, PKIBody.TYPE_P10_CERT_REQ ->
                requested(id, message);
            case PKIBody.TYPE_POLL_REQ -> polled(known(id, message), message);
            case PKIBody.TYPE_CERT_CONFIRM -> confirmed(known(id, message), message);
            case PKIBody.TYPE_REVOCATION_REQ -> revoked(message);
            case PKIBody.TYPE_GEN_MSG -> general();
            default -> throw new Refusal(PKIFailureInfo.badRequest, "nothing is known of messages of this kind");
        };
    }

    /** Its last answer may have been lost, so that a question may follow the one before. */
    private Entry known(String id, PKIMessage message) throws Refusal {
        Entry entry = transactions.get(id);
        if (entry == null) {
            throw new Refusal(PKIFailureInfo.badRequest, "no such transaction");
        }
        byte[] repeated = message.getHeader().getRecipNonce() == null
                ? new byte[0]
                : message.getHeader().getRecipNonce().getOctets();
        boolean follows = Arrays.equals(repeated, entry.lastNonce) || Arrays.equals(repeated, entry.nonceBefore);
        if (repeated.length > 0 && !follows) {
            throw new Refusal(PKIFailureInfo.badRecipientNonce, "another nonce than that of the last answer");
        }
        return entry;
    }

    private PKIBody requested(String id, PKIMessage message) throws Refusal, IOException {
        if (transactions.containsKey(id)) {
            throw new Refusal(PKIFailureInfo.transactionIdInUse, "that transaction is known");
        }
        Entry entry = message.getBody().getType() == PKIBody.TYPE_P10_CERT_REQ
                ? entryOf(CertificationRequest.getInstance(message.getBody().getContent()))
                : entryOf(message.getBody(), guard.signerOf(message));
        entry.implicit = allowsImplicit && asksForImplicit(message.getHeader());
        if (mood == Mood.ERRS || mood == Mood.ERRS_UNPROTECTED) {
            throw refusal();
        }
        if (mood != Mood.DENIES && mood != Mood.FORGETS) {
            transactions.put(id, entry);
        }
        return switch (mood) {
            case PENDS, PENDS_BRIEFLY -> response(entry, new PKIStatusInfo(PKIStatus.waiting), null);
            case PENDS_IN_AN_ERROR ->
                new PKIBody(PKIBody.TYPE_ERROR, new ErrorMsgContent(new PKIStatusInfo(PKIStatus.waiting)));
            case DENIES ->
                response(
                        entry,
                        new PKIStatusInfo(PKIStatus.rejection, new PKIFreeText(words), new PKIFailureInfo(failInfo)),
                        null);
            case GRANTS_WITHOUT_A_CERTIFICATE -> response(entry, new PKIStatusInfo(PKIStatus.granted), null);
            case SAYS_SOMETHING_ELSE -> new PKIBody(PKIBody.TYPE_CONFIRM, new PKIConfirmContent());
            default -> granted(entry);
        };
    }

    private Refusal refusal() {
        return new Refusal(failInfo, words);
    }

    private static boolean asksForImplicit(PKIHeader header) {
        return header.getGeneralInfo() != null
                && Arrays.stream(header.getGeneralInfo())
                        .anyMatch(info -> info.getInfoType().equals(CMPObjectIdentifiers.it_implicitConfirm));
    }

    private Entry entryOf(CertificationRequest request) throws Refusal {
        PKCS10CertificationRequest csr = new PKCS10CertificationRequest(request);
        try {
            if (!csr.isSignatureValid(new JcaContentVerifierProviderBuilder()
                    .setProvider(TestProvider.BOUNCY_CASTLE)
                    .build(csr.getSubjectPublicKeyInfo()))) {
                throw new Refusal(PKIFailureInfo.badPOP, "the CSR is not signed by its key");
            }
            return new Entry(
                    PKIBody.TYPE_CERT_REP,
                    -1,
                    csr.getSubjectPublicKeyInfo().getEncoded(),
                    namesIn(csr.getRequestedExtensions()));
        } catch (org.bouncycastle.operator.OperatorException
                | org.bouncycastle.pkcs.PKCSException
                | IOException unreadable) {
            throw new Refusal(PKIFailureInfo.badDataFormat, unreadable.getMessage());
        }
    }

    private Entry entryOf(PKIBody body, X509Certificate signer) throws Refusal {
        CertReqMsg[] all = CertReqMessages.getInstance(body.getContent()).toCertReqMsgArray();
        if (all.length != 1) {
            throw new Refusal(PKIFailureInfo.badRequest, "wanted one request");
        }
        CertTemplate template = all[0].getCertReq().getCertTemplate();
        requireProof(all[0], template.getPublicKey());
        if (body.getType() == PKIBody.TYPE_KEY_UPDATE_REQ) {
            requireUpdates(all[0], signer);
        }
        try {
            return new Entry(
                    body.getType() == PKIBody.TYPE_INIT_REQ
                            ? PKIBody.TYPE_INIT_REP
                            : body.getType() == PKIBody.TYPE_CERT_REQ
                                    ? PKIBody.TYPE_CERT_REP
                                    : PKIBody.TYPE_KEY_UPDATE_REP,
                    all[0].getCertReq().getCertReqId().intValueExact(),
                    template.getPublicKey().getEncoded(),
                    namesIn(template.getExtensions()));
        } catch (IOException impossible) {
            throw new Refusal(PKIFailureInfo.badDataFormat, impossible.getMessage());
        }
    }

    private static void requireProof(CertReqMsg request, SubjectPublicKeyInfo key) throws Refusal {
        try {
            boolean proven = new CertificateRequestMessage(request)
                    .isValidSigningKeyPOP(new JcaContentVerifierProviderBuilder()
                            .setProvider(TestProvider.BOUNCY_CASTLE)
                            .build(key));
            if (!proven) {
                throw new Refusal(PKIFailureInfo.badPOP, "the template is not signed by its key");
            }
        } catch (org.bouncycastle.cert.crmf.CRMFException
                | org.bouncycastle.operator.OperatorCreationException
                | RuntimeException unproven) {
            throw new Refusal(PKIFailureInfo.badPOP, String.valueOf(unproven.getMessage()));
        }
    }

    /** RFC 9483, 4.1.3: the old certificate signs, and is named. */
    private void requireUpdates(CertReqMsg request, X509Certificate signer) throws Refusal {
        Optional<CertId> named = request.getCertReq().getControls() == null
                ? Optional.empty()
                : Stream.of(request.getCertReq().getControls().toAttributeTypeAndValueArray())
                        .filter(control -> control.getType().equals(CMPObjectIdentifiers.regCtrl_oldCertID))
                        .map(control -> CertId.getInstance(control.getValue()))
                        .findFirst();
        if (named.isEmpty() || signer == null || !issued.containsKey(signer.getSerialNumber())) {
            throw new Refusal(PKIFailureInfo.notAuthorized, "an update is signed by the certificate that it is about");
        }
        if (!named.get().getSerialNumber().getValue().equals(signer.getSerialNumber())) {
            throw new Refusal(PKIFailureInfo.badCertId, "an update of another certificate");
        }
    }

    private static GeneralNames namesIn(Extensions extensions) throws Refusal {
        Extension names = extensions == null ? null : extensions.getExtension(Extension.subjectAlternativeName);
        if (names == null) {
            throw new Refusal(PKIFailureInfo.badCertTemplate, "no names are asked for");
        }
        return GeneralNames.getInstance(names.getParsedValue());
    }

    private PKIBody granted(Entry entry) throws IOException {
        if (entry.certificate == null) {
            entry.certificate = leafFor(entry);
            issued.put(entry.certificate.getSerialNumber(), entry.certificate);
            entry.confirmed = entry.implicit;
        }
        return response(entry, new PKIStatusInfo(PKIStatus.granted), entry.certificate);
    }

    private X509Certificate leafFor(Entry entry) throws IOException {
        List<String> names = new ArrayList<>();
        for (GeneralName name : entry.names.getNames()) {
            names.add(name.getName().toString());
        }
        byte[] key = mood == Mood.GIVES_A_CERTIFICATE_FOR_ANOTHER_KEY
                ? raKey.getPublic().getEncoded()
                : entry.key;
        return issuing.leaf(names.toArray(String[]::new)).publicKey(key).certificate();
    }

    private PKIBody response(Entry entry, PKIStatusInfo status, X509Certificate certificate) throws IOException {
        CertifiedKeyPair pair = certificate == null
                ? null
                : new CertifiedKeyPair(
                        mood == Mood.ENCRYPTS
                                ? new CertOrEncCert(guard.encrypted())
                                : new CertOrEncCert(TestCmpGuard.wrapped(certificate)));
        CertResponse response = new CertResponse(new ASN1Integer(entry.requestId), status, pair, null);
        CMPCertificate[] authorities = {
            TestCmpGuard.wrapped(stranger.certificate()), TestCmpGuard.wrapped(root.certificate())
        };
        return new PKIBody(entry.answer, new CertRepMessage(authorities, new CertResponse[] {response}));
    }

    private PKIBody polled(Entry entry, PKIMessage message) throws Refusal, IOException {
        int asksFor = PollReqContent.getInstance(message.getBody().getContent())
                .getCertReqIdValues()[0]
                .intValueExact();
        if (asksFor != entry.requestId && asksFor != -1) {
            throw new Refusal(PKIFailureInfo.badRequest, "no such request in this transaction");
        }
        if (mood == Mood.ERRS) {
            throw refusal();
        }
        entry.polls++;
        boolean brief = mood == Mood.PENDS_BRIEFLY && entry.polls <= 2;
        if (brief || mood == Mood.PENDS || mood == Mood.PENDS_IN_AN_ERROR) {
            return new PKIBody(
                    PKIBody.TYPE_POLL_REP,
                    new PollRepContent(
                            new ASN1Integer(asksFor),
                            new ASN1Integer(brief ? 1 : AN_HOUR),
                            new PKIFreeText("Ms Smith decides")));
        }
        if (mood == Mood.DENIES) {
            return response(
                    entry,
                    new PKIStatusInfo(PKIStatus.rejection, new PKIFreeText(words), new PKIFailureInfo(failInfo)),
                    null);
        }
        if (entry.confirmed) {
            throw new Refusal(PKIFailureInfo.badRequest, "that transaction has ended");
        }
        return granted(entry);
    }

    private PKIBody confirmed(Entry entry, PKIMessage message) throws Refusal {
        CertStatus[] all =
                CertConfirmContent.getInstance(message.getBody().getContent()).toCertStatusArray();
        if (all.length != 1 || entry.certificate == null) {
            throw new Refusal(PKIFailureInfo.badRequest, "nothing is to be confirmed");
        }
        if (entry.confirmed) {
            throw new Refusal(PKIFailureInfo.certConfirmed, "that is confirmed");
        }
        requireHash(all[0], entry);
        boolean taken = all[0].getStatusInfo() == null
                || all[0].getStatusInfo().getStatus().signum() == 0;
        if (!taken || mood == Mood.REFUSES_CONFIRMATION) {
            revoked.put(entry.certificate.getSerialNumber(), -1);
        }
        if (mood == Mood.REFUSES_CONFIRMATION) {
            throw new Refusal(PKIFailureInfo.badRequest, "too late, it is taken back");
        }
        entry.confirmed = true;
        return new PKIBody(PKIBody.TYPE_CONFIRM, new PKIConfirmContent());
    }

    private static void requireHash(CertStatus status, Entry entry) throws Refusal {
        try {
            byte[] hash = java.security.MessageDigest.getInstance("SHA-256").digest(entry.certificate.getEncoded());
            if (!Arrays.equals(hash, status.getCertHash().getOctets())
                    || status.getCertReqId().intValueExact() != entry.requestId) {
                throw new Refusal(PKIFailureInfo.badCertId, "a word about another certificate");
            }
        } catch (java.security.GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private PKIBody revoked(PKIMessage message) throws Refusal {
        org.bouncycastle.asn1.cmp.RevDetails details =
                RevReqContent.getInstance(message.getBody().getContent()).toRevDetailsArray()[0];
        BigInteger serial = details.getCertDetails().getSerialNumber().getValue();
        boolean ours = issued.containsKey(serial)
                && details.getCertDetails()
                        .getIssuer()
                        .equals(org.bouncycastle.asn1.x500.X500Name.getInstance(
                                issuing.certificate().getSubjectX500Principal().getEncoded()));
        if (!ours) {
            throw new Refusal(PKIFailureInfo.badCertId, "no such certificate");
        }
        if (revoked.containsKey(serial)) {
            return revocation(new PKIStatusInfo(
                    PKIStatus.rejection,
                    new PKIFreeText("once is enough"),
                    new PKIFailureInfo(PKIFailureInfo.certRevoked)));
        }
        if (mood == Mood.PENDS || mood == Mood.DENIES) {
            return revocation(
                    mood == Mood.PENDS
                            ? new PKIStatusInfo(PKIStatus.waiting)
                            : new PKIStatusInfo(
                                    PKIStatus.rejection, new PKIFreeText(words), new PKIFailureInfo(failInfo)));
        }
        int reason = org.bouncycastle.asn1.x509.CRLReason.getInstance(
                        details.getCrlEntryDetails().getExtensionParsedValue(Extension.reasonCode))
                .getValue()
                .intValue();
        revoked.put(serial, reason);
        return revocation(new PKIStatusInfo(PKIStatus.granted));
    }

    private static PKIBody revocation(PKIStatusInfo status) {
        return new PKIBody(
                PKIBody.TYPE_REVOCATION_REP,
                new RevRepContentBuilder().add(status).build());
    }

    private PKIBody general() throws Refusal {
        if (mood == Mood.ERRS) {
            throw refusal();
        }
        ASN1EncodableVector certificates = new ASN1EncodableVector();
        certificates.add(TestCmpGuard.wrapped(issuing.certificate()));
        certificates.add(TestCmpGuard.wrapped(root.certificate()));
        ASN1Sequence all = new DERSequence(certificates);
        return new PKIBody(
                PKIBody.TYPE_GEN_REP, new GenRepContent(new InfoTypeAndValue(CMPObjectIdentifiers.id_it_caCerts, all)));
    }

    private static PKIBody error(int reason, String words) {
        return new PKIBody(
                PKIBody.TYPE_ERROR,
                new ErrorMsgContent(
                        new PKIStatusInfo(PKIStatus.rejection, new PKIFreeText(words), new PKIFailureInfo(reason))));
    }

    private static String nameOf(int type) {
        return switch (type) {
            case PKIBody.TYPE_INIT_REQ -> "ir";
            case PKIBody.TYPE_CERT_REQ -> "cr";
            case PKIBody.TYPE_KEY_UPDATE_REQ -> "kur";
            case PKIBody.TYPE_P10_CERT_REQ -> "p10cr";
            case PKIBody.TYPE_POLL_REQ -> "pollReq";
            case PKIBody.TYPE_CERT_CONFIRM -> "certConf";
            case PKIBody.TYPE_REVOCATION_REQ -> "rr";
            case PKIBody.TYPE_GEN_MSG -> "genm";
            default -> "message " + type;
        };
    }
}
