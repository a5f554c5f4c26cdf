package io.certwright.testing;

import io.certwright.alert.Alert;
import io.certwright.alert.AlertKind;
import io.certwright.alert.OutboxEntry;
import io.certwright.audit.Actor;
import io.certwright.binding.BindingName;
import io.certwright.binding.HostName;
import io.certwright.binding.ServerBinding;
import io.certwright.certificate.CertificateName;
import io.certwright.crypto.CsrBuilder;
import io.certwright.enrollment.Circuits;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.Issuers;
import io.certwright.lifecycle.Keys;
import io.certwright.lifecycle.LifecyclePorts;
import io.certwright.lifecycle.Narration;
import io.certwright.lifecycle.Story;
import io.certwright.lifecycle.Transactions;
import io.certwright.lifecycle.Urge;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.record.RenewalOutcome;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lookup.Lookups;
import io.certwright.lookup.Observation.NameUnknown;
import io.certwright.policy.PolicyChain;
import io.certwright.probe.Endpoint;
import io.certwright.store.postgres.Database;
import io.certwright.store.postgres.PostgresAlertOutbox;
import io.certwright.store.postgres.PostgresAuditTrail;
import io.certwright.store.postgres.PostgresCertificateRepository;
import io.certwright.store.postgres.PostgresHostLocks;
import io.certwright.store.postgres.PostgresIssuerMemory;
import io.certwright.store.postgres.PostgresLooks;
import io.certwright.store.postgres.PostgresRenewalRepository;
import io.certwright.store.postgres.PostgresSnapshotRepository;
import io.certwright.store.postgres.PostgresTrustRepository;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientGroupName;
import io.certwright.trust.ClientTrust;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The whole story with production classes and a real database, fakes only at the ports: one CA named {@code lab}, one server
 * {@code web} at {@code web.contoso.com:443} on this machine, a clock at {@link #START}. A test adds what it needs.
 */
public final class StoryBench {
    /** A Monday, 11:00 in Berlin. */
    public static final Instant START = Instant.parse("2026-03-02T10:00:00Z");

    public static final CertificateName WSUS = CertificateName.of("wsus01");

    /** Two that began at one instant would be told apart by nothing. */
    private static final Duration BETWEEN_STORIES = Duration.ofSeconds(1);

    public final MovableClock clock = new MovableClock(START);
    public final TestCa ca = TestCa.root("CN=Test Root", START).intermediate("CN=Test Issuing");
    public final ScriptedIssuer issuer = new ScriptedIssuer("lab", ca, clock);
    public final FakeProbe probe = new FakeProbe();
    public final TestWishes wishes = new TestWishes();
    public final MemoryTrustPublisher trustPublisher = new MemoryTrustPublisher();
    public final FakeBinding web = new FakeBinding("fake:web", HostName.LOCAL, Endpoint.of("web.contoso.com", 443));

    public final ScriptedRevocation revocation = new ScriptedRevocation(clock);

    private final Map<IssuerName, Issuer> issuers = new HashMap<>();
    private final Map<BindingName, ServerBinding> bindings = new HashMap<>();
    private final TestSealer sealer = new TestSealer();
    private final List<String> told = new ArrayList<>();
    private LifecyclePorts ports;
    private Story story;

    public StoryBench(TestDatabase test) throws LifecycleException {
        this(test.database());
        test.empty();
    }

    private StoryBench(Database database) {
        add(issuer);
        add(web);
        ports = new LifecyclePorts(
                wishes,
                new ConfiguredIssuers(),
                new Circuits(new PostgresIssuerMemory(database), clock),
                this::binding,
                keys(),
                PolicyChain.standard(),
                probe,
                new Lookups(
                        name -> new NameUnknown(name, "nobody was asked", clock.instant()),
                        revocation,
                        Duration.ofSeconds(20),
                        clock),
                trustPublisher,
                repositories(database),
                clock,
                clock::advance);
        story = new Story(ports);
    }

    /** Another wiring of the same bench: a decorated repository, a faulty outbox. */
    public StoryBench with(UnaryOperator<LifecyclePorts> change) {
        ports = change.apply(ports);
        story = new Story(ports);
        return this;
    }

    public StoryBench withRepositories(UnaryOperator<LifecyclePorts.Repositories> change) {
        return with(old -> new LifecyclePorts(
                old.wishes(),
                old.issuers(),
                old.circuits(),
                old.bindings(),
                old.keys(),
                old.policy(),
                old.probe(),
                old.lookups(),
                old.trustPublisher(),
                change.apply(old.repositories()),
                old.clock(),
                old.pause()));
    }

    public StoryBench add(Issuer another) {
        issuers.put(another.name(), another);
        return this;
    }

    public FakeBinding add(FakeBinding another) {
        bindings.put(another.name(), another);
        probe.server(another);
        return another;
    }

    /** Clients that pin, or trust by root alone, and need {@code wait} to take what was published. */
    public ClientGroup group(String name, boolean pinning, Duration wait, Endpoint... alsoTalkTo) {
        ClientGroup group = new ClientGroup(
                ClientGroupName.of(name), pinning, wait, Duration.ofDays(30), List.of(alsoTalkTo), "trust/" + name);
        wishes.put(group);
        return group;
    }

    /** The wish for {@link #WSUS}, bound to {@link #web}, in force. */
    public ManagedCertificate wishInForce() {
        return inForce(TestWish.named("wsus01").boundTo(web));
    }

    public ManagedCertificate inForce(TestWish draft) {
        ManagedCertificate wish = draft.wish();
        wishes.put(wish);
        return wish;
    }

    public Story story() {
        return story;
    }

    public TestSealer sealer() {
        return sealer;
    }

    public LifecyclePorts ports() {
        return ports;
    }

    public LifecyclePorts.Repositories stored() {
        return ports.repositories();
    }

    public RenewalOutcome renew() {
        return renew(Urge.NONE);
    }

    public RenewalOutcome renew(Urge urge) {
        return renew(WSUS, urge);
    }

    public RenewalOutcome renew(CertificateName name, Urge urge) {
        Narration listening = (certificate, step, sentence) -> told.add(step + ": " + sentence);
        waitUntilLaterThanLast(name);
        return story.lifecycle().renew(name, urge, listening);
    }

    private void waitUntilLaterThanLast(CertificateName name) {
        try {
            stored().renewals()
                    .findLatest(name)
                    .filter(last -> !last.isOpen() && last.openedAt().equals(clock.instant()))
                    .ifPresent(last -> clock.advance(BETWEEN_STORIES));
        } catch (LifecycleException unavailable) {
            // Whatever is wrong with the record is for the story to tell.
        }
    }

    /** Runs a story that is to end as renewed, and returns the certificate in use afterwards. */
    public StoredCertificate renewed() throws LifecycleException {
        return renewed(Urge.NONE);
    }

    public StoredCertificate renewed(Urge urge) throws LifecycleException {
        RenewalOutcome outcome = renew(urge);
        if (!(outcome instanceof RenewalOutcome.Renewed)) {
            throw new AssertionError("wanted a renewed certificate, got " + outcome.sentence());
        }
        return inUse();
    }

    /** What was narrated so far, {@code step: sentence}. */
    public List<String> told() {
        return List.copyOf(told);
    }

    public StoredCertificate inUse() throws LifecycleException {
        return stored().certificates().findInUse(WSUS).orElseThrow(() -> new NoSuchElementException("none in use"));
    }

    public Optional<Renewal> open() throws LifecycleException {
        return stored().renewals().findOpen(WSUS);
    }

    public Renewal latest() throws LifecycleException {
        return stored().renewals().findLatest(WSUS).orElseThrow();
    }

    public Renewal.Standing standing() throws LifecycleException {
        return latest().standing().orElseThrow();
    }

    /** The open ones, but for the news of trust packages. */
    public List<Alert> alerts() throws LifecycleException {
        return openAlerts()
                .filter(alert -> alert.key().kind() != AlertKind.TRUST_PUBLISHED)
                .toList();
    }

    /** The news of trust packages. */
    public List<Alert> news() throws LifecycleException {
        return openAlerts()
                .filter(alert -> alert.key().kind() == AlertKind.TRUST_PUBLISHED)
                .toList();
    }

    private Stream<Alert> openAlerts() throws LifecycleException {
        return stored().outbox().listOpen().stream().map(OutboxEntry::alert);
    }

    public List<AlertKind> alertKinds() throws LifecycleException {
        return alerts().stream().map(alert -> alert.key().kind()).toList();
    }

    public ClientTrust clientTrust() {
        return new ClientTrust(stored().trust(), trustPublisher, clock);
    }

    /** A moment at which a certificate issued at {@link #START} for ninety days is due: 60 days on. */
    public void untilDue() {
        clock.moveTo(START.plus(Duration.ofDays(60)));
    }

    private ServerBinding binding(BindingName name) {
        return Optional.ofNullable(bindings.get(name)).orElseThrow(() -> new NoSuchElementException("binding " + name));
    }

    private Keys keys() {
        CsrBuilder requests = new CsrBuilder(new SecureRandom());
        return (spec, names) -> {
            KeyPair pair = TestKeys.fresh(spec);
            return new Keys.KeyWithRequest(sealer.seal(pair), requests.build(names, pair));
        };
    }

    private LifecyclePorts.Repositories repositories(Database database) {
        return new LifecyclePorts.Repositories(
                new Joined(database),
                new PostgresRenewalRepository(database),
                new PostgresCertificateRepository(database),
                new PostgresSnapshotRepository(database),
                new PostgresHostLocks(database),
                new PostgresTrustRepository(database),
                new PostgresAlertOutbox(database),
                new PostgresLooks(database),
                new PostgresAuditTrail(database, new Actor("anna", "pki01"), clock));
    }

    private record Joined(Database database) implements Transactions {
        @Override
        public <T> T inOne(Work<T> work) throws LifecycleException {
            return database.inTransaction(work::run);
        }
    }

    private final class ConfiguredIssuers implements Issuers {
        @Override
        public Issuer get(IssuerName name) {
            return Optional.ofNullable(issuers.get(name))
                    .orElseThrow(() -> new NoSuchElementException("issuer " + name));
        }

        @Override
        public List<Issuer> issuers() {
            return List.copyOf(issuers.values());
        }
    }
}
