package io.certwright.app;

import io.certwright.alert.Channel;
import io.certwright.alert.Recipient;
import io.certwright.app.settings.IssuerChoice;
import io.certwright.app.settings.Settings;
import io.certwright.app.settings.TransportChoice;
import io.certwright.app.settings.WindowsHosts;
import io.certwright.binding.HostName;
import io.certwright.certificate.Printable;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.Remembered;
import io.certwright.failure.LifecycleException;
import io.certwright.key.sealed.MasterKeyRing;
import io.certwright.setup.NewSettings;
import io.certwright.windows.HostCall.GetHostFacts;
import io.certwright.windows.HostCall.HostFacts;
import io.certwright.windows.HostFitness;
import io.certwright.windows.WindowsHost;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings that are in force nowhere, tried for real at the host, the CA and the mail server. Opens no database: what a CA would have to
 * be remembered for is forgotten, and nothing is sealed for longer than the trial.
 */
final class DraftTrial implements NewSettings.Trial {
    private final Settings settings;
    private final Map<String, String> environment;
    private final Clock clock;
    private final SecureRandom random;

    DraftTrial(Settings settings, Map<String, String> environment, Clock clock, SecureRandom random) {
        this.settings = settings;
        this.environment = environment;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Optional<String> visitHost() throws LifecycleException {
        Optional<Map.Entry<HostName, TransportChoice>> host = settings.transports().entrySet().stream()
                .filter(each ->
                        !each.getKey().equals(HostName.LOCAL) || each.getValue().isLookedOver())
                .findFirst();
        return host.isEmpty()
                ? Optional.empty()
                : Optional.of(visit(host.get().getKey(), host.get().getValue()));
    }

    private String visit(HostName name, TransportChoice transport) throws LifecycleException {
        if (isCarriedByPeople(transport)) {
            return "host " + name + ": not visited, for people carry each step there";
        }
        WindowsHost host = hosts().get(name);
        HostFacts facts = host.perform(new GetHostFacts());
        HostFitness.require(host.name(), facts);
        String warning = HostFitness.findClockFault(name.value(), facts, clock.instant())
                .map(fault -> "; " + fault + ", set both by the same time server")
                .orElse("");
        return "host " + name + ": " + Printable.escape(facts.computer(), 80) + " answers, "
                + Printable.escape(facts.product(), 80) + " build " + facts.build() + ", PowerShell "
                + Printable.escape(facts.powerShell(), 40) + ", as administrator "
                + Printable.escape(facts.user(), 80) + warning;
    }

    private static boolean isCarriedByPeople(TransportChoice transport) {
        return !transport.isLookedOver() && !transport.isHere();
    }

    @Override
    public String reachIssuer() throws LifecycleException {
        Map.Entry<IssuerName, IssuerChoice> issuer =
                settings.issuers().entrySet().iterator().next();
        boolean carried = issuer.getValue()
                .host()
                .map(HostName::new)
                .flatMap(host -> Optional.ofNullable(settings.transports().get(host)))
                .filter(DraftTrial::isCarriedByPeople)
                .isPresent();
        return carried
                ? "issuer " + issuer.getKey() + ": not asked, for people carry each step to its host"
                : issuer.getValue().make(issuer.getKey(), parts()).test();
    }

    private IssuerChoice.Parts parts() {
        return new IssuerChoice.Parts(
                new Forgetting(), MasterKeyRing.fleeting(random), clock, random, new RealPause()::lasting, hosts());
    }

    private WindowsHosts hosts() {
        return WindowsHosts.of(
                settings.transports(),
                settings.hosts(),
                new TransportChoice.Parts(environment, settings.root().resolve("data"), clock));
    }

    @Override
    public Optional<String> sendMail() throws LifecycleException {
        Optional<Recipient> first = settings.alerts().rules().to().stream()
                .filter(to -> to.channel() == Channel.MAIL)
                .findFirst();
        return settings.alerts().mail().isEmpty() || first.isEmpty()
                ? Optional.empty()
                : Optional.of(Mailing.test(settings, first.get(), clock, random));
    }

    /** Remembers nothing. */
    private static final class Forgetting implements IssuerMemory {
        @Override
        public Optional<Remembered> find(IssuerName issuer, String kind, String key) {
            return Optional.empty();
        }

        @Override
        public List<IssuerName> listIssuers(String kind) {
            return List.of();
        }

        @Override
        public List<Remembered> list(IssuerName issuer, String kind) {
            return List.of();
        }

        @Override
        public Remembered remember(IssuerName issuer, Remembered fact) {
            return fact;
        }

        @Override
        public boolean replace(IssuerName issuer, Remembered next, long expectedVersion) {
            return true;
        }
    }
}
