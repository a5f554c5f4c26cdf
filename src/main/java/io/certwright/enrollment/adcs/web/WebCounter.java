package io.certwright.enrollment.adcs.web;

import io.certwright.certificate.Printable;
import io.certwright.crypto.PemCodec;
import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.RequestId;
import io.certwright.enrollment.adcs.Counter;
import io.certwright.enrollment.adcs.Denials;
import io.certwright.enrollment.adcs.Disposition;
import io.certwright.enrollment.adcs.TemplateName;
import io.certwright.enrollment.adcs.access.Answer;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Puts requests by the form of certsrv, and tells its answers apart. */
final class WebCounter implements Counter {
    private final IssuerName issuer;
    private final TemplateName template;
    private final Certsrv certsrv;

    WebCounter(IssuerName issuer, TemplateName template, Certsrv certsrv) {
        this.issuer = issuer;
        this.template = template;
        this.certsrv = certsrv;
    }

    /** Server, credentials and the CA's certificates, so that little is left to fail once the CA is asked. */
    @Override
    public void prepare(EnrollmentRequest request) throws LifecycleException {
        certsrv.authorities(certsrv.renewals());
    }

    @Override
    public Disposition ask(EnrollmentRequest request, Receipt receipt) throws LifecycleException {
        Answer answer = certsrv.submit(formOf(request));
        try {
            return dispositionIn(certsrv.pageIn(answer), receipt);
        } catch (NeverAskedException refused) {
            throw refused;
        } catch (LifecycleException failed) {
            throw AnswerLostException.after(failed);
        }
    }

    private Disposition dispositionIn(WebPage page, Receipt receipt) throws LifecycleException {
        Optional<String> issued = page.issuedNumber();
        if (issued.isPresent()) {
            receipt.keep(new RequestId(issued.get()));
            return collected(issued.get());
        }
        requireReached(page);
        Optional<String> number = page.requestNumber();
        if (number.isPresent()) {
            receipt.keep(new RequestId(number.get()));
        }
        if (page.saysPending()) {
            return new Disposition.UnderSubmission(page.words());
        }
        if (page.saysDenied()) {
            return new Disposition.Refused(page.words(), page.code());
        }
        return collected(number.orElseThrow(() -> certsrv.malformed(
                "a page that says nothing of a request, it begins " + Printable.quote(page.flatText()))));
    }

    @Override
    public Disposition collect(EnrollmentRequest request, RequestId number) throws LifecycleException {
        if (!number.value().matches("[0-9]{1,10}")) {
            throw unknown(number.value());
        }
        return collected(number.value());
    }

    /** Only the type of certificates means that it was issued, and only English words or a code that it was denied. */
    private Disposition collected(String number) throws LifecycleException {
        Answer answer = certsrv.retrieve(number);
        if (Certsrv.isCertificate(answer)) {
            return new Disposition.Given(certsrv.chainOf(answer));
        }
        WebPage page = certsrv.pageIn(answer);
        requireReached(page);
        if (page.saysUnknown()) {
            throw unknown(number);
        }
        return !page.saysPending() && page.saysDenied()
                ? new Disposition.Refused(page.words(), page.code())
                : new Disposition.UnderSubmission(page.words());
    }

    /** The web server may answer though the CA behind it does not. */
    private void requireReached(WebPage page) throws LifecycleException {
        Optional<Integer> code = page.code().filter(Denials::isOutOfReach);
        if (code.isEmpty()) {
            return;
        }
        String sentence =
                "issuer " + issuer + ": certsrv does not reach the CA behind it" + Denials.explanationOf(code.get());
        throw Denials.isNeverAsked(code.get())
                ? new NeverAskedException(sentence)
                : new LifecycleException(FailureKind.UNREACHABLE, "CA_UNREACHABLE", sentence);
    }

    /** The CA certainly holds no request of ours. */
    private static final class NeverAskedException extends LifecycleException {
        private static final long serialVersionUID = 1L;

        NeverAskedException(String sentence) {
            super(FailureKind.UNREACHABLE, "CA_UNREACHABLE", sentence);
        }
    }

    private LifecycleException unknown(String number) {
        return new LifecycleException(
                FailureKind.REFUSED,
                "REQUEST_UNKNOWN",
                "issuer " + issuer + ": the CA has no request " + Printable.quote(number)
                        + "; look there for what became of it, then renew with --force");
    }

    private String formOf(EnrollmentRequest request) {
        return "Mode=newreq"
                + "&CertRequest=" + encoded(PemCodec.request(request.csr()))
                + "&CertAttrib=" + encoded("CertificateTemplate:" + template + "\r\n")
                + "&FriendlyType=" + encoded("Saved-Request Certificate")
                + "&TargetStoreFlags=0"
                + "&SaveCert=yes";
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
