package io.certwright.enrollment.est;

import io.certwright.enrollment.AnswerLostException;
import io.certwright.enrollment.EnrollmentRequest;
import io.certwright.enrollment.RequestId;
import io.certwright.failure.LifecycleException;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * One way of asking an EST server for a certificate, over a connection that has answered already.
 *
 * @param renewal by {@code simplereenroll}, as the certificate that is to be replaced; else by {@code simpleenroll}
 * @param authorities the CA's certificates
 */
record Approach(boolean renewal, EstWire wire, List<X509Certificate> authorities) {
    private static final String RENEWAL = "simplereenroll ";

    /** From here on the CA may have the request, whatever becomes of the answer. */
    HttpResponse<byte[]> ask(EnrollmentRequest request) throws AnswerLostException {
        byte[] csr = request.csr().der();
        try {
            return renewal ? wire.renew(csr) : wire.enroll(csr);
        } catch (LifecycleException failed) {
            throw AnswerLostException.after(failed);
        }
    }

    /** The protocol names no request: what is pending is asked again by the same operation (RFC 7030, 4.2.3), so that one is remembered. */
    RequestId idOf(EnrollmentRequest request) {
        return new RequestId((renewal ? RENEWAL : "") + request.csr().sha256());
    }

    static boolean isOfRenewal(RequestId id) {
        return id.value().startsWith(RENEWAL);
    }
}
