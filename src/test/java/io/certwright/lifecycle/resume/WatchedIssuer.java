package io.certwright.lifecycle.resume;

import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.EnrollmentResult;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.LooksUpAnswers;
import io.certwright.enrollment.RequestId;
import io.certwright.enrollment.builtin.BuiltinIssuer;
import io.certwright.failure.LifecycleException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Tells the moment at which an answer has come and nobody has written it down yet. */
record WatchedIssuer(BuiltinIssuer issuer, Moments moments) implements Issuer, LooksUpAnswers {
    @Override
    public EnrollmentResult request(EnrollmentRequest request) throws LifecycleException {
        EnrollmentResult answer = issuer.request(request);
        moments.pass("answered");
        return answer;
    }

    @Override
    public Optional<EnrollmentResult> lookUp(EnrollmentRequest request) throws LifecycleException {
        Optional<EnrollmentResult> found = issuer.lookUp(request);
        if (found.isPresent()) {
            moments.pass("answered");
        }
        return found;
    }

    @Override
    public EnrollmentResult collect(EnrollmentRequest request, RequestId id) throws LifecycleException {
        return issuer.collect(request, id);
    }

    @Override
    public IssuerName name() {
        return issuer.name();
    }

    @Override
    public String type() {
        return issuer.type();
    }

    @Override
    public List<X509Certificate> anchors() throws LifecycleException {
        return issuer.anchors();
    }

    @Override
    public List<X509Certificate> intermediates() throws LifecycleException {
        return issuer.intermediates();
    }

    @Override
    public String test() throws LifecycleException {
        return issuer.test();
    }
}
