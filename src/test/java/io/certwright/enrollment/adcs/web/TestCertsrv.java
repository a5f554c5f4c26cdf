package io.certwright.enrollment.adcs.web;

import com.sun.net.httpserver.HttpExchange;
import io.certwright.enrollment.adcs.TestAdcs;
import io.certwright.enrollment.adcs.TestIis;
import io.certwright.enrollment.adcs.TestIis.Reply;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The pages of certsrv as its documentation and its known clients describe them, in English or as another Windows would have them. */
final class TestCertsrv implements TestIis.Application {
    /** In which language it speaks. */
    enum Language {
        ENGLISH,
        GERMAN
    }

    private final TestAdcs ca;
    private volatile Language language = Language.ENGLISH;
    private volatile boolean caIsDown;
    private volatile String templates = offering("O;WebServer", "E;Machine");

    TestCertsrv(TestAdcs ca) {
        this.ca = ca;
    }

    void speak(Language next) {
        language = next;
    }

    /** In the list of templates: where names come from, and the internal name. */
    void offer(String... offers) {
        templates = offering(offers);
    }

    private static String offering(String... offers) {
        StringBuilder options = new StringBuilder("<Select Name=lbCertTemplate ID=lbCertTemplateID>");
        for (String offer : offers) {
            options.append("<Option Value=\"").append(offer).append(";1;134217728;RSA\">What consoles display\r\n");
        }
        return options + "</Select>";
    }

    void loseTheCa(boolean lost) {
        caIsDown = lost;
    }

    @Override
    public Reply answer(HttpExchange exchange, byte[] body) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Map<String, String> query = pairs(exchange.getRequestURI().getRawQuery());
        boolean browser = String.valueOf(exchange.getRequestHeaders().getFirst("User-Agent"))
                .startsWith("Mozilla/");
        return switch (path.substring(path.lastIndexOf('/') + 1)) {
            case "certcarc.asp" ->
                page("<Script Language=\"JavaScript\">\nvar nRenewals=" + ca.renewalsOfItsOwn()
                        + ";\n</Script><P>Download a CA Certificate, Certificate Chain, or CRL</P>");
            case "certrqxt.asp" -> page(templates);
            case "certfnsh.asp" -> submitted(pairs(new String(body, StandardCharsets.US_ASCII)));
            case "certnew.cer" -> certificate(query, browser);
            case "certnew.p7b" ->
                new Reply(
                        200,
                        browser ? "application/x-pkcs7-certificates" : "application/octet-stream",
                        TestAdcs.pkcs7(ca.authorities(Integer.parseInt(query.get("Renewal")))));
            default -> Reply.text(404, "text/html", "<h2>404</h2>");
        };
    }

    private Reply submitted(Map<String, String> form) throws IOException {
        boolean complete = "newreq".equals(form.get("Mode"))
                && "yes".equals(form.get("SaveCert"))
                && "0".equals(form.get("TargetStoreFlags"))
                && form.containsKey("FriendlyType");
        if (!complete) {
            return Reply.text(500, "text/html", "<h2>Internal Server Error</h2>");
        }
        if (caIsDown) {
            return failure("(never set)", "(none)", "The RPC server is unavailable. 0x800706ba (WIN32: 1722)");
        }
        String template = form.get("CertAttrib").strip().replaceFirst("^CertificateTemplate:", "");
        byte[] csr = Base64.getMimeDecoder().decode(form.get("CertRequest").replaceAll("-----[A-Z ]+-----", ""));
        TestAdcs.Row row = ca.submit(csr, template);
        if (row.isIssued()) {
            return page("<P ID=locPageTitle>" + said("Certificate Issued", "Zertifikat ausgestellt")
                    + "</P><A Href=\"certnew.cer?ReqID=" + row.number()
                    + "&amp;Enc=b64\">x</A><Script>\nfunction get(enc) {"
                    + "location=\"certnew.cer?ReqID=" + row.number() + "&\"+enc;}</Script>");
        }
        return row.isPending() ? pending(row) : denied(row);
    }

    private Reply pending(TestAdcs.Row row) {
        return page("<P ID=locPageTitle><B>" + said("Certificate Pending", "Zertifikat steht aus") + "</B></P><P>"
                + said(
                        "Your certificate request has been received. Your Request Id is " + row.number() + ".",
                        "Die Zertifikatanforderung wurde empfangen. Die Anforderungskennung lautet " + row.number()
                                + ".")
                + "</P>");
    }

    private Reply denied(TestAdcs.Row row) {
        return page("<P ID=locPageTitle><B>" + said("Certificate Denied", "Zertifikat verweigert") + "</B></P><P>"
                + said(
                        "Your Request Id is " + row.number() + ". The disposition message is \"" + row.message()
                                + "\".",
                        "Die Anforderungskennung lautet " + row.number() + ". Die Meldung lautet \"Verweigert vom"
                                + " Richtlinienmodul  " + String.format(Locale.ROOT, "0x%08x", row.status()) + "\".")
                + "</P>");
    }

    private Reply certificate(Map<String, String> query, boolean browser) throws IOException {
        String number = query.getOrDefault("ReqID", "");
        Optional<TestAdcs.Row> row =
                number.matches("[0-9]{1,9}") ? ca.find(Integer.parseInt(number)) : Optional.empty();
        if (row.isEmpty()) {
            return failure("(never set)", "(none)", "The requested property value is empty. 0x80094004 (-2146877436)");
        }
        if (row.get().isIssued()) {
            X509Certificate leaf = row.get().issued().get(0);
            return Reply.text(
                    200,
                    browser ? "application/pkix-cert" : "application/octet-stream",
                    "-----BEGIN CERTIFICATE-----\r\n" + base64(leaf) + "\r\n-----END CERTIFICATE-----\r\n");
        }
        String status = row.get().status() == 0
                ? said("The operation completed successfully. 0x0 (WIN32: 0)", "Erfolgreich. 0x0 (WIN32: 0)")
                : String.format(
                        Locale.ROOT,
                        "0x%08x (%d)",
                        row.get().status(),
                        row.get().status());
        return failure(
                row.get().isPending() ? "Pending" : "Denied",
                row.get().isPending()
                        ? said(row.get().message(), "Wird noch bearbeitet")
                        : row.get().message(),
                status);
    }

    /** The page that tells an error, with tabs between labels and values. */
    private Reply failure(String disposition, String message, String result) {
        return page("<P ID=locPageTitle><B>" + said("Error", "Fehler") + "</B></P><PRE>\r\n"
                + said("Disposition", "Verfügung") + ":\t\t" + disposition + "\r\n"
                + said("Disposition message", "Verfügungsmeldung") + ":\t\t" + message + "\r\n"
                + said("Result", "Ergebnis") + ":\t\t\t" + result + "\r\n</PRE>");
    }

    private String said(String english, String german) {
        return language == Language.ENGLISH ? english : german;
    }

    private Reply page(String content) {
        return Reply.text(
                200,
                "text/html; charset=utf-8",
                "<HTML><Head><Title>Microsoft Active Directory Certificate Services 2019</Title></Head><Body><A Href=\"/certsrv\">"
                        + said("Home", "Startseite") + "</A>" + content + "</Body></HTML>");
    }

    private static String base64(X509Certificate certificate) throws IOException {
        try {
            return Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
        } catch (CertificateEncodingException impossible) {
            throw new IOException(impossible);
        }
    }

    private static Map<String, String> pairs(String encoded) {
        Map<String, String> pairs = new HashMap<>();
        for (String pair : String.valueOf(encoded).split("&", -1)) {
            int end = pair.indexOf('=');
            if (end > 0) {
                pairs.put(pair.substring(0, end), URLDecoder.decode(pair.substring(end + 1), StandardCharsets.UTF_8));
            }
        }
        return pairs;
    }
}
