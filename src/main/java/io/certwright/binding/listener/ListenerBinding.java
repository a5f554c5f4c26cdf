package io.certwright.binding.listener;

import io.certwright.binding.Assignment;
import io.certwright.binding.BindingName;
import io.certwright.binding.BoundState;
import io.certwright.binding.CertificateToBind;
import io.certwright.binding.HostName;
import io.certwright.binding.ListenerAssignments;
import io.certwright.binding.ServableCertificates;
import io.certwright.binding.ServerBinding;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.failure.LifecycleException;
import io.certwright.probe.Endpoint;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Binds by writing the row that every serving node follows. The memento is the SHA-256 of the leaf, empty for no row. */
public final class ListenerBinding implements ServerBinding {
    private final String listener;
    private final Endpoint endpoint;
    private final ListenerAssignments assignments;
    private final ServableCertificates certificates;
    private final ListenerFollower here;
    private final Clock clock;

    /** @param endpoint where the listener listens; an address that stands for all of them is asked on the loopback */
    public ListenerBinding(
            String listener,
            Endpoint endpoint,
            ListenerAssignments assignments,
            ServableCertificates certificates,
            ListenerFollower here,
            Clock clock) {
        this.listener = listener;
        this.endpoint = reachable(endpoint);
        this.assignments = assignments;
        this.certificates = certificates;
        this.here = here;
        this.clock = clock;
    }

    @Override
    public BindingName name() {
        return new BindingName("listener:" + listener);
    }

    @Override
    public HostName host() {
        return HostName.LOCAL;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(endpoint);
    }

    @Override
    public String remedyOfSilence() {
        return "start the listener there with \"certwright serve\"";
    }

    @Override
    public BoundState look() throws LifecycleException {
        Optional<Sha256Fingerprint> bound = bound();
        if (bound.isEmpty()) {
            return new BoundState(Optional.empty(), "");
        }
        return new BoundState(
                certificates.find(bound.get()).map(found -> found.certificate().chain()),
                bound.get().hex());
    }

    @Override
    public void bind(CertificateToBind next) throws LifecycleException {
        ServedCertificate.requireKey(next);
        ensureAssigned(next.certificate().sha256());
    }

    @Override
    public void restore(BoundState before) throws LifecycleException {
        if (before.memento().isEmpty()) {
            assignments.clear(listener);
            here.refresh();
        } else {
            ensureAssigned(new Sha256Fingerprint(before.memento()));
        }
    }

    @Override
    public List<String> preview(CertificateToBind next) throws LifecycleException {
        Sha256Fingerprint wanted = next.certificate().sha256();
        Optional<Sha256Fingerprint> bound = bound();
        if (bound.filter(wanted::equals).isPresent()) {
            return List.of();
        }
        String instead = look().chain()
                .map(chain -> "in place of " + new IssuedCertificate(chain).thumbprint())
                .orElse("which serves nothing now");
        return List.of("listener " + listener + " on " + endpoint + " would serve "
                + next.certificate().thumbprint() + " " + instead);
    }

    /** A listener keeps no copies: the stored certificates are the lifecycle's. */
    @Override
    public void forget(IssuedCertificate old) {}

    private Optional<Sha256Fingerprint> bound() throws LifecycleException {
        return assignments.find(listener).map(Assignment::certificate);
    }

    private void ensureAssigned(Sha256Fingerprint wanted) throws LifecycleException {
        if (bound().filter(wanted::equals).isEmpty()) {
            assignments.assign(new Assignment(listener, wanted, clock.instant()));
        }
        here.refresh();
    }

    private static Endpoint reachable(Endpoint listen) {
        return switch (listen.host()) {
            case "0.0.0.0" -> Endpoint.of("127.0.0.1", listen.port());
            case "0:0:0:0:0:0:0:0" -> Endpoint.of("::1", listen.port());
            default -> listen;
        };
    }
}
