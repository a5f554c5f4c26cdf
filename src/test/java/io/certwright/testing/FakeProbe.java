package io.certwright.testing;

import io.certwright.certificate.CertificateChain;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.probe.Endpoint;
import io.certwright.probe.PresentedCertificate;
import io.certwright.probe.TlsProbe;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Sees what fake servers serve at the moment of asking. Where none is known, the port is closed. */
public final class FakeProbe implements TlsProbe {
    private final Map<Endpoint, Supplier<Optional<CertificateChain>>> servers = new ConcurrentHashMap<>();
    private final Map<Endpoint, LifecycleException> broken = new ConcurrentHashMap<>();

    public FakeProbe server(Endpoint endpoint, Supplier<Optional<CertificateChain>> served) {
        servers.put(endpoint, served);
        return this;
    }

    public FakeProbe server(FakeBinding binding) {
        binding.endpoints().forEach(endpoint -> server(endpoint, binding::served));
        return this;
    }

    /** Asking there ends like this from now on. */
    public FakeProbe failing(Endpoint endpoint, LifecycleException failure) {
        broken.put(endpoint, failure);
        return this;
    }

    @Override
    public PresentedCertificate look(Endpoint endpoint) throws LifecycleException {
        LifecycleException failure = broken.get(endpoint);
        if (failure != null) {
            throw failure;
        }
        CertificateChain chain = servers.getOrDefault(endpoint, Optional::empty)
                .get()
                .orElseThrow(() -> new LifecycleException(
                        FailureKind.UNREACHABLE, "CONNECTION_REFUSED", endpoint + ": nobody listens there"));
        return new PresentedCertificate(endpoint, chain, "TLSv1.3", "TLS_AES_256_GCM_SHA384");
    }
}
