package io.certwright.binding.iis;

import io.certwright.binding.BindingName;
import io.certwright.binding.BoundState;
import io.certwright.binding.CertificateToBind;
import io.certwright.binding.HostName;
import io.certwright.binding.ServerBinding;
import io.certwright.certificate.IssuedCertificate;
import io.certwright.certificate.Printable;
import io.certwright.certificate.Thumbprint;
import io.certwright.crypto.KeySealer;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.iis.BindingPlan;
import io.certwright.iis.HostState;
import io.certwright.iis.HttpSysEntry;
import io.certwright.iis.PlannedBinding;
import io.certwright.iis.Site;
import io.certwright.probe.Endpoint;
import io.certwright.windows.ProbeCall.GetPresentedCertificate;
import io.certwright.windows.SiteCall.AddHttpsBinding;
import io.certwright.windows.SiteCall.SetBindingCertificate;
import io.certwright.windows.StoreCall.RemoveStoredCertificate;
import io.certwright.windows.StoreName;
import io.certwright.windows.WindowsCall;
import io.certwright.windows.WindowsHost;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The https bindings of one site on one port. Every step looks at the host first and again afterwards, so that a visit that broke off
 * anywhere is completed by the next one. A renewal changes which certificate they point at and nothing else.
 */
public final class IisBinding implements ServerBinding {
    private static final String THIS_MACHINE = "127.0.0.1";

    private final IisSettings settings;
    private final IisServer server;
    private final WindowsHost host;
    private final Installing installing;
    private final Endpoints endpoints;
    private volatile List<Endpoint> known;

    public IisBinding(IisSettings settings, IisServer server, KeySealer sealer, SecureRandom random) {
        this.settings = settings;
        this.server = server;
        this.host = server.calls();
        this.installing = new Installing(host, sealer, random);
        this.endpoints = new Endpoints(server);
        this.known = endpoints.onPort(settings.port());
    }

    @Override
    public BindingName name() {
        return settings.name();
    }

    @Override
    public HostName host() {
        return settings.host();
    }

    /** As the host was last seen to have its bindings; before the first look, the port on all addresses. */
    @Override
    public List<Endpoint> endpoints() {
        return known;
    }

    @Override
    public BoundState look() throws LifecycleException {
        HostState state = HostState.read(host);
        Memento now = memento(state);
        Optional<Thumbprint> first = now.first();
        learn(now, first);
        return new BoundState(first.isPresent() ? state.chainOf(first.get()) : Optional.empty(), now.text());
    }

    @Override
    public void bind(CertificateToBind next) throws LifecycleException {
        Thumbprint thumbprint = next.certificate().thumbprint();
        HostState state = HostState.read(host);
        BindingPlan plan = plan(state, thumbprint);
        Memento before = memento(state);
        installing.ensureInstalled(state, next);
        if (plan.changesAnything()) {
            host.perform(changesOf(plan));
        }
        HostState after = keepFlags(before, HostState.read(host));
        requireBound(plan(after, thumbprint));
        learn(memento(after), Optional.of(thumbprint));
    }

    private List<WindowsCall<?>> changesOf(BindingPlan plan) {
        int site = Math.toIntExact(plan.site().id());
        List<WindowsCall<?>> calls = new ArrayList<>();
        for (PlannedBinding each : plan.bindings()) {
            if (each instanceof PlannedBinding.Add) {
                calls.add(new AddHttpsBinding(
                        plan.site().name(), each.at().toString(), each.flags().bits()));
            }
            if (each.changes()) {
                calls.add(new SetBindingCertificate(site, each.at().toString(), plan.next(), StoreName.MY));
            }
        }
        return calls;
    }

    /** Setting a certificate is known to lose bits of the flags on some builds of Windows. */
    private HostState keepFlags(Memento before, HostState after) throws LifecycleException {
        List<WindowsCall<?>> calls = new Restoration(site(after), memento(after)).flagsBackTo(before);
        if (calls.isEmpty()) {
            return after;
        }
        host.perform(calls);
        return HostState.read(host);
    }

    private void requireBound(BindingPlan plan) throws LifecycleException {
        if (plan.changesAnything()) {
            throw new LifecycleException(
                    FailureKind.INTERNAL,
                    "BINDING_NOT_KEPT",
                    "host " + settings.host() + ": after binding, it still says: " + String.join("; ", plan.sentences())
                            + "; look for another program that sets this binding, such as IIS's own automatic rebind task");
        }
    }

    @Override
    public void restore(BoundState before) throws LifecycleException {
        Memento wanted = Memento.parse(before.memento());
        HostState state = HostState.read(host);
        List<WindowsCall<?>> calls = new Restoration(site(state), memento(state)).backTo(wanted);
        if (!calls.isEmpty()) {
            host.perform(calls);
        }
        Memento now = memento(keepFlags(wanted, HostState.read(host)));
        if (!now.equals(wanted)) {
            throw new LifecycleException(
                    FailureKind.INTERNAL,
                    "RESTORE_DIFFERS",
                    "host " + settings.host() + ": put back, but site " + Printable.quote(settings.site()) + " reads "
                            + Printable.quote(now.text()) + ", wanted " + Printable.quote(wanted.text())
                            + "; set these bindings in IIS Manager");
        }
        learn(now, now.first());
    }

    @Override
    public List<String> preview(CertificateToBind next) throws LifecycleException {
        HostState state = HostState.read(host);
        BindingPlan plan = plan(state, next.certificate().thumbprint());
        List<String> changes = new ArrayList<>(installing.preview(state, next));
        changes.addAll(plan.sentences());
        return changes;
    }

    @Override
    public List<String> listDrift() throws LifecycleException {
        return HostState.read(host).drift().stream()
                .filter(drift -> drift.concerns(settings.port()))
                .map(drift -> drift.code() + ": " + drift.sentence() + "; fix: " + drift.fix())
                .toList();
    }

    /** A certificate that any entry or binding of the host still names stays. */
    @Override
    public void forget(IssuedCertificate old) throws LifecycleException {
        HostState state = HostState.read(host);
        Optional<Thumbprint> gone = Optional.of(old.thumbprint());
        boolean served = state.iis().table().entries().stream()
                .map(HttpSysEntry::certificate)
                .anyMatch(gone::equals);
        boolean bound = state.iis().sites().stream()
                .flatMap(site -> site.httpsBindings().stream())
                .anyMatch(binding -> binding.certificate().equals(gone));
        if (!served && !bound && state.personal().find(old.thumbprint()).isPresent()) {
            host.perform(new RemoveStoredCertificate(StoreName.MY, old.thumbprint(), true));
        }
    }

    /** Asked on the host itself, where all addresses answer on its own. */
    @Override
    public Optional<X509Certificate> findServedOnHost(Endpoint endpoint) throws LifecycleException {
        String there = endpoint.host().equals(server.address()) ? THIS_MACHINE : endpoint.host();
        return Optional.of(host.perform(new GetPresentedCertificate(
                        there, endpoint.port(), endpoint.sni().map(Object::toString)))
                .certificate());
    }

    private BindingPlan plan(HostState state, Thumbprint next) throws LifecycleException {
        return BindingPlan.of(state.iis(), settings.site(), settings.port(), next);
    }

    private Site site(HostState state) throws LifecycleException {
        return state.iis().get(settings.site());
    }

    private Memento memento(HostState state) throws LifecycleException {
        return Memento.of(state.iis(), site(state), settings.port());
    }

    private void learn(Memento now, Optional<Thumbprint> certificate) {
        List<Endpoint> serving = endpoints.of(now.serving(certificate));
        known = serving.isEmpty() ? endpoints.onPort(settings.port()) : serving;
    }
}
