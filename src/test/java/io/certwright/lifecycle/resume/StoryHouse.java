package io.certwright.lifecycle.resume;

import io.certwright.binding.BindingName;
import io.certwright.binding.CertificateToBind;
import io.certwright.binding.HostLocks;
import io.certwright.binding.ListenerAssignments;
import io.certwright.binding.ServableCertificates;
import io.certwright.binding.ServerBinding;
import io.certwright.binding.SnapshotRepository;
import io.certwright.binding.files.FilesBinding;
import io.certwright.binding.files.FilesSettings;
import io.certwright.binding.listener.Listener;
import io.certwright.binding.listener.ListenerBinding;
import io.certwright.binding.listener.ListenerFollower;
import io.certwright.certificate.KeySpec;
import io.certwright.certificate.SubjectAlternativeNames;
import io.certwright.config.Faults;
import io.certwright.config.SettingsFile;
import io.certwright.crypto.CsrBuilder;
import io.certwright.crypto.KeyGenerator;
import io.certwright.crypto.KeySealer;
import io.certwright.enrollment.Circuits;
import io.certwright.enrollment.Issuer;
import io.certwright.enrollment.IssuerMemory;
import io.certwright.enrollment.IssuerName;
import io.certwright.enrollment.RememberedCertificates;
import io.certwright.enrollment.builtin.BuiltinIssuer;
import io.certwright.enrollment.builtin.BuiltinSettings;
import io.certwright.failure.LifecycleException;
import io.certwright.key.sealed.MasterKeyFile;
import io.certwright.lifecycle.Issuers;
import io.certwright.lifecycle.Keys;
import io.certwright.lifecycle.LifecyclePorts;
import io.certwright.lifecycle.Story;
import io.certwright.lifecycle.Transactions;
import io.certwright.lifecycle.record.RenewalRepository;
import io.certwright.policy.PolicyChain;
import io.certwright.probe.Endpoint;
import io.certwright.probe.TlsProbe;
import io.certwright.probe.jsse.JsseTlsProbe;
import io.certwright.store.postgres.Database;
import io.certwright.store.postgres.PostgresAlertOutbox;
import io.certwright.store.postgres.PostgresCertificateRepository;
import io.certwright.store.postgres.PostgresHostLocks;
import io.certwright.store.postgres.PostgresIssuerMemory;
import io.certwright.store.postgres.PostgresListenerAssignments;
import io.certwright.store.postgres.PostgresLooks;
import io.certwright.store.postgres.PostgresRenewalRepository;
import io.certwright.store.postgres.PostgresSnapshotRepository;
import io.certwright.store.postgres.PostgresTrustRepository;
import io.certwright.testing.MemoryAuditTrail;
import io.certwright.testing.Unasked;
import io.certwright.trust.TrustPublisher;
import io.certwright.trust.windows.WindowsTrustPublisher;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A household of production classes around one certificate: PostgreSQL, the built-in CA, sealed keys, the listener, a trust package
 * in a folder, real handshakes. Only time between two looks is shorter.
 */
final class StoryHouse {
    private static final Duration SHORT = Duration.ofMillis(20);

    private final Database database;
    private final KeySealer sealer;
    private final BuiltinIssuer issuer;
    private final TrustPublisher publisher;
    private final TlsProbe probe = new JsseTlsProbe(Duration.ofSeconds(20));
    private final Moments moments;
    private final Clock clock = Clock.systemUTC();
    private final List<ServerBinding> bindings;
    private final SecureRandom random = new SecureRandom();

    StoryHouse(Database database, Path folder, int port, Moments moments, ListenerFollower follower)
            throws LifecycleException {
        this.database = database;
        this.moments = moments;
        this.sealer = new MasterKeyFile(folder.resolve("master.key"), random).ensure(() -> false);
        BuiltinSettings standard = BuiltinSettings.standard();
        BuiltinSettings small = new BuiltinSettings(
                KeySpec.P_256,
                standard.lifetime(),
                standard.issuingLifetime(),
                standard.rootLifetime(),
                standard.prepareAhead(),
                standard.revocationListLifetime(),
                Optional.empty());
        IssuerMemory memory = Watched.port(
                IssuerMemory.class, new PostgresIssuerMemory(database), "remember", "issuer remembers", moments);
        this.issuer = new BuiltinIssuer(OneWish.LAB, small, memory, sealer, clock, random);
        this.publisher = Watched.port(
                TrustPublisher.class, new WindowsTrustPublisher(folder, folder), "publish", "publish", moments);
        ServerBinding listener = new ListenerBinding(
                Listener.MAIN,
                Endpoint.of("127.0.0.1", port),
                Watched.port(ListenerAssignments.class, assignments(), "assign", "assign", moments),
                servables(),
                follower,
                clock);
        this.bindings = List.of(listener, new FilesBinding(files(folder), folder.resolve("kept"), sealer, random));
    }

    /** As a person would write it in the settings. */
    private static FilesSettings files(Path folder) throws LifecycleException {
        Faults faults = new Faults();
        return new SettingsFile(folder.resolve("certwright.yml"), Map.of())
                .parse("{ type: files, fullchain: tls/wsus.pem, key: tls/wsus.key }", faults)
                .flatMap(FilesSettings::read)
                .orElseThrow(() -> new IllegalStateException(String.valueOf(faults.list())));
    }

    /** The story, its renewals kept by what {@code change} makes of the repository. */
    Story story(UnaryOperator<RenewalRepository> change) {
        RenewalRepository renewals = change.apply(new PostgresRenewalRepository(database));
        return new Story(new LifecyclePorts(
                wishes(),
                new OneIssuer(new WatchedIssuer(issuer, moments)),
                new Circuits(new PostgresIssuerMemory(database), clock),
                name -> Watched.port(ServerBinding.class, binding(name), "bind", "bind", moments),
                this::key,
                PolicyChain.standard(),
                probe,
                Unasked.lookups(),
                publisher,
                new LifecyclePorts.Repositories(
                        new Watched.Commits(new Joined(database), moments),
                        new WatchedRenewals(renewals, moments),
                        certificates(),
                        Watched.port(
                                SnapshotRepository.class,
                                new PostgresSnapshotRepository(database),
                                "saveIfAbsent",
                                "snapshot",
                                moments),
                        Watched.port(HostLocks.class, new PostgresHostLocks(database), "tryLock", "lock", moments),
                        new PostgresTrustRepository(database),
                        new PostgresAlertOutbox(database),
                        new PostgresLooks(database),
                        new MemoryAuditTrail()),
                clock,
                duration -> pause()));
    }

    OneWish wishes() {
        return OneWish.boundTo(bindings.stream().map(ServerBinding::name).toList());
    }

    List<ServerBinding> bindings() {
        return bindings;
    }

    TlsProbe probe() {
        return probe;
    }

    KeySealer sealer() {
        return sealer;
    }

    TrustPublisher publisher() {
        return publisher;
    }

    Database database() {
        return database;
    }

    PostgresCertificateRepository certificates() {
        return new PostgresCertificateRepository(database);
    }

    ListenerAssignments assignments() {
        return new PostgresListenerAssignments(database);
    }

    RememberedCertificates issued() {
        return new RememberedCertificates(OneWish.LAB, new PostgresIssuerMemory(database));
    }

    ServableCertificates servables() {
        return leaf -> certificates()
                .find(leaf)
                .map(stored -> new CertificateToBind(
                        stored.name(), stored.name().value(), stored.certificate(), stored.key(), stored.hostKey()));
    }

    private ServerBinding binding(BindingName name) {
        return bindings.stream()
                .filter(binding -> binding.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Keys.KeyWithRequest key(KeySpec spec, SubjectAlternativeNames names) throws LifecycleException {
        KeyPair pair = new KeyGenerator(random).generate(spec);
        return new Keys.KeyWithRequest(sealer.seal(pair), new CsrBuilder(random).build(names, pair));
    }

    private static void pause() {
        try {
            Thread.sleep(SHORT.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private record Joined(Database database) implements Transactions {
        @Override
        public <T> T inOne(Work<T> work) throws LifecycleException {
            return database.inTransaction(work::run);
        }
    }

    private record OneIssuer(Issuer issuer) implements Issuers {
        @Override
        public Issuer get(IssuerName name) {
            return issuer;
        }

        @Override
        public List<Issuer> issuers() {
            return List.of(issuer);
        }
    }
}
