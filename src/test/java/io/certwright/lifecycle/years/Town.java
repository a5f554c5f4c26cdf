package io.certwright.lifecycle.years;

import io.certwright.binding.BindingName;
import io.certwright.binding.HostName;
import io.certwright.binding.ServerBinding;
import io.certwright.certificate.CertificateName;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.crypto.CsrBuilder;
import io.certwright.enrollment.Circuits;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerName;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.Issuers;
import io.certwright.lifecycle.Keys;
import io.certwright.lifecycle.LifecyclePorts;
import io.certwright.lifecycle.Story;
import io.certwright.lifecycle.Transactions;
import io.certwright.lifecycle.record.Renewal;
import io.certwright.lifecycle.wish.Host;
import io.certwright.lifecycle.wish.HostMode;
import io.certwright.lifecycle.wish.KeyOrigin;
import io.certwright.lifecycle.wish.MaintenanceWindow;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lifecycle.wish.RenewalRule;
import io.certwright.policy.PolicyChain;
import io.certwright.probe.Endpoint;
import io.certwright.probe.PresentedCertificate;
import io.certwright.probe.TlsProbe;
import io.certwright.store.postgres.Database;
import io.certwright.store.postgres.PostgresAlertOutbox;
import io.certwright.store.postgres.PostgresCertificateRepository;
import io.certwright.store.postgres.PostgresHostLocks;
import io.certwright.store.postgres.PostgresIssuerMemory;
import io.certwright.store.postgres.PostgresLooks;
import io.certwright.store.postgres.PostgresRenewalRepository;
import io.certwright.store.postgres.PostgresSnapshotRepository;
import io.certwright.store.postgres.PostgresTrustRepository;
import io.certwright.testing.MemoryAuditTrail;
import io.certwright.testing.MovableClock;
import io.certwright.testing.TestKeys;
import io.certwright.testing.TestSealer;
import io.certwright.testing.Unasked;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.ClientGroupName;
import io.certwright.trust.ClientTrust;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Many certificates on many servers, from three CAs, for clients of several kinds. Whoever is at the first CA has a second one. */
final class Town {
    private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
    private static final List<String> CAS = List.of("north", "south", "west");
    private static final IssuerName WITH_SECOND = new IssuerName("north");
    private static final IssuerName SECOND = new IssuerName("reserve");

    private final MovableClock clock = new MovableClock(START);
    private final Map<ClientGroupName, ClientGroup> groups = new HashMap<>();
    private final Map<IssuerName, SimCa> issuers = new HashMap<>();
    private final Map<CertificateName, SimServer> servers = new TreeMap<>();
    private final Map<CertificateName, Duration> lifetimes = new HashMap<>();
    private final SimWishes wishes;
    private final SimClients clients;
    private final Database database;
    private final LifecyclePorts ports;
    private final Story story;
    private SimServer.Witness witness = (server, next) -> {};

    /** What is wrong with the story on purpose. */
    enum Planted {
        NOTHING,
        BINDS_BEFORE_TRUST,
        DROPS_RESTORES
    }

    Town(Database database, int size, Random random, Planted planted) {
        this.database = database;
        group("pins", true, Duration.ofDays(3));
        group("roots", false, Duration.ofDays(2));
        group("slow-pins", true, Duration.ofDays(14));
        wishes = new SimWishes(groups, planted == Planted.BINDS_BEFORE_TRUST);
        clients = new SimClients(clock, groups);
        for (String ca : CAS) {
            issuers.put(new IssuerName(ca), new SimCa(ca, clock, random, lifetimes::get, true));
        }
        issuers.put(SECOND, new SimCa(SECOND.value(), clock, random, lifetimes::get, false));
        for (int number = 0; number < size; number++) {
            settle(number, random, planted == Planted.DROPS_RESTORES);
        }
        ports = ports();
        story = new Story(ports);
    }

    private void group(String name, boolean pinning, Duration wait) {
        ClientGroupName key = ClientGroupName.of(name);
        groups.put(key, new ClientGroup(key, pinning, wait, wait.multipliedBy(2), List.of(), "trust/" + name));
    }

    /** A fifth live some days, two fifths some weeks, two fifths months to two years; two of a kind share a host. */
    private void settle(int number, Random random, boolean dropsRestore) {
        int kind = number % 5;
        int days = kind == 0 ? 6 + random.nextInt(6) : kind < 3 ? 30 + random.nextInt(41) : 180 + random.nextInt(551);
        HostName host = new HostName((kind == 0 ? "fast-" : kind < 3 ? "mid-" : "slow-") + number / 10);
        Optional<MaintenanceWindow> window = kind == 0
                ? Optional.empty()
                : Optional.of(MaintenanceWindow.parse(
                        kind < 3 ? "daily 01:00-05:00 Europe/Berlin" : "Sun 02:00-05:00 Europe/Berlin"));
        wishes.put(new Host(host, HostMode.MANAGE, window));
        CertificateName name = CertificateName.of(String.format("web%02d", number));
        lifetimes.put(name, Duration.ofDays(number == 3 ? 730 : days));
        SimServer server =
                new SimServer(name.value(), host, (changed, next) -> witness.binding(changed, next), dropsRestore);
        servers.put(name, server);
        Optional<ClientGroupName> group = switch (kind) {
            case 1 -> Optional.of(ClientGroupName.of("pins"));
            case 2 -> Optional.of(ClientGroupName.of("roots"));
            case 3 -> Optional.of(ClientGroupName.of("slow-pins"));
            default -> Optional.empty();
        };
        wishes.put(wish(name, List.of(name.value()), new IssuerName(CAS.get(number % 3)), group));
    }

    private ManagedCertificate wish(
            CertificateName name, List<String> hostNames, IssuerName issuer, Optional<ClientGroupName> group) {
        return new ManagedCertificate(
                name,
                SubjectAlternativeNames.ofDns(
                        hostNames.stream().map(each -> each + ".contoso.com").toArray(String[]::new)),
                name + " TLS",
                KeySpec.P_256,
                KeyOrigin.SERVICE,
                issuer,
                new RenewalRule(0.66, 0),
                Set.of(),
                List.of(servers.get(name).name()),
                group,
                List.of(SimWishes.ADMINS),
                issuer.equals(WITH_SECOND) ? Optional.of(SECOND) : Optional.empty());
    }

    /** Everybody who is asked by it has a second CA. */
    void loseFirstCaUntil(Instant end) {
        Optional.ofNullable(issuers.get(WITH_SECOND)).orElseThrow().outUntil(end);
    }

    static boolean isSecond(IssuerName issuer) {
        return issuer.equals(SECOND);
    }

    /** Another name more or less, or another CA. */
    void changeWish(CertificateName name, Random random) {
        ManagedCertificate old = wishes.get(name);
        boolean alone = old.names().dns().size() == 1;
        boolean otherCa = random.nextInt(3) == 0;
        List<String> names = alone != otherCa ? List.of(name.value(), "www-" + name.value()) : List.of(name.value());
        IssuerName issuer = otherCa ? new IssuerName(CAS.get(random.nextInt(CAS.size()))) : old.issuer();
        wishes.put(wish(name, names, issuer, old.clients()));
    }

    private LifecyclePorts ports() {
        TestSealer sealer = new TestSealer();
        CsrBuilder requests = new CsrBuilder(new SecureRandom());
        return new LifecyclePorts(
                wishes,
                new Cas(issuers),
                new Circuits(new PostgresIssuerMemory(database), clock),
                this::binding,
                (spec, names) -> {
                    KeyPair pair = TestKeys.fresh(spec);
                    return new Keys.KeyWithRequest(sealer.seal(pair), requests.build(names, pair));
                },
                PolicyChain.standard(),
                probe(),
                Unasked.lookups(),
                clients,
                new LifecyclePorts.Repositories(
                        new Joined(database),
                        new PostgresRenewalRepository(database),
                        new PostgresCertificateRepository(database),
                        new PostgresSnapshotRepository(database),
                        new PostgresHostLocks(database),
                        new PostgresTrustRepository(database),
                        new PostgresAlertOutbox(database),
                        new PostgresLooks(database),
                        new MemoryAuditTrail()),
                clock,
                clock::advance);
    }

    private TlsProbe probe() {
        return endpoint -> new PresentedCertificate(
                endpoint,
                serverAt(endpoint)
                        .served()
                        .orElseThrow(() -> new LifecycleException(
                                FailureKind.UNREACHABLE, "CONNECTION_REFUSED", endpoint + ": nobody listens there")),
                "TLSv1.3",
                "TLS_AES_256_GCM_SHA384");
    }

    private SimServer serverAt(Endpoint endpoint) {
        return servers.values().stream()
                .filter(server -> server.endpoints().contains(endpoint))
                .findFirst()
                .orElseThrow();
    }

    private ServerBinding binding(BindingName name) {
        return servers.values().stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    void witness(SimServer.Witness next) {
        witness = next;
    }

    MovableClock clock() {
        return clock;
    }

    Story story() {
        return story;
    }

    SimWishes wishes() {
        return wishes;
    }

    SimClients clients() {
        return clients;
    }

    LifecyclePorts.Repositories stored() {
        return ports.repositories();
    }

    ClientTrust clientTrust() {
        return new ClientTrust(stored().trust(), clients, clock);
    }

    SimServer serverOf(CertificateName name) {
        return Optional.ofNullable(servers.get(name)).orElseThrow();
    }

    HostName hostOf(CertificateName name) {
        return serverOf(name).host();
    }

    List<CertificateName> namesOn(HostName host) {
        return servers.keySet().stream()
                .filter(name -> hostOf(name).equals(host))
                .toList();
    }

    Duration lifetimeOf(CertificateName name) {
        return Optional.ofNullable(lifetimes.get(name)).orElseThrow();
    }

    /** Of the CA that gave it, whichever was asked. */
    X509Certificate anchorOf(X509Certificate leaf) {
        return issuers.values().stream()
                .filter(ca -> ca.gave(leaf))
                .findFirst()
                .orElseThrow()
                .anchors()
                .get(0);
    }

    Instant openingAfter(HostName host, Instant from) {
        if (from.equals(Instant.MAX)) {
            return from;
        }
        Instant earliest = from.isBefore(clock.instant()) ? clock.instant() : from;
        return wishes.host(host)
                .window()
                .map(window -> window.nextOpeningFrom(earliest))
                .orElse(earliest);
    }

    CertificateName anyName(Random random) {
        List<CertificateName> names = List.copyOf(servers.keySet());
        return names.get(random.nextInt(names.size()));
    }

    SimServer.Trouble anyTrouble(Random random) {
        SimServer.Trouble[] all = SimServer.Trouble.values();
        return all[1 + random.nextInt(all.length - 1)];
    }

    FailureKind anyKind(Random random) {
        FailureKind[] all = FailureKind.values();
        return all[random.nextInt(all.length)];
    }

    List<String> listStuck(Instant openedBefore) throws LifecycleException {
        return database.list(
                "select certificate_name from renewal where closed_at is null and opened_at < ?",
                row -> row.text("certificate_name"),
                openedBefore);
    }

    List<String> listDoubled() throws LifecycleException {
        return database.list("""
                select certificate_name from renewal where closed_at is null
                group by certificate_name having count(*) > 1""", row -> row.text("certificate_name"));
    }

    /** The last renewals with how they stand, for whoever reads a breach. */
    String historyOf(CertificateName name) {
        try {
            return stored().renewals().listLatest(name, 4).stream()
                    .map(renewal -> renewal.stage() + " opened " + renewal.openedAt() + " "
                            + renewal.standing().map(Renewal.Standing::toString).orElse("still running"))
                    .collect(Collectors.joining("; "));
        } catch (LifecycleException unreadable) {
            return unreadable.getMessage();
        }
    }

    private record Joined(Database database) implements Transactions {
        @Override
        public <T> T inOne(Work<T> work) throws LifecycleException {
            return database.inTransaction(work::run);
        }
    }

    private record Cas(Map<IssuerName, SimCa> cas) implements Issuers {
        @Override
        public Issuer get(IssuerName name) {
            return Optional.ofNullable(cas.get(name)).orElseThrow();
        }

        @Override
        public List<Issuer> issuers() {
            return List.copyOf(cas.values());
        }
    }
}
