package io.certwright.iis;

import io.certwright.certificate.Printable;
import io.certwright.certificate.Thumbprint;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What pointing a site at a certificate changes, found by comparing alone: each https binding of the site on the port is kept or gets
 * another certificate in its place, never removed and made again; where there is none, one for all addresses is added.
 *
 * @param drift what is wrong on this port besides; left as it is
 */
public record BindingPlan(Site site, int port, Thumbprint next, List<PlannedBinding> bindings, List<IisDrift> drift) {
    public BindingPlan {
        bindings = List.copyOf(bindings);
        drift = List.copyOf(drift);
    }

    /**
     * The plan for the certificate {@code next} of the Personal store.
     *
     * @throws LifecycleException REFUSED where the site is unknown, stopped, or takes its certificates from the central store
     */
    public static BindingPlan of(IisFacts facts, String siteName, int port, Thumbprint next) throws LifecycleException {
        Site site = facts.get(siteName);
        List<Binding> present = site.httpsBindingsOn(port);
        requireStarted(facts, site);
        requireOwnStore(facts, site, present);
        List<PlannedBinding> planned = new ArrayList<>();
        for (Binding binding : present) {
            planned.add(planned(facts, site, binding, next));
        }
        if (present.isEmpty()) {
            planned.add(new PlannedBinding.Add(BindingInformation.ofPort(port), SslFlags.NONE));
        }
        return new BindingPlan(site, port, next, planned, facts.driftOn(port));
    }

    private static PlannedBinding planned(IisFacts facts, Site site, Binding binding, Thumbprint next) {
        Optional<HttpSysEntry> entry = facts.table().find(binding.key());
        Optional<Thumbprint> served = entry.flatMap(HttpSysEntry::certificate);
        boolean inIis = binding.certificate().isEmpty()
                || binding.certificate().filter(next::equals).isPresent();
        boolean isServed =
                entry.filter(each -> each.serves(next, Binding.PERSONAL_STORE)).isPresent();
        if (inIis && isServed) {
            return new PlannedBinding.Keep(binding.at(), binding.flags());
        }
        return new PlannedBinding.Replace(
                binding.at(),
                binding.flags(),
                served.isPresent() ? served : binding.certificate(),
                sharing(facts, site, binding.key()));
    }

    private static List<String> sharing(IisFacts facts, Site own, HttpSysKey key) {
        return facts.usersOf(key).stream()
                .filter(used -> used.site().id() != own.id())
                .map(used -> "site " + Printable.quote(used.site().name()))
                .distinct()
                .toList();
    }

    private static void requireStarted(IisFacts facts, Site site) throws LifecycleException {
        if (!site.started()) {
            throw new LifecycleException(
                    FailureKind.REFUSED,
                    "SITE_STOPPED",
                    "host " + facts.server() + ": site " + Printable.quote(site.name())
                            + " is stopped, so that nothing could be proven; start it in IIS Manager, then renew again");
        }
    }

    private static void requireOwnStore(IisFacts facts, Site site, List<Binding> present) throws LifecycleException {
        for (Binding binding : present) {
            if (binding.flags().usesCentralStore()) {
                throw new LifecycleException(
                        FailureKind.REFUSED,
                        "CENTRAL_STORE",
                        "host " + facts.server() + ": the https binding " + binding.at() + " of site "
                                + Printable.quote(site.name())
                                + " uses the central certificate store, which Certwright does not write;"
                                + " take the tick off in the binding's dialog of IIS Manager, or write PFX files"
                                + " there with a binding of type files");
            }
        }
    }

    public boolean changesAnything() {
        return bindings.stream().anyMatch(PlannedBinding::changes);
    }

    /** One sentence for each change; empty if there is none. */
    public List<String> sentences() {
        return bindings.stream()
                .filter(PlannedBinding::changes)
                .map(binding -> "site " + Printable.quote(site.name()) + ": " + binding.sentence(next))
                .toList();
    }
}
