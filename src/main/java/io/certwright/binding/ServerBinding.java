package io.certwright.binding;

import io.certwright.certificate.IssuedCertificate;
import io.certwright.failure.LifecycleException;
import io.certwright.probe.Endpoint;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * One place on one server that points at a certificate. Every change looks first, acts only if needed and looks again, so that
 * after a crash the same call simply completes what was begun.
 */
public interface ServerBinding {
    BindingName name();

    HostName host();

    /** Where a handshake must show the leaf; empty where nothing can be asked. */
    List<Endpoint> endpoints();

    /** What is bound now. Changes nothing that a server serves. */
    BoundState look() throws LifecycleException;

    /** What the server's own machine is shown at an endpoint that does not answer from here; empty where nobody can ask there. */
    default Optional<X509Certificate> findServedOnHost(Endpoint endpoint) throws LifecycleException {
        return Optional.empty();
    }

    /** What a person does where nobody answers at an endpoint, in the imperative. */
    default String remedyOfSilence() {
        return "start the server there";
    }

    /** Ensures that {@code next} is bound. Harmless when it is bound already. */
    void bind(CertificateToBind next) throws LifecycleException;

    /** Ensures that what {@code before} remembers is bound again, exactly as it was. */
    void restore(BoundState before) throws LifecycleException;

    /** What is not as it should be there, one sentence each with its fix; {@link #bind} leaves it as it is. */
    default List<String> listDrift() throws LifecycleException {
        return List.of();
    }

    /** One sentence per change that {@link #bind} would make now; empty if none. */
    List<String> preview(CertificateToBind next) throws LifecycleException;

    /** Removes what is kept of a certificate that is no longer bound. Harmless if nothing is; never touches what is bound. */
    void forget(IssuedCertificate old) throws LifecycleException;
}
