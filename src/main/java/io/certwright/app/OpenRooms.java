package io.certwright.app;

import io.certwright.alert.AlertDispatch;
import io.certwright.alert.AlertOutbox;
import io.certwright.alert.Recipient;
import io.certwright.app.settings.DatabaseChoice;
import io.certwright.app.settings.Settings;
import io.certwright.app.settings.SettingsReading;
import io.certwright.audit.Actor;
import io.certwright.audit.AuditTrail;
import io.certwright.binding.HostName;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.cli.DemoWindows;
import io.certwright.cli.FaultySettings;
import io.certwright.cli.GlobalOptions;
import io.certwright.cli.KeyRoom;
import io.certwright.cli.Rooms;
import io.certwright.cli.ServiceControl;
import io.certwright.cli.ServiceRoom;
import io.certwright.cli.SettingsReport;
import io.certwright.cli.Surroundings;
import io.certwright.cli.WrongUsage;
import io.certwright.config.ConfigMapping;
import io.certwright.config.Faults;
import io.certwright.config.SettingsFile;
import io.certwright.crypto.KeySealer;
import io.certwright.discovery.SettingsEntry;
import io.certwright.doctor.Doctor;
import io.certwright.enrollment.Circuits;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.Issuers;
import io.certwright.lifecycle.ServerBindings;
import io.certwright.lifecycle.Story;
import io.certwright.lifecycle.record.CertificateRepository;
import io.certwright.lifecycle.record.Inventory;
import io.certwright.lifecycle.record.RenewalRepository;
import io.certwright.lifecycle.wish.Wishes;
import io.certwright.lookup.dns.SystemNames;
import io.certwright.probe.PresentedCertificate;
import io.certwright.probe.TlsProbe;
import io.certwright.probe.jsse.JsseTlsProbe;
import io.certwright.setup.NewSettings;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.TrustPublisher;
import io.certwright.trust.TrustRepository;
import io.certwright.trust.windows.WindowsTrustPublisher;
import io.certwright.wsus.WsusPorts;
import io.certwright.wsus.WsusServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The use cases of one command, opened when they are asked for. */
final class OpenRooms implements Rooms {
    private static final Duration LIMIT_OF_A_LOOK = Duration.ofSeconds(10);

    private static final Duration LIMIT_OF_A_LOOK_AT_OURSELVES = Duration.ofSeconds(3);

    private final GlobalOptions options;
    private final SettingsFile file;
    private final Clock clock;
    private final Map<String, String> environment;
    private final SecureRandom random = new SecureRandom();
    private final Lazy<Settings> settings = new Lazy<>(this::readSettings);
    private final Lazy<Household> household = new Lazy<>(this::open);
    private final Lazy<Serving> service = new Lazy<>(this::serving);
    private final RecordAhead ahead;
    private boolean stays;
    private boolean expectsDatabase;

    /**
     * @param file what {@code options} name, its reading perhaps begun
     * @param ahead its record, perhaps on its way
     */
    OpenRooms(
            GlobalOptions options, SettingsFile file, RecordAhead ahead, Clock clock, Map<String, String> environment) {
        this.options = options;
        this.file = file;
        this.ahead = ahead;
        this.clock = clock;
        this.environment = environment;
    }

    @Override
    public void stay() {
        stays = true;
    }

    /** Most settings name no database: the one in its usual place is a good guess while they are still being read. */
    @Override
    public void expectDatabase() {
        expectsDatabase = true;
        connectAhead(DatabaseChoice.usual(file.root()));
    }

    @Override
    public void expectPage(String after, int limit) {
        ahead.expect(new PageAhead.Wish(after, limit));
        expectDatabase();
    }

    private Household open() throws LifecycleException {
        Settings read = settings.get();
        if (stays) {
            Logs.alsoTo(read.root().resolve("data").resolve("log"));
        }
        return new Household(
                new Household.Surroundings(
                        read, environment, new JsseTlsProbe(LIMIT_OF_A_LOOK), clock, random, actor(), stays),
                ahead);
    }

    private Serving serving() throws LifecycleException {
        return new Serving(household.get(), file);
    }

    private Settings readSettings() throws LifecycleException {
        Faults faults = new Faults();
        Optional<Settings> read = SettingsReading.read(file, file.read(faults), faults, this::connectAhead);
        return read.orElseThrow(
                () -> Files.exists(options.config())
                        ? new FaultySettings(options.config(), faults.list())
                        : new WrongUsage(
                                "settings " + options.config()
                                        + ": there is no such file; \"certwright init\" asks what belongs in it, \"certwright up\" writes one to try things, --config names another"));
    }

    private void connectAhead(DatabaseChoice database) {
        if (expectsDatabase && !stays) {
            ahead.begin(database);
        }
    }

    @Override
    public Surroundings surroundings() {
        return new RealSurroundings(clock, options.config(), environment);
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public SettingsReport settings() {
        Faults faults = new Faults();
        Optional<ConfigMapping> top = file.read(faults);
        SettingsReading.read(file, top, faults);
        return SettingsReport.of(options.config(), top, faults);
    }

    @Override
    public boolean ensureQuickStart() throws LifecycleException {
        return new QuickStart(options.config()).ensureSettings();
    }

    @Override
    public NewSettings newSettings() {
        return new DraftedSettings(options.config(), environment, clock, random);
    }

    @Override
    public Wishes wishes() throws LifecycleException {
        return wishesOf(settings.get());
    }

    private static Wishes wishesOf(Settings settings) {
        return new SettingsInForce(new SettingsInForce.Generation(settings, Map.of(), Map.of()));
    }

    @Override
    public AuditTrail audit() throws LifecycleException {
        return household.get().audit();
    }

    private Actor actor() {
        return new Actor(person(), OwnName.of(environment));
    }

    @Override
    public KeyRoom keys() {
        return new HouseholdKeys(household, random);
    }

    @Override
    public List<String> hosts() throws LifecycleException {
        return settings.get().hosts().keySet().stream()
                .map(HostName::value)
                .sorted()
                .toList();
    }

    @Override
    public List<ClientGroup> clientGroups() throws LifecycleException {
        return List.copyOf(settings.get().groups().values());
    }

    @Override
    public DemoWindows demoWindows(DemoWindows.Wish wish) throws LifecycleException {
        return new RunningDemo(wish, System.in, clock, random);
    }

    @Override
    public ServiceControl windowsService() {
        return new ServiceOfSettings(settings, options.config(), environment);
    }

    @Override
    public Issuers issuers() throws LifecycleException {
        return household.get().inForce();
    }

    @Override
    public Circuits circuits() throws LifecycleException {
        return household.get().circuits();
    }

    @Override
    public Story story() throws LifecycleException {
        return household.get().story();
    }

    @Override
    public Inventory inventory() throws LifecycleException {
        return household.get().stored().inventory();
    }

    @Override
    public ServerBindings bindings() throws LifecycleException {
        return household.get().inForce();
    }

    @Override
    public KeySealer sealer() throws LifecycleException {
        return household.get().sealer();
    }

    @Override
    public CertificateRepository certificates() throws LifecycleException {
        return household.get().stored().certificates();
    }

    @Override
    public RenewalRepository renewals() throws LifecycleException {
        return household.get().stored().renewals();
    }

    @Override
    public TrustRepository trust() throws LifecycleException {
        return household.get().stored().trust();
    }

    @Override
    public void addToSettings(List<SettingsEntry> entries, BeforeAdded before) throws LifecycleException {
        new SettingsAddition(options.config(), environment).add(entries, next -> before.with(wishesOf(next)));
    }

    @Override
    public List<WsusServer> wsusServers() throws LifecycleException {
        return settings.get().wsus();
    }

    @Override
    public WsusPorts wsus() throws LifecycleException {
        return household.get().wsus();
    }

    @Override
    public TrustPublisher publisherTo(Path folder) {
        return new WindowsTrustPublisher(folder, folder);
    }

    @Override
    public AlertOutbox outbox() throws LifecycleException {
        return household.get().stored().outbox();
    }

    @Override
    public Optional<AlertDispatch> dispatch() throws LifecycleException {
        return household.get().dispatch();
    }

    @Override
    public String testMail(Recipient to) throws LifecycleException {
        return Mailing.test(settings.get(), to, clock, random);
    }

    @Override
    public ServiceRoom service() throws LifecycleException {
        household.get().sealer();
        return service.get();
    }

    @Override
    public Doctor doctor() {
        TlsProbe probe = new JsseTlsProbe(LIMIT_OF_A_LOOK_AT_OURSELVES);
        RealMachine machine = new RealMachine(clock, new SystemNames(clock), probe, this::holds);
        return new Doctor(new RealVitals(this::settings, household, machine));
    }

    private boolean holds(PresentedCertificate presented) throws LifecycleException {
        Sha256Fingerprint leaf = Sha256Fingerprint.of(presented.chain().leaf());
        return certificates().find(leaf).isPresent();
    }

    @Override
    public String person() {
        return System.getProperty("user.name", "unknown");
    }

    @Override
    public void close() {
        service.close();
        household.close();
        ahead.close();
    }
}
