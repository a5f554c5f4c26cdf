package io.certwright.enrollment.adcs.web;

import io.certwright.certificate.Printable;
import io.certwright.crypto.CertificateFiles;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.EnrollmentResult;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.LooksUpAnswers;
import io.certwright.enrollment.RequestId;
import io.certwright.enrollment.adcs.AdcsParts;
import io.certwright.enrollment.adcs.RequestDesk;
import io.certwright.enrollment.adcs.access.Answer;
import io.certwright.failure.LifecycleException;
import io.certwright.http.ServerClock;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** A CA of AD CS, asked by its web pages. */
public final class AdcsWebIssuer implements Issuer, LooksUpAnswers {
    private final IssuerName name;
    private final WebSettings settings;
    private final AdcsParts parts;
    private final Certsrv certsrv;
    private final RequestDesk desk;

    public AdcsWebIssuer(IssuerName name, WebSettings settings, AdcsParts parts) {
        this.name = name;
        this.settings = settings;
        this.parts = parts;
        this.certsrv = new Certsrv(name, settings, parts);
        this.desk =
                new RequestDesk(name, new WebCounter(name, settings.template(), certsrv), parts, settings.askAgain());
    }

    @Override
    public IssuerName name() {
        return name;
    }

    @Override
    public String type() {
        return "adcs-web";
    }

    @Override
    public EnrollmentResult request(EnrollmentRequest request) throws LifecycleException {
        return desk.request(request);
    }

    @Override
    public EnrollmentResult collect(EnrollmentRequest request, RequestId id) throws LifecycleException {
        return desk.collect(request, id);
    }

    @Override
    public Optional<EnrollmentResult> lookUp(EnrollmentRequest request) throws LifecycleException {
        return desk.lookUp(request);
    }

    /** From the files of the settings: the pages are no way to learn whom to trust. */
    @Override
    public List<X509Certificate> anchors() throws LifecycleException {
        return CertificateFiles.readAll(settings.anchors());
    }

    @Override
    public Optional<String> template() {
        return Optional.of(settings.template().value());
    }

    /** Server, credentials, the CA's newest certificate, and what the pages say of the template. */
    @Override
    public String test() throws LifecycleException {
        int renewals = certsrv.renewals();
        X509Certificate authority = RequestDesk.requireValid(
                name, certsrv.authorities(renewals), parts.clock().instant());
        Answer templates = certsrv.templates();
        return "adcs-web issuer " + name + ": " + settings.url() + " takes us and answers for "
                + Printable.quote(authority.getSubjectX500Principal().getName()) + ", renewed " + renewals
                + " times, valid until " + authority.getNotAfter().toInstant()
                + "; " + OfferedTemplates.in(certsrv.pageIn(templates)).wordsAbout(settings.template())
                + ServerClock.appended(
                        ServerClock.skewIn(templates.headers(), parts.clock().instant()));
    }
}
