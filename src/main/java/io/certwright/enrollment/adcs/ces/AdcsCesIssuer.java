package io.certwright.enrollment.adcs.ces;

import io.certwright.crypto.CertificateFiles;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.EnrollmentResult;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.LooksUpAnswers;
import io.certwright.enrollment.RequestId;
import io.certwright.enrollment.adcs.AdcsParts;
import io.certwright.enrollment.adcs.RequestDesk;
import io.certwright.failure.LifecycleException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** A CA of AD CS, asked by its enrollment web services. */
public final class AdcsCesIssuer implements Issuer, LooksUpAnswers {
    private final IssuerName name;
    private final CesSettings settings;
    private final CesCounter counter;
    private final RequestDesk desk;

    public AdcsCesIssuer(IssuerName name, CesSettings settings, AdcsParts parts) {
        this.name = name;
        this.settings = settings;
        this.counter = new CesCounter(name, settings, parts);
        this.desk = new RequestDesk(name, counter, parts, settings.askAgain());
    }

    @Override
    public IssuerName name() {
        return name;
    }

    @Override
    public String type() {
        return "adcs-ces";
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

    /** From the files of the settings: the services are no way to learn whom to trust. */
    @Override
    public List<X509Certificate> anchors() throws LifecycleException {
        return CertificateFiles.readAll(settings.anchors());
    }

    @Override
    public Optional<String> template() {
        return Optional.of(settings.template().value());
    }

    @Override
    public String test() throws LifecycleException {
        return "adcs-ces issuer " + name + ": " + settings.url() + " takes us; " + counter.test();
    }
}
