package io.certwright.app;

import io.certwright.alert.AlertDispatch;
import io.certwright.alert.AlertOutbox;
import io.certwright.alert.Channels;
import io.certwright.alert.EscalatingOutbox;
import io.certwright.app.settings.BindingChoice;
import io.certwright.app.settings.DatabaseChoice;
import io.certwright.app.settings.IssuerChoice;
import io.certwright.app.settings.Settings;
import io.certwright.app.settings.TransportChoice;
import io.certwright.app.settings.WindowsHosts;
import io.certwright.audit.Actor;
import io.certwright.audit.AuditTrail;
import io.certwright.binding.BindingName;
import io.certwright.binding.HostLocks;
import io.certwright.binding.ListenerAssignments;
import io.certwright.binding.ServerBinding;
import io.certwright.crypto.CsrBuilder;
import io.certwright.crypto.KeyGenerator;
import io.certwright.crypto.KeySealer;
import io.certwright.enrollment.Circuits;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.acme.AccountStock;
import io.certwright.enrollment.builtin.AuthorityStock;
import io.certwright.failure.LifecycleException;
import io.certwright.key.sealed.KeyRotation;
import io.certwright.key.windows.HostKeys;
import io.certwright.lifecycle.LifecyclePorts;
import io.certwright.lifecycle.Story;
import io.certwright.lookup.Lookups;
import io.certwright.lookup.NameLookup;
import io.certwright.lookup.RevocationLookup;
import io.certwright.lookup.dns.SystemNames;
import io.certwright.lookup.revocation.HttpRevocation;
import io.certwright.policy.PolicyChain;
import io.certwright.probe.TlsProbe;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.TrustPublisher;
import io.certwright.trust.windows.WindowsTrustPublisher;
import io.certwright.windows.WindowsHost;
import io.certwright.wsus.WsusPorts;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one process works with, wired by hand: each part is made when it is first asked for and closed in reverse order. One settings
 * file, one data folder, one database.
 */
final class Household implements AutoCloseable {
    /** Of one round over everything in use. */
    private static final Duration LIMIT_OF_LOOKUPS = Duration.ofMinutes(2);

    /** About one certificate, before it is bound. */
    private static final Duration LIMIT_OF_A_LOOKUP = Duration.ofSeconds(20);

    private final Surroundings surroundings;
    private final Lazy<Stored> stored;
    private final Lazy<KeySealer> sealer;
    private final Lazy<SettingsInForce> inForce;
    private final Lazy<OwnEvents> events;
    private final Lazy<Circuits> circuits;
    private final Lazy<Story> story;
    private final NameLookup names;
    private final RevocationLookup revocation;
    private final SwitchableFollower follower = new SwitchableFollower();

    /**
     * What a household stands in.
     *
     * @param actor who runs this process, for the audit
     * @param serves whether the process stays, and so deserves a pool of connections
     */
    record Surroundings(
            Settings settings,
            Map<String, String> environment,
            TlsProbe probe,
            Clock clock,
            SecureRandom random,
            Actor actor,
            boolean serves) {}

    /** @param ahead the record, which may be on its way already */
    Household(Surroundings surroundings, RecordAhead ahead) {
        this.surroundings = surroundings;
        this.stored = new Lazy<>(() -> {
            Optional<Stored> connected = ahead.take();
            return connected.isPresent() ? connected.get() : Stored.open(database(), surroundings.serves());
        });
        this.sealer = new Lazy<>(() ->
                MasterKeys.open(data(), surroundings.environment(), stored.get().sealed(), surroundings.random()));
        this.inForce = new Lazy<>(() -> new SettingsInForce(generation(surroundings.settings())));
        this.events = new Lazy<>(
                () -> OwnEvents.find(surroundings.environment(), surroundings.clock(), surroundings.serves()));
        this.circuits = new Lazy<>(() -> new Circuits(stored.get().issuerMemory(), surroundings.clock()));
        this.story = new Lazy<>(() -> new Story(ports(), events.get()));
        this.names = new SystemNames(surroundings.clock());
        this.revocation = new HttpRevocation(surroundings.clock());
    }

    Settings settings() throws LifecycleException {
        return inForce.isOpen() ? inForce.get().settings() : surroundings.settings();
    }

    SettingsInForce inForce() throws LifecycleException {
        return inForce.get();
    }

    Stored stored() throws LifecycleException {
        return stored.get();
    }

    KeySealer sealer() throws LifecycleException {
        return sealer.get();
    }

    Story story() throws LifecycleException {
        return story.get();
    }

    /** For a round over everything in use. */
    Lookups lookups() {
        return lookups(LIMIT_OF_LOOKUPS);
    }

    private Lookups lookups(Duration limit) {
        return new Lookups(names, revocation, limit, surroundings.clock());
    }

    Clock clock() {
        return surroundings.clock();
    }

    TlsProbe probe() {
        return surroundings.probe();
    }

    /** The listener of this process follows its row at once when a binding of this process writes it. */
    SwitchableFollower follower() {
        return follower;
    }

    /** Where everything is kept that is not in the database: the master key, copies for the way back, logs. */
    Path data() {
        return surroundings.settings().root().resolve("data");
    }

    /** Where is written. Trust folders on a share are somebody else's disk, which answers in the same way. */
    List<Path> folders() throws LifecycleException {
        Settings settings = settings();
        List<Path> folders = new ArrayList<>(List.of(data()));
        if (settings.database() instanceof DatabaseChoice.Embedded embedded) {
            folders.add(embedded.folder());
        }
        for (ClientGroup group : settings.groups().values()) {
            folders.add(settings.root().resolve(group.publishTo()));
        }
        return folders;
    }

    /** What others than its owner may do with the master key file; nothing where the key comes from the environment. */
    Optional<String> masterKeyExposure() {
        return MasterKeys.findExposure(data(), surroundings.environment(), surroundings.random());
    }

    AuditTrail audit() throws LifecycleException {
        return stored.get().audit(surroundings.actor(), surroundings.clock());
    }

    KeyRotation keyRotation() throws LifecycleException {
        Stored store = stored.get();
        return new KeyRotation(
                MasterKeys.place(data(), surroundings.environment(), !store.isEmbedded(), surroundings.random()),
                List.of(
                        store.sealedStock(),
                        new AuthorityStock(store.issuerMemory()),
                        new AccountStock(store.issuerMemory())),
                store.masterKeyLedger(),
                surroundings.clock());
    }

    /** Brings new settings into force as a whole. */
    void replace(Settings next) throws LifecycleException {
        inForce.get().replace(generation(next));
        story.get().nextLook().replanAll(surroundings.clock().instant());
    }

    private DatabaseChoice database() {
        return surroundings.settings().database();
    }

    private SettingsInForce.Generation generation(Settings settings) throws LifecycleException {
        IssuerChoice.Parts issuerParts = new IssuerChoice.Parts(
                stored.get().issuerMemory(),
                sealer.get(),
                surroundings.clock(),
                surroundings.random(),
                new RealPause()::lasting,
                windows(settings));
        Map<IssuerName, Issuer> issuers = new HashMap<>();
        settings.issuers().forEach((name, choice) -> issuers.put(name, choice.make(name, issuerParts)));
        ListenerAssignments assignments = stored.get().assignments();
        BindingChoice.Parts bindingParts = new BindingChoice.Parts(
                settings.service().listen(),
                follower,
                assignments,
                new StoredServables(stored.get().certificates()),
                sealer.get(),
                windows(settings),
                data().resolve("bindings"),
                surroundings.clock(),
                surroundings.random());
        Map<BindingName, ServerBinding> bindings = new HashMap<>();
        settings.bindings().forEach((name, choice) -> bindings.put(name, choice.make(bindingParts)));
        return new SettingsInForce.Generation(settings, issuers, bindings);
    }

    /** Those that the doctor visits. */
    List<WindowsHost> windowsHosts() {
        Settings settings = surroundings.settings();
        WindowsHosts hosts = windows(settings);
        return settings.transports().entrySet().stream()
                .filter(each -> each.getValue().isLookedOver())
                .map(Map.Entry::getKey)
                .sorted()
                .map(hosts::get)
                .toList();
    }

    private WindowsHosts windows(Settings settings) {
        return WindowsHosts.of(
                settings.transports(),
                settings.hosts(),
                new TransportChoice.Parts(surroundings.environment(), data(), surroundings.clock()));
    }

    /** Which CAs are left alone for now, as this process and all others found them. */
    Circuits circuits() throws LifecycleException {
        return circuits.get();
    }

    private LifecyclePorts ports() throws LifecycleException {
        SettingsInForce settings = inForce.get();
        SecureRandom random = surroundings.random();
        return new LifecyclePorts(
                settings,
                settings,
                circuits(),
                settings,
                new SealedKeys(
                        new KeyGenerator(random),
                        new CsrBuilder(random),
                        sealer.get(),
                        binding -> new HostKeys(windows(settings.settings())
                                .get(settings.get(binding).host()))),
                PolicyChain.standard(),
                surroundings.probe(),
                lookups(LIMIT_OF_A_LOOKUP),
                trustPublisher(),
                stored.get().repositories(hostLocks(), outbox(), audit()),
                surroundings.clock(),
                new RealPause());
    }

    /** Around WSUS servers: reaches their hosts as the bindings do. */
    WsusPorts wsus() throws LifecycleException {
        SettingsInForce settings = inForce.get();
        return new WsusPorts(
                settings,
                windows(settings.settings())::get,
                settings,
                stored.get().trust(),
                hostLocks(),
                stored.get().wsusSwitches(),
                audit(),
                surroundings.clock());
    }

    private HostLocks hostLocks() throws LifecycleException {
        return stored.get().hostLocks(surroundings.actor().host());
    }

    /** Empties the outbox, where the settings name a mail server or a webhook. */
    Optional<AlertDispatch> dispatch() throws LifecycleException {
        Channels channels = Mailing.channels(settings(), surroundings.clock());
        return channels.isEmpty()
                ? Optional.empty()
                : Optional.of(new AlertDispatch(
                        stored.get().outbox(), channels, surroundings.random(), surroundings.clock()));
    }

    /** Where alerts are left: what is severe enough is also on its way to those whom the settings name for it. */
    AlertOutbox outbox() throws LifecycleException {
        SettingsInForce settings = inForce.get();
        return new EscalatingOutbox(
                stored.get().outbox(),
                () -> settings.settings().alerts().rules().delivery().escalation());
    }

    TrustPublisher trustPublisher() {
        return new WindowsTrustPublisher(surroundings.settings().root(), Path.of(System.getProperty("user.home", ".")));
    }

    @Override
    public void close() {
        events.close();
        stored.close();
    }
}
