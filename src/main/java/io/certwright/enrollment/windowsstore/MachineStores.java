package io.certwright.enrollment.windowsstore;

import io.certwright.failure.LifecycleException;
import io.certwright.windows.Answers;
import io.certwright.windows.StoreCall.CertificateInStore;
import io.certwright.windows.StoreCall.GetStoredCertificates;
import io.certwright.windows.StoreName;
import io.certwright.windows.WindowsHost;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** One look at what a host holds: certificates with their keys, and what completes their chains. */
record MachineStores(List<Candidate> personal, List<X509Certificate> intermediates) {
    private static final GetStoredCertificates PERSONAL = new GetStoredCertificates(StoreName.MY);
    private static final GetStoredCertificates INTERMEDIATES = new GetStoredCertificates(StoreName.CA);

    static MachineStores of(WindowsHost host) throws LifecycleException {
        Answers seen = host.perform(List.of(PERSONAL, INTERMEDIATES));
        List<Candidate> personal = new ArrayList<>();
        for (CertificateInStore each : seen.of(PERSONAL).certificates()) {
            personal.add(Candidate.of(each.certificate(), each.hasKey()));
        }
        List<X509Certificate> intermediates = new ArrayList<>();
        for (CertificateInStore each : seen.of(INTERMEDIATES).certificates()) {
            intermediates.add(each.certificate());
        }
        return new MachineStores(List.copyOf(personal), List.copyOf(intermediates));
    }

    List<X509Certificate> certificates() {
        return personal.stream().map(Candidate::certificate).toList();
    }
}
