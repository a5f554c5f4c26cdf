package io.certwright.enrollment.scep;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.certwright.certificate.KeySpec;
import io.certwright.crypto.BouncyCastle;
import io.certwright.testing.TestCa;
import io.certwright.testing.TestCertificate;
import io.certwright.testing.TestKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** A SCEP server with a registration authority, written from RFC 8894 without a line of our client; treats us well or badly. */
final class TestScepServer implements AutoCloseable {
    enum Mood {
        ISSUES,
        /** Each connection ends before anything is said. */
        TAKES_NO_CALLS,
        PENDS,
        FAILS,
        REPEATS_ANOTHER_NONCE,
        ANSWERS_FOR_ANOTHER_TRANSACTION,
        IS_SIGNED_BY_A_STRANGER,
        GIVES_A_CERTIFICATE_FOR_ANOTHER_KEY,
        SENDS_A_WEB_PAGE,
        CUTS_ITS_ANSWER_SHORT,
        SENDS_NOTHING,
        LOSES_ITS_ANSWER,
        NEVER_STOPS,
        REDIRECTS,
        IS_ILL
    }

    private static final long HUNDRED_MEGABYTES = 100L * 1024 * 1024;
    private static final byte[] BLOCK = new byte[64 * 1024];
    private static final String ARC = "2.16.840.1.113733.1.9.";

    private final TestCa root = TestCa.root("CN=SCEP Test Root", Instant.now());
    private final TestCa issuing = root.intermediate("CN=SCEP Test Issuing");
    private final KeyPair raKey = TestKeys.fresh(KeySpec.RSA_2048);
    private final X509Certificate ra = authority("CN=SCEP Test RA", raKey);
    private final KeyPair strangerKey = TestKeys.fresh(KeySpec.RSA_2048);
    private final HttpServer server;
    private final Map<String, X509Certificate> issued = new HashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, SubjectPublicKeyInfo> begun = new HashMap<>();
    private volatile Mood mood = Mood.ISSUES;
    private volatile Mood renewing = Mood.ISSUES;
    private volatile Predicate<String> challenges = challenge -> true;
    private volatile String capabilities = "AES\nPOSTPKIOperation\nSHA-256\nSCEPStandard\n";

    TestScepServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    private X509Certificate authority(String name, KeyPair key) {
        TestCertificate draft = issuing.leaf()
                .noSan()
                .subject(name)
                .extendedKeyUsage(KeyPurposeId.id_kp_cmcRA)
                .keyUsage(0xA0)
                .key(key);
        return draft.certificate();
    }

    TestCa root() {
        return root;
    }

    int port() {
        return server.getAddress().getPort();
    }

    void be(Mood next) {
        mood = next;
    }

    /** What renewals get while others get what the mood is. */
    void renew(Mood next) {
        renewing = next;
    }

    /** Which challenges first requests may have; one that is absent is empty. */
    void take(Predicate<String> taken) {
        challenges = taken;
    }

    TestCa issuing() {
        return issuing;
    }

    void say(String words) {
        capabilities = words;
    }

    /** Method, operation and message type of each question, with the cipher of its content. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    int issued() {
        return issued.size();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (mood == Mood.TAKES_NO_CALLS) {
                return;
            }
            Map<String, String> query = queryOf(exchange);
            String operation = query.getOrDefault("operation", "");
            switch (operation) {
                case "GetCACaps" -> send(exchange, "text/plain", capabilities.getBytes(StandardCharsets.US_ASCII));
                case "GetCACert" -> send(exchange, "application/x-x509-ca-ra-cert", bundle(ra, issuing.certificate()));
                default -> operate(exchange, query);
            }
        } catch (Exception failed) {
            throw new IOException(failed);
        }
    }

    private void operate(HttpExchange exchange, Map<String, String> query) throws Exception {
        byte[] message = exchange.getRequestMethod().equals("POST")
                ? exchange.getRequestBody().readAllBytes()
                : Base64.getDecoder().decode(query.getOrDefault("message", ""));
        byte[] reply = replyTo(exchange.getRequestMethod(), message);
        switch (mood) {
            case SENDS_A_WEB_PAGE ->
                send(exchange, "text/html", "<html>sorry</html>".getBytes(StandardCharsets.US_ASCII));
            case CUTS_ITS_ANSWER_SHORT ->
                send(exchange, "application/x-pki-message", Arrays.copyOf(reply, reply.length / 2));
            case SENDS_NOTHING -> send(exchange, "application/x-pki-message", new byte[0]);
            case IS_ILL -> exchange.sendResponseHeaders(500, -1);
            case REDIRECTS -> {
                exchange.getResponseHeaders().set("Location", "http://elsewhere.certwright.test/");
                exchange.sendResponseHeaders(302, -1);
            }
            case NEVER_STOPS -> {
                exchange.sendResponseHeaders(200, HUNDRED_MEGABYTES);
                for (long sent = 0; sent < HUNDRED_MEGABYTES; sent += BLOCK.length) {
                    exchange.getResponseBody().write(BLOCK);
                }
            }
            case LOSES_ITS_ANSWER -> exchange.close();
            default -> send(exchange, "application/x-pki-message", reply);
        }
    }

    private byte[] replyTo(String method, byte[] message) throws Exception {
        CMSSignedData signed = new CMSSignedData(message);
        SignerInformation signer = signed.getSignerInfos().iterator().next();
        X509CertificateHolder own =
                signed.getCertificates().getMatches(null).iterator().next();
        if (!signer.verify(new JcaSimpleSignerInfoVerifierBuilder()
                .setProvider(BouncyCastle.provider())
                .build(own))) {
            throw new IOException("the signature of a message is wrong");
        }
        String type = text(signer, 2);
        String transaction = text(signer, 7);
        CMSEnvelopedData sealed =
                new CMSEnvelopedData((byte[]) signed.getSignedContent().getContent());
        byte[] content = sealed.getRecipientInfos()
                .iterator()
                .next()
                .getContent(new JceKeyTransEnvelopedRecipient(raKey.getPrivate()).setProvider(BouncyCastle.provider()));
        boolean aes = sealed.getEncryptionAlgOID().equals(CMSAlgorithm.AES128_CBC.getId());
        asked.add(method + " " + type + (aes ? " AES" : " 3DES"));
        Mood now = type.equals("17") ? renewing : mood;
        byte[] nonce = ASN1OctetString.getInstance(value(signer, 5)).getOctets();
        if (type.equals("20")) {
            boolean same = own.getSubjectPublicKeyInfo().equals(begun.get(transaction));
            return reply(now, transaction, nonce, own, same ? issued.get(transaction) : null);
        }
        boolean may = type.equals("17") ? isOurs(own) : challenges.test(challengeIn(content));
        if (may && now != Mood.FAILS) {
            begun.putIfAbsent(transaction, own.getSubjectPublicKeyInfo());
            issued.computeIfAbsent(transaction, absent -> leafFor(content));
        }
        return reply(may ? now : Mood.FAILS, transaction, nonce, own, issued.get(transaction));
    }

    // The library takes nothing else.
    @SuppressWarnings("JavaUtilDate")
    private boolean isOurs(X509CertificateHolder old) throws Exception {
        return old.isValidOn(new Date())
                && old.isSignatureValid(new JcaContentVerifierProviderBuilder()
                        .setProvider(BouncyCastle.provider())
                        .build(issuing.certificate()));
    }

    private static String challengeIn(byte[] csr) throws IOException {
        var found =
                new PKCS10CertificationRequest(csr).getAttributes(PKCSObjectIdentifiers.pkcs_9_at_challengePassword);
        return found.length == 0 ? "" : ((ASN1String) found[0].getAttrValues().getObjectAt(0)).getString();
    }

    private X509Certificate leafFor(byte[] csr) {
        try {
            PKCS10CertificationRequest request = new PKCS10CertificationRequest(csr);
            return issuing.leaf("wsus.certwright.test", "wsus2.certwright.test")
                    .publicKey(request.getSubjectPublicKeyInfo().getEncoded())
                    .certificate();
        } catch (IOException malformed) {
            throw new java.io.UncheckedIOException(malformed);
        }
    }

    private byte[] reply(Mood now, String transaction, byte[] nonce, X509CertificateHolder to, X509Certificate leaf)
            throws Exception {
        boolean unknown = leaf == null;
        String status = now == Mood.FAILS || unknown ? "2" : now == Mood.PENDS ? "3" : "0";
        ASN1EncodableVector all = new ASN1EncodableVector();
        all.add(attribute(2, new DERPrintableString("3")));
        all.add(attribute(3, new DERPrintableString(status)));
        all.add(attribute(
                7, new DERPrintableString(mood == Mood.ANSWERS_FOR_ANOTHER_TRANSACTION ? "another" : transaction)));
        byte[] other = nonce.clone();
        other[0] ^= 1;
        all.add(attribute(6, new DEROctetString(mood == Mood.REPEATS_ANOTHER_NONCE ? other : nonce)));
        all.add(attribute(5, new DEROctetString(new byte[16])));
        if (status.equals("2")) {
            all.add(attribute(4, new DERPrintableString(unknown && now != Mood.FAILS ? "4" : "2")));
            all.add(new Attribute(
                    new ASN1ObjectIdentifier("1.3.6.1.5.5.7.24.1"),
                    new DERSet(new DERUTF8String("The challenge is used up\nask anew"))));
        }
        CMSSignedDataGenerator signing = new CMSSignedDataGenerator();
        KeyPair signer = mood == Mood.IS_SIGNED_BY_A_STRANGER ? strangerKey : raKey;
        signing.addSignerInfoGenerator(new JcaSimpleSignerInfoGeneratorBuilder()
                .setProvider(BouncyCastle.provider())
                .setSignedAttributeGenerator(new AttributeTable(all))
                .build("SHA256withRSA", signer.getPrivate(), ra));
        byte[] content = status.equals("0") ? sealed(leaf, to) : new byte[0];
        return signing.generate(new CMSProcessableByteArray(content), true).getEncoded();
    }

    private byte[] sealed(X509Certificate leaf, X509CertificateHolder to) throws Exception {
        X509Certificate given = mood == Mood.GIVES_A_CERTIFICATE_FOR_ANOTHER_KEY ? ra : leaf;
        CMSEnvelopedDataGenerator sealing = new CMSEnvelopedDataGenerator();
        sealing.addRecipientInfoGenerator(new JceKeyTransRecipientInfoGenerator(
                        new org.bouncycastle.cert.jcajce.JcaX509CertificateConverter().getCertificate(to))
                .setProvider(BouncyCastle.provider()));
        return sealing.generate(
                        new CMSProcessableByteArray(bundle(issuing.certificate(), given, root.certificate())),
                        new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES128_CBC)
                                .setProvider(BouncyCastle.provider())
                                .build())
                .getEncoded();
    }

    private static byte[] bundle(X509Certificate... certificates) throws Exception {
        CMSSignedDataGenerator degenerate = new CMSSignedDataGenerator();
        degenerate.addCertificates(new JcaCertStore(List.of(certificates)));
        return degenerate.generate(new CMSAbsentContent()).getEncoded();
    }

    private static Attribute attribute(int last, ASN1Encodable value) {
        return new Attribute(new ASN1ObjectIdentifier(ARC + last), new DERSet(value));
    }

    private static ASN1Encodable value(SignerInformation signer, int last) {
        return signer.getSignedAttributes()
                .get(new ASN1ObjectIdentifier(ARC + last))
                .getAttrValues()
                .getObjectAt(0);
    }

    private static String text(SignerInformation signer, int last) {
        return DERPrintableString.getInstance(value(signer, last)).getString();
    }

    private static Map<String, String> queryOf(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        for (String pair : exchange.getRequestURI().getRawQuery().split("&", -1)) {
            String[] sides = pair.split("=", 2);
            query.put(sides[0], URLDecoder.decode(sides[sides.length - 1], StandardCharsets.US_ASCII));
        }
        return query;
    }

    private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
