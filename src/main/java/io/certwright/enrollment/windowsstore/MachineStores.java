package io.certwright.enrollment.windowsstore;

import io.certwright.certificate.Thumbprint;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.Answers;
import io.certwright.windows.StoreCall.CertificateInStore;
import io.certwright.windows.StoreCall.GetStoredCertificates;
import io.certwright.windows.StoreName;
import io.certwright.windows.WindowsHost;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * One look at what a host holds: certificates with their keys, and what completes their chains.
 *
 * @param unreadable what lies among the certificates and is none that could be read
 */
record MachineStores(List<Candidate> personal, List<X509Certificate> intermediates, List<Thumbprint> unreadable) {
    private static final GetStoredCertificates PERSONAL = new GetStoredCertificates(StoreName.MY);
    private static final GetStoredCertificates INTERMEDIATES = new GetStoredCertificates(StoreName.CA);

    static MachineStores of(WindowsHost host) throws LifecycleException {
        Answers seen = host.perform(List.of(PERSONAL, INTERMEDIATES));
        List<Candidate> personal = new ArrayList<>();
        List<Thumbprint> unreadable = new ArrayList<>();
        for (CertificateInStore each : seen.of(PERSONAL).certificates()) {
            try {
                personal.add(Candidate.of(each.certificate(), each.hasKey()));
            } catch (LifecycleException odd) {
                unreadable.add(each.thumbprint());
            }
        }
        return new MachineStores(List.copyOf(personal), seen.of(INTERMEDIATES).readable(), List.copyOf(unreadable));
    }

    List<X509Certificate> certificates() {
        return personal.stream().map(Candidate::certificate).toList();
    }
}
