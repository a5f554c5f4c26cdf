package io.certwright.cli;

import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.probe.Endpoint;
import io.certwright.probe.PresentedCertificate;
import io.certwright.probe.TlsProbe;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A world of endpoints that present what a test gave them; all others are unreachable. */
final class FakeSurroundings implements Surroundings {
    private final Instant now;
    private final List<X509Certificate> configured;
    private final List<X509Certificate> system;
    private final Map<String, PresentedCertificate> shown = new HashMap<>();

    FakeSurroundings(Instant now, List<X509Certificate> configured, List<X509Certificate> system) {
        this.now = now;
        this.configured = configured;
        this.system = system;
    }

    FakeSurroundings showing(String endpoint, PresentedCertificate presented) {
        shown.put(endpoint, presented);
        return this;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public TlsProbe probe() {
        return this::look;
    }

    private PresentedCertificate look(Endpoint endpoint) throws LifecycleException {
        PresentedCertificate presented = shown.get(endpoint.toString());
        if (presented == null) {
            throw new LifecycleException(
                    FailureKind.UNREACHABLE, "ENDPOINT_UNREACHABLE", endpoint + ": nobody answered in 10 s");
        }
        return presented;
    }

    @Override
    public List<X509Certificate> configuredAnchors() {
        return configured;
    }

    @Override
    public List<X509Certificate> systemAnchors() {
        return system;
    }
}
