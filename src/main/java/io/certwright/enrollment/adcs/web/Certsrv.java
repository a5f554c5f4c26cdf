package io.certwright.enrollment.adcs.web;

import io.certwright.certificate.Printable;
import io.certwright.crypto.CertificateFiles;
import io.certwright.crypto.ChainOrder;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.adcs.AdcsParts;
import io.certwright.enrollment.adcs.access.Answer;
import io.certwright.enrollment.adcs.access.Wire;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.net.http.HttpRequest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** The pages and files of one certsrv, each held to its type. */
final class Certsrv {
    private static final int MOST_BYTES = 1024 * 1024;
    /** Its pages come with status 200, whatever they tell. */
    private static final String NO_TYPE_OF_FAILURES = "none";

    private static final String PAGE = "text/html";
    private static final String CERTIFICATE = "application/pkix-cert";
    private static final String CHAIN = "application/x-pkcs7-certificates";
    /** Other programs than browsers get certificates under another type. */
    private static final String BROWSER = "Mozilla/5.0 (Certwright)";
    /** Of the CA's own certificates, looked through for the one that signed. */
    private static final int MOST_RENEWALS = 10;

    private final IssuerName issuer;
    private final WebSettings settings;
    private final Wire wire;

    Certsrv(IssuerName issuer, WebSettings settings, AdcsParts parts) {
        this.issuer = issuer;
        this.settings = settings;
        this.wire = new Wire(
                issuer, settings.url(), settings.access(), settings.login(), parts, MOST_BYTES, NO_TYPE_OF_FAILURES);
    }

    /** From here on the CA may hold the request. */
    Answer submit(String form) throws LifecycleException {
        return wire.ask(request("certfnsh.asp")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    /** The certificate of a request, or a page that says why there is none. */
    Answer retrieve(String number) throws LifecycleException {
        return look("certnew.cer?ReqID=" + number + "&Enc=b64");
    }

    static boolean isCertificate(Answer answer) {
        return answer.mediaType().equals(CERTIFICATE);
    }

    /** Throws where it is anything but a page of certsrv. */
    WebPage pageIn(Answer answer) throws LifecycleException {
        if (!answer.mediaType().equals(PAGE)) {
            throw malformed("of type " + Printable.quote(answer.mediaType()) + ", wanted a page");
        }
        WebPage page = WebPage.of(answer.text());
        if (!page.isOfCertsrv()) {
            throw malformed("no page of certsrv, it begins " + Printable.quote(page.flatText()));
        }
        return page;
    }

    /** The page on which people choose a template. */
    Answer templates() throws LifecycleException {
        return look("certrqxt.asp");
    }

    /** How often the CA renewed its own certificate, by which its certificates are numbered. */
    int renewals() throws LifecycleException {
        WebPage page = pageIn(look("certcarc.asp"));
        return page.renewals()
                .orElseThrow(() -> malformed("a page that does not number the CA's certificates, it begins "
                        + Printable.quote(page.flatText())));
    }

    /** The CA's certificate after so many renewals, and those above it. */
    List<X509Certificate> authorities(int renewal) throws LifecycleException {
        Answer answer = look("certnew.p7b?ReqID=CACert&Renewal=" + renewal + "&Enc=bin");
        if (!answer.mediaType().equals(CHAIN)) {
            throw malformed("of type " + Printable.quote(answer.mediaType()) + ", wanted " + CHAIN);
        }
        return certificatesIn(answer);
    }

    /** The leaf and certificates of the CA, from the newest back to the one that signed it. */
    List<X509Certificate> chainOf(Answer certificate) throws LifecycleException {
        List<X509Certificate> all = new ArrayList<>(certificatesIn(certificate));
        int newest = renewals();
        for (int renewal = newest; renewal >= 0 && renewal > newest - MOST_RENEWALS && !endsKnown(all); renewal--) {
            all.addAll(authorities(renewal));
        }
        return all;
    }

    private static boolean endsKnown(List<X509Certificate> all) {
        List<X509Certificate> others = all.subList(1, all.size());
        return ChainOrder.upTo(others, all.get(0), others).size() > 1;
    }

    private List<X509Certificate> certificatesIn(Answer answer) throws LifecycleException {
        try {
            return CertificateFiles.parse("its file", answer.body()).certificates();
        } catch (LifecycleException garbage) {
            throw new LifecycleException(
                    FailureKind.MALFORMED_ANSWER,
                    "CA_ANSWER_MALFORMED",
                    sentence("said to be a certificate and is none (" + Printable.escape(garbage.getMessage(), 200)
                            + ")"),
                    garbage);
        }
    }

    private Answer look(String name) throws LifecycleException {
        return wire.look(request(name).GET());
    }

    private HttpRequest.Builder request(String name) {
        return HttpRequest.newBuilder(settings.page(name)).header("User-Agent", BROWSER);
    }

    LifecycleException malformed(String what) {
        return new LifecycleException(FailureKind.MALFORMED_ANSWER, "CA_ANSWER_MALFORMED", sentence(what));
    }

    private String sentence(String what) {
        return "issuer " + issuer + ": the answer of certsrv is " + what
                + "; check url, and look at the CA for what it issued";
    }
}
