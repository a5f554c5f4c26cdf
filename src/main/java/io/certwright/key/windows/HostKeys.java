package io.certwright.key.windows;

import io.certwright.certificate.CertificateSigningRequest;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.Printable;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.crypto.CsrReader;
import io.certwright.crypto.Keys;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.HostCall.GetHostFacts;
import io.certwright.windows.HostFitness;
import io.certwright.windows.RequestCall.HostRequest;
import io.certwright.windows.RequestCall.NewHostRequest;
import io.certwright.windows.WindowsHost;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;

/** Makes keys on one host. Only the CSR comes here, and it is held against what was asked for. */
public final class HostKeys {
    private final WindowsHost host;

    public HostKeys(WindowsHost host) {
        this.host = host;
    }

    /**
     * A new key and its CSR. Each call makes another key; one that nobody records stays on the host as a pending request, without harm.
     */
    public CertificateSigningRequest make(KeySpec spec, SubjectAlternativeNames names) throws LifecycleException {
        HostFitness.require(host.name(), host.perform(new GetHostFacts()));
        HostRequest made = host.perform(new NewHostRequest(CertreqInf.of(names, spec)));
        if (made.exitCode() != 0 || made.request().isBlank()) {
            throw refused(
                    "HOST_REQUEST_FAILED",
                    "certreq -new ended with " + String.format("0x%08X", made.exitCode()) + " and "
                            + (made.request().isBlank() ? "no request" : "a request") + ", saying "
                            + Printable.quote(made.said()) + "; certwright explain CODE says more of the number");
        }
        CertificateSigningRequest request = CsrReader.parse(
                "host " + host.name() + ": what certreq wrote", made.request().getBytes(StandardCharsets.US_ASCII));
        requireAsAsked(request, spec, names);
        return request;
    }

    /** Names the key wherever the host is asked for it: by what is in its certificate, too. */
    public String referenceOf(CertificateSigningRequest request) {
        return host.name() + " " + Sha256Fingerprint.ofDer(request.publicKey()).hex();
    }

    private void requireAsAsked(CertificateSigningRequest request, KeySpec spec, SubjectAlternativeNames names)
            throws LifecycleException {
        Optional<String> fault = CsrReader.faultOf(request);
        if (fault.isPresent()) {
            throw refused("HOST_REQUEST_OTHER", fault.get() + "; make the key here: key: { origin: service }");
        }
        if (!CsrReader.namesOf(request).hasSameNamesAs(names)) {
            throw refused(
                    "HOST_REQUEST_OTHER",
                    "its request is for " + CsrReader.namesOf(request) + ", wanted " + names
                            + "; make the key here: key: { origin: service }");
        }
        Optional<KeySpec> made = specOf(request);
        if (!made.equals(Optional.of(spec))) {
            throw refused(
                    "HOST_REQUEST_OTHER",
                    "its key is of kind " + made.map(KeySpec::toString).orElse("unknown") + ", wanted " + spec
                            + "; set key to what the host makes, or key: { origin: service }");
        }
    }

    private static Optional<KeySpec> specOf(CertificateSigningRequest request) {
        try {
            return Keys.specOf(Keys.publicKey(request.publicKey()));
        } catch (GeneralSecurityException unknown) {
            return Optional.empty();
        }
    }

    private LifecycleException refused(String code, String what) {
        return new LifecycleException(FailureKind.REFUSED, code, "host " + host.name() + ": " + what);
    }
}
