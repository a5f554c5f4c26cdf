package io.certwright.enrollment.adcs.ces;

import com.sun.net.httpserver.HttpExchange;
import io.certwright.enrollment.adcs.TestAdcs;
import io.certwright.enrollment.adcs.TestIis;
import io.certwright.enrollment.adcs.TestIis.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * CEP and CES as MS-XCEP and MS-WSTEP describe them, read and written with other means than the client's: DOM and templates of text. Takes a
 * user name and password in the message, or lets the door before it decide.
 */
final class TestCes implements TestIis.Application {
    static final String SERVICE = "/Contoso-CA_CES_UsernamePassword/service.svc/CES";
    static final String POLICY = "/ADPolicyProvider_CEP_UsernamePassword/service.svc/CEP";

    private static final String TRUST = "http://docs.oasis-open.org/ws-sx/ws-trust/200512";
    private static final String SECEXT =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    private static final String ENROLLMENT = "http://schemas.microsoft.com/windows/pki/2009/01/enrollment";
    private static final String SOAP = "http://www.w3.org/2003/05/soap-envelope";
    private static final String ADDRESSING = "http://www.w3.org/2005/08/addressing";

    private final TestAdcs ca;
    private final List<String> kinds = new CopyOnWriteArrayList<>();
    private volatile Optional<String> account = Optional.empty();
    private volatile Optional<Reply> instead = Optional.empty();
    private volatile boolean caIsDown;
    private volatile String template = template("WebServer", true, 2048, 1);

    TestCes(TestAdcs ca) {
        this.ca = ca;
    }

    /** Wants this name and password, joined by a colon, in each message. */
    void know(String nameAndPassword) {
        account = Optional.of(nameAndPassword);
    }

    void loseTheCa(boolean lost) {
        caIsDown = lost;
    }

    /** Answers requests, not policies, so. */
    void answerInstead(Reply reply) {
        instead = Optional.of(reply);
    }

    void offer(String templateXml) {
        template = templateXml;
    }

    /** {@code policies}, {@code issue PKCS10}, {@code renew PKCS7}, {@code query}, in order. */
    List<String> kinds() {
        return List.copyOf(kinds);
    }

    @Override
    public Reply answer(HttpExchange exchange, byte[] body) throws IOException {
        Element envelope = parsed(body).getDocumentElement();
        String id = text(envelope, ADDRESSING, "MessageID");
        boolean soap = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"))
                .startsWith("application/soap+xml");
        if (!soap || !id.startsWith("urn:uuid:")) {
            return fault(id, "s:Sender", "", "no SOAP 1.2 message", "");
        }
        if (account.isPresent()
                && !account.get()
                        .equals(text(envelope, SECEXT, "Username") + ":" + text(envelope, SECEXT, "Password"))) {
            return fault(id, "s:Sender", "o:FailedAuthentication", "The user name or password is not known here.", "");
        }
        String to = exchange.getRequestURI().getPath();
        if (!text(envelope, ADDRESSING, "To").endsWith(to)) {
            return fault(id, "s:Sender", "a:DestinationUnreachable", "addressed to another service", "");
        }
        if (to.equals(POLICY)) {
            kinds.add("policies");
            return ok(id, policies());
        }
        return enrolled(envelope, id);
    }

    private Reply enrolled(Element envelope, String id) throws IOException {
        String type = text(envelope, TRUST, "RequestType");
        if (type.endsWith("/QueryTokenStatus")) {
            kinds.add("query");
            return queried(text(envelope, ENROLLMENT, "RequestID"), id);
        }
        if (!type.equals(TRUST + "/Issue")) {
            return fault(id, "s:Sender", "", "a request type that MS-WSTEP does not have", "");
        }
        if (caIsDown) {
            return fault(id, "s:Receiver", "", "The RPC server is unavailable.", detail(0x800706BA, 0));
        }
        Element token = element(envelope, SECEXT, "BinarySecurityToken");
        String valueType = token.getAttribute("ValueType");
        byte[] sent = Base64.getDecoder().decode(token.getTextContent());
        byte[] csr = valueType.endsWith("#PKCS7") ? renewed(sent) : sent;
        kinds.add(valueType.endsWith("#PKCS7") ? "renew PKCS7" : "issue PKCS10");
        TestAdcs.Row row =
                ca.submit(csr, text(envelope, "http://schemas.xmlsoap.org/ws/2006/12/authorization", "Value"));
        return instead.isPresent() ? instead.get() : told(row, id);
    }

    /** The PKCS#10 within, if the certificate that it names signed around it and came from this CA. */
    private byte[] renewed(byte[] cms) throws IOException {
        try {
            CMSSignedData signed = new CMSSignedData(cms);
            byte[] csr = (byte[]) signed.getSignedContent().getContent();
            Attribute[] named =
                    new PKCS10CertificationRequest(csr).getAttributes(new ASN1ObjectIdentifier("1.3.6.1.4.1.311.13.1"));
            X509Certificate old = new JcaX509CertificateConverter()
                    .getCertificate(
                            new X509CertificateHolder(Certificate.getInstance(named[0].getAttributeValues()[0])));
            SignerInformation signer =
                    signed.getSignerInfos().getSigners().iterator().next();
            old.verify(ca.authorities(1).get(0).getPublicKey());
            if (!signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(old))) {
                throw new IOException("not signed by the certificate that it names");
            }
            return csr;
        } catch (CMSException | OperatorCreationException | GeneralSecurityException garbage) {
            throw new IOException(garbage);
        }
    }

    private Reply queried(String number, String id) throws IOException {
        Optional<TestAdcs.Row> row = ca.find(Integer.parseInt(number));
        return row.isPresent()
                ? told(row.get(), id)
                : fault(id, "s:Receiver", "", "The requested property value is empty.", detail(0x80094004, 0));
    }

    private Reply told(TestAdcs.Row row, String id) throws IOException {
        if (row.isIssued()) {
            return ok(
                    id,
                    collection(
                            row,
                            token("#PKCS7", TestAdcs.pkcs7(row.issued())),
                            "<RequestedSecurityToken>"
                                    + token(
                                            "oasis-200401-wss-x509-token-profile-1.0#X509v3",
                                            encoded(row.issued().get(0)))
                                    + "</RequestedSecurityToken>"));
        }
        return row.isPending()
                ? ok(
                        id,
                        collection(
                                row,
                                token("#PKCS7", new byte[] {0x30, 0}),
                                "<RequestedSecurityToken>"
                                        + "<SecurityTokenReference xmlns=\"" + SECEXT
                                        + "\"><Reference URI=\"https://ca\"/>"
                                        + "</SecurityTokenReference></RequestedSecurityToken>"))
                : fault(id, "s:Receiver", "", row.message(), detail(row.status(), row.number()));
    }

    private static String collection(TestAdcs.Row row, String whole, String requested) {
        return "<RequestSecurityTokenResponseCollection xmlns=\"" + TRUST
                + "\"><RequestSecurityTokenResponse><TokenType>t"
                + "</TokenType><DispositionMessage xml:lang=\"de-DE\" xmlns=\"" + ENROLLMENT + "\">" + row.message()
                + "</DispositionMessage>" + whole + requested + "<RequestID xmlns=\"" + ENROLLMENT + "\">"
                + row.number()
                + "</RequestID></RequestSecurityTokenResponse></RequestSecurityTokenResponseCollection>";
    }

    static String token(String valueType, byte[] content) {
        return "<BinarySecurityToken ValueType=\"" + valueType + "\" EncodingType=\"base64binary\" xmlns=\"" + SECEXT
                + "\">"
                + Base64.getMimeEncoder(64, new byte[] {'\r', '\n'})
                        .encodeToString(content)
                        .replace("\r", "&#xD;")
                + "</BinarySecurityToken>";
    }

    private static byte[] encoded(X509Certificate certificate) throws IOException {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IOException(impossible);
        }
    }

    private String policies() {
        String xcep = "http://schemas.microsoft.com/windows/pki/2009/01/enrollmentpolicy";
        return "<GetPoliciesResponse xmlns=\"" + xcep + "\"><response><policyID>{1}</policyID><policies>"
                + template("User", true, 2048, 0) + template
                + "</policies></response><cAs/><oIDs/></GetPoliciesResponse>";
    }

    static String template(String name, boolean enroll, int bits, int nameFlags) {
        return "<policy><policyOIDReference>1</policyOIDReference><attributes><commonName>" + name + "</commonName>"
                + "<permission><enroll>" + enroll + "</enroll><autoEnroll>false</autoEnroll></permission>"
                + "<privateKeyAttributes><minimalKeyLength>" + bits + "</minimalKeyLength></privateKeyAttributes>"
                + "<subjectNameFlags>" + nameFlags + "</subjectNameFlags></attributes></policy>";
    }

    private static String detail(int code, int number) {
        return "<s:Detail><CertificateEnrollmentWSDetail xmlns=\"" + ENROLLMENT + "\"><BinaryResponse/><ErrorCode>"
                + code
                + "</ErrorCode><InvalidRequest>true</InvalidRequest><RequestID>" + number
                + "</RequestID></CertificateEnrollmentWSDetail></s:Detail>";
    }

    private static Reply ok(String id, String body) {
        return new Reply(200, "application/soap+xml; charset=utf-8", envelope(id, body));
    }

    static Reply fault(String id, String code, String subcode, String reason, String detail) {
        String inner = subcode.isEmpty() ? "" : "<s:Subcode><s:Value>" + subcode + "</s:Value></s:Subcode>";
        return new Reply(
                500,
                "application/soap+xml; charset=utf-8",
                envelope(
                        id,
                        "<s:Fault><s:Code><s:Value>" + code + "</s:Value>" + inner + "</s:Code><s:Reason><s:Text"
                                + " xml:lang=\"en-US\">" + reason + "</s:Text></s:Reason>" + detail + "</s:Fault>"));
    }

    static byte[] envelope(String id, String body) {
        return ("<s:Envelope xmlns:s=\"" + SOAP + "\" xmlns:a=\"" + ADDRESSING + "\"><s:Header><a:Action>x</a:Action>"
                        + "<a:RelatesTo>" + id + "</a:RelatesTo></s:Header><s:Body>" + body + "</s:Body></s:Envelope>")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static Document parsed(byte[] body) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder().parse(new ByteArrayInputStream(body));
        } catch (ParserConfigurationException | SAXException garbage) {
            throw new IOException(garbage);
        }
    }

    private static Element element(Element within, String namespace, String name) throws IOException {
        Node found = within.getElementsByTagNameNS(namespace, name).item(0);
        if (found == null) {
            throw new IOException("the message has no " + name);
        }
        return (Element) found;
    }

    private static String text(Element within, String namespace, String name) {
        Node found = within.getElementsByTagNameNS(namespace, name).item(0);
        return found == null ? "" : found.getTextContent();
    }
}
