package io.certwright.iis;

import io.certwright.certificate.CertificateChain;
import io.certwright.certificate.Printable;
import io.certwright.certificate.Thumbprint;
import io.certwright.certificate.ValidityPeriod;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.Answers;
import io.certwright.windows.HostCall.GetHostFacts;
import io.certwright.windows.HostCall.HostFacts;
import io.certwright.windows.HostFitness;
import io.certwright.windows.HttpSysCall.GetHttpSysTable;
import io.certwright.windows.SiteCall.BindingState;
import io.certwright.windows.SiteCall.GetRebindTask;
import io.certwright.windows.SiteCall.GetSites;
import io.certwright.windows.SiteCall.RebindTask;
import io.certwright.windows.SiteCall.SiteState;
import io.certwright.windows.StoreCall.CertificateInStore;
import io.certwright.windows.StoreCall.GetStoredCertificates;
import io.certwright.windows.StoreCall.StoredCertificates;
import io.certwright.windows.StoreName;
import io.certwright.windows.WindowsHost;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One look at a Windows server: its sites, the table of http.sys, its stores of certificates and intermediates, and IIS's own task that
 * binds renewed certificates.
 */
public record HostState(
        HostFacts facts,
        IisFacts iis,
        StoredCertificates personal,
        StoredCertificates intermediates,
        RebindTask rebindTask) {
    private static final GetHostFacts FACTS = new GetHostFacts();
    private static final GetSites SITES = new GetSites();
    private static final GetHttpSysTable TABLE = new GetHttpSysTable(false);
    private static final GetStoredCertificates PERSONAL = new GetStoredCertificates(StoreName.MY);
    private static final GetStoredCertificates INTERMEDIATES = new GetStoredCertificates(StoreName.CA);
    private static final GetRebindTask REBINDING = new GetRebindTask();

    /** Looks, in one visit. Refuses a host that cannot do calls at all. */
    public static HostState read(WindowsHost host) throws LifecycleException {
        HostFitness.require(host.name(), host.perform(FACTS));
        Answers answers = host.perform(List.of(FACTS, SITES, TABLE, PERSONAL, INTERMEDIATES, REBINDING));
        return new HostState(
                answers.of(FACTS),
                iis(host.name(), answers),
                answers.of(PERSONAL),
                answers.of(INTERMEDIATES),
                answers.of(REBINDING));
    }

    /** Everything that a renewal leaves as it is, and that a person should know of. */
    public List<IisDrift> drift() {
        List<IisDrift> drift = new ArrayList<>();
        if (rebindTask.isActive()) {
            drift.add(
                    new IisDrift(
                            IisDrift.Code.AUTOMATIC_REBIND,
                            0,
                            "IIS's own task IIS-AutoCertRebind is on; it may bind a renewed certificate before clients have its pin",
                            "Disable-ScheduledTask -TaskPath \\Microsoft\\Windows\\CertificateServicesClient\\ -TaskName IIS-AutoCertRebind"));
        }
        drift.addAll(iis.drift());
        return drift;
    }

    private static IisFacts iis(String host, Answers answers) throws LifecycleException {
        try {
            List<Site> sites =
                    answers.of(SITES).sites().stream().map(HostState::site).toList();
            String printed = String.join("\n", answers.of(TABLE).lines());
            return new IisFacts(host, sites, HttpSysTable.parse(printed));
        } catch (IllegalArgumentException unreadable) {
            throw new LifecycleException(
                    FailureKind.MALFORMED_ANSWER,
                    "IIS_UNREADABLE",
                    "host " + Printable.escape(host, 80) + ": what it says of IIS does not parse: "
                            + unreadable.getMessage() + "; look at \"netsh http show sslcert\" there",
                    unreadable);
        }
    }

    private static Site site(SiteState state) {
        List<Binding> bindings = new ArrayList<>();
        for (BindingState each : state.bindings()) {
            String protocol = each.protocol().toLowerCase(Locale.ROOT);
            if (protocol.equals("http") || protocol.equals("https")) {
                bindings.add(new Binding(
                        protocol,
                        BindingInformation.parse(each.bindingInformation()),
                        new SslFlags(each.sslFlags()),
                        each.thumbprint(),
                        each.store()));
            }
        }
        return new Site(state.id(), state.name(), !state.state().equals("Stopped"), bindings);
    }

    /** The certificate of this thumbprint, and what the server sends beside it: intermediates that sign one another. */
    public Optional<CertificateChain> chainOf(Thumbprint leaf) throws LifecycleException {
        Optional<CertificateInStore> stored = personal.find(leaf);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        List<X509Certificate> chain = new ArrayList<>(List.of(stored.get().certificate()));
        Optional<X509Certificate> next = signerOf(chain.get(0));
        while (next.isPresent() && !chain.contains(next.get())) {
            chain.add(next.get());
            next = signerOf(next.get());
        }
        return Optional.of(new CertificateChain(chain));
    }

    private static Instant endOf(X509Certificate certificate) {
        return ValidityPeriod.of(certificate).notAfter();
    }

    /** The one that ends last, where a CA has several certificates for one key. */
    private Optional<X509Certificate> signerOf(X509Certificate signed) {
        Optional<X509Certificate> found = Optional.empty();
        if (signed.getIssuerX500Principal().equals(signed.getSubjectX500Principal())) {
            return found;
        }
        for (X509Certificate candidate : intermediates.readable()) {
            if (signed(candidate, signed)
                    && found.filter(other -> !endOf(other).isBefore(endOf(candidate)))
                            .isEmpty()) {
                found = Optional.of(candidate);
            }
        }
        return found;
    }

    private static boolean signed(X509Certificate issuer, X509Certificate certificate) {
        if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException otherKey) {
            return false;
        }
    }
}
