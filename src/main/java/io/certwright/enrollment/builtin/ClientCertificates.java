package io.certwright.enrollment.builtin;

import java.security.cert.X509Certificate;
import java.util.List;

/** The CA certificates that clients should have now, those included that will sign soon. */
public record ClientCertificates(List<X509Certificate> anchors, List<X509Certificate> intermediates) {
    public ClientCertificates {
        anchors = List.copyOf(anchors);
        intermediates = List.copyOf(intermediates);
    }
}
