package io.certwright.testing;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A server with one binding, in memory: what it is pointed at, what it really serves, and ways to break it. Its journal tells what was
 * done to it, in order.
 */
public final class FakeBinding implements ServerBinding {
    /** What goes wrong from now on, until it is healed. */
    public enum Fault {
        NONE,
        /** Binding fails and nothing has changed. */
        REFUSES_TO_BIND,
        /** Binding fails when the change is already made. */
        FAILS_AFTER_BINDING,
        /** Binding breaks with a programming error after the change. */
        BREAKS_AFTER_BINDING,
        /** Binding works, and the server goes on serving what it served. */
        SERVES_THE_OLD_ONE,
        /** Binding works, and nobody answers any more. */
        FALLS_SILENT_WHEN_BOUND,
        /** As {@link #SERVES_THE_OLD_ONE}, and the way back is barred, too. */
        CANNOT_BE_RESTORED,
        /** As {@link #SERVES_THE_OLD_ONE}, and after the restore something else is served. */
        RESTORES_BADLY
    }

    private final BindingName name;
    private final HostName host;
    private final List<Endpoint> endpoints;
    private final Map<String, CertificateChain> kept = new HashMap<>();
    private final List<String> journal = new ArrayList<>();
    private Optional<CertificateChain> bound = Optional.empty();
    private Optional<CertificateChain> served = Optional.empty();
    private Optional<CertificateChain> stranger = Optional.empty();
    private Fault fault = Fault.NONE;
    private boolean silent;
    private boolean unreadable;

    public FakeBinding(String name, HostName host, Endpoint... endpoints) {
        this.name = new BindingName(name);
        this.host = host;
        this.endpoints = List.of(endpoints);
    }

    public synchronized FakeBinding with(Fault next) {
        fault = next;
        return this;
    }

    /** Nobody answers at its endpoints, whatever is bound. */
    public synchronized FakeBinding silent(boolean nobodyAnswers) {
        silent = nobodyAnswers;
        return this;
    }

    /** Its host does not even say what is bound. */
    public synchronized FakeBinding unreadable(boolean noAnswer) {
        unreadable = noAnswer;
        return this;
    }

    /** Somebody else pointed it at {@code chain}. */
    public synchronized FakeBinding found(CertificateChain chain) {
        bound = Optional.of(chain);
        served = bound;
        return this;
    }

    /** What {@link Fault#RESTORES_BADLY} serves afterwards. */
    public synchronized FakeBinding afterRestoreServing(CertificateChain chain) {
        stranger = Optional.of(chain);
        return this;
    }

    /** {@code bind}, {@code restore}, {@code forget}, each with the first characters of the SHA-256 of the leaf. */
    public synchronized List<String> journal() {
        return List.copyOf(journal);
    }

    /** What a client is shown now; empty where nobody answers. */
    public synchronized Optional<CertificateChain> served() {
        return silent ? Optional.empty() : served;
    }

    public synchronized Optional<CertificateChain> bound() {
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
        return endpoints;
    }

    @Override
    public synchronized BoundState look() throws LifecycleException {
        if (unreadable) {
            throw new LifecycleException(
                    FailureKind.UNREACHABLE, "HOST_SILENT", "host " + host + ": does not say what is bound");
        }
        return new BoundState(bound, bound.map(FakeBinding::brief).orElse("nothing"));
    }

    @Override
    public synchronized void bind(CertificateToBind next) throws LifecycleException {
        if (fault == Fault.REFUSES_TO_BIND) {
            throw new LifecycleException(FailureKind.REFUSED, "NO_ACCESS", "host " + host + ": access is denied");
        }
        CertificateChain chain = next.certificate().chain();
        if (bound.filter(chain::equals).isPresent()
                && served.filter(chain::equals).isPresent()) {
            return;
        }
        bound.ifPresent(before -> kept.put(brief(before), before));
        journal.add("bind " + brief(chain));
        bound = Optional.of(chain);
        if (fault == Fault.FAILS_AFTER_BINDING) {
            served = bound;
            throw new LifecycleException(FailureKind.INTERNAL, "RELOAD_FAILED", "host " + host + ": reload failed");
        }
        if (fault == Fault.BREAKS_AFTER_BINDING) {
            served = bound;
            throw new IllegalStateException("a list was empty");
        }
        if (fault == Fault.FALLS_SILENT_WHEN_BOUND) {
            silent = true;
        }
        if (fault == Fault.NONE || fault == Fault.FALLS_SILENT_WHEN_BOUND) {
            served = bound;
        }
    }

    @Override
    public synchronized void restore(BoundState before) throws LifecycleException {
        if (fault == Fault.CANNOT_BE_RESTORED) {
            throw new LifecycleException(
                    FailureKind.UNREACHABLE, "HOST_GONE", "host " + host + ": the connection broke");
        }
        journal.add("restore " + before.memento());
        bound = before.chain();
        served = fault == Fault.RESTORES_BADLY ? stranger : bound;
        silent = fault != Fault.FALLS_SILENT_WHEN_BOUND && silent;
    }

    @Override
    public synchronized List<String> preview(CertificateToBind next) {
        return List.of("point " + name + " at " + brief(next.certificate().chain()));
    }

    @Override
    public synchronized void forget(IssuedCertificate old) {
        if (kept.remove(brief(old.chain())) != null) {
            journal.add("forget " + brief(old.chain()));
        }
    }

    /** As the journal names a certificate. */
    public static String brief(CertificateChain chain) {
        return Sha256Fingerprint.of(chain.leaf()).hex().substring(0, 8);
    }

    public static String brief(IssuedCertificate certificate) {
        return brief(certificate.chain());
    }
}
