package io.certwright.lifecycle.years;

import io.certwright.binding.BindingName;
import io.certwright.binding.BoundState;
import io.certwright.binding.CertificateToBind;
import io.certwright.binding.HostName;
import io.certwright.binding.ServerBinding;
import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.probe.Endpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server with one binding, and what may go wrong with it. It says what it is pointed at, and serves what it really serves. */
final class SimServer implements ServerBinding {
    /** What goes wrong. */
    enum Trouble {
        NONE,
        /** Nothing is changed, and binding fails. */
        REFUSES,
        /** The change is made, and then binding fails. */
        FAILS_AFTERWARDS,
        /** It goes on serving what it served. */
        SERVES_THE_OLD,
        /** Nobody answers any more after the change. */
        FALLS_SILENT,
        /** It goes on serving what it served, and the way back is barred. */
        NO_WAY_BACK
    }

    /** Is told of every change before it is made. */
    interface Witness {
        void binding(SimServer server, CertificateToBind next) throws LifecycleException;
    }

    private final BindingName name;
    private final HostName host;
    private final Endpoint endpoint;
    private final Witness witness;
    private final boolean dropsRestore;
    private final Map<String, CertificateChain> kept = new HashMap<>();
    private Optional<CertificateChain> bound = Optional.empty();
    private Optional<CertificateChain> served = Optional.empty();
    private boolean silent;
    private Trouble trouble = Trouble.NONE;
    private FailureKind refusal = FailureKind.UNREACHABLE;

    SimServer(String name, HostName host, Witness witness, boolean dropsRestore) {
        this.name = new BindingName("sim:" + name);
        this.host = host;
        this.endpoint = Endpoint.of(name + ".contoso.com", 443);
        this.witness = witness;
        this.dropsRestore = dropsRestore;
    }

    void troubled(Trouble next, FailureKind kind) {
        trouble = next;
        refusal = kind;
    }

    void heal() {
        trouble = Trouble.NONE;
        silent = false;
        served = bound;
    }

    Trouble trouble() {
        return trouble;
    }

    Optional<CertificateChain> served() {
        return silent ? Optional.empty() : served;
    }

    Optional<CertificateChain> bound() {
        return bound;
    }

    @Override
    public BindingName name() {
        return name;
    }

    @Override
    public HostName host() {
        return host;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(endpoint);
    }

    @Override
    public BoundState look() {
        return new BoundState(bound, bound.map(SimServer::digest).orElse("nothing"));
    }

    @Override
    public void bind(CertificateToBind next) throws LifecycleException {
        CertificateChain chain = next.certificate().chain();
        if (bound.equals(Optional.of(chain)) && served.equals(bound)) {
            return;
        }
        witness.binding(this, next);
        if (trouble == Trouble.REFUSES) {
            throw new LifecycleException(refusal, "HOST_REFUSES", "host " + host + ": does not take the change");
        }
        kept.put(digest(chain), chain);
        bound = Optional.of(chain);
        if (trouble == Trouble.SERVES_THE_OLD || trouble == Trouble.NO_WAY_BACK) {
            return;
        }
        served = bound;
        silent = trouble == Trouble.FALLS_SILENT;
        if (trouble == Trouble.FAILS_AFTERWARDS) {
            throw new LifecycleException(FailureKind.INTERNAL, "RELOAD_FAILED", "host " + host + ": reload failed");
        }
    }

    @Override
    public void restore(BoundState before) throws LifecycleException {
        if (trouble == Trouble.NO_WAY_BACK) {
            throw new LifecycleException(FailureKind.UNREACHABLE, "HOST_GONE", "host " + host + ": is gone");
        }
        if (dropsRestore) {
            return;
        }
        bound = Optional.ofNullable(kept.get(before.memento()));
        served = bound;
        silent = false;
    }

    @Override
    public List<String> preview(CertificateToBind next) {
        return List.of("point " + name + " at " + next.certificate().thumbprint());
    }

    @Override
    public void forget(IssuedCertificate old) {
        kept.remove(digest(old.chain()));
    }

    private static String digest(CertificateChain chain) {
        return Sha256Fingerprint.of(chain.leaf()).hex();
    }
}
