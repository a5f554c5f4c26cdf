package io.certwright.doctor;

import io.certwright.alert.AlertOutbox;
import io.certwright.certificate.CertificateName;
import io.certwright.certificate.DnsName;
import io.certwright.certificate.IpAddress;
import io.certwright.crypto.KeySealer;
import io.certwright.enrollment.Issuer;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.lookup.Observation;
import io.certwright.probe.Endpoint;
import io.certwright.testing.MemoryAlertOutbox;
import io.certwright.testing.MovableClock;
import io.certwright.testing.TestSealer;
import io.certwright.windows.WindowsHost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A household in good health, until a test makes it ill. */
final class Patient implements Vitals, Machine {
    static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
    static final TestSealer SEALER = new TestSealer();
    static final Path DATA = Path.of("data");
    static final Endpoint LISTEN = Endpoint.of("127.0.0.1", 8443);
    static final Endpoint PLAIN = Endpoint.of("127.0.0.1", 8080);

    final MovableClock clock = new MovableClock(NOON);
    final List<String> faults = new ArrayList<>();
    final Set<Path> readOnly = new HashSet<>();
    final Map<Path, Long> free = new HashMap<>(Map.of(DATA, 10L << 30));
    final Map<Endpoint, Listening> listening = new HashMap<>(Map.of(LISTEN, Listening.FREE, PLAIN, Listening.FREE));
    final Set<DnsName> unknown = new HashSet<>();
    final Set<DnsName> silent = new HashSet<>();
    final List<ManagedCertificate> wishes = new ArrayList<>();
    final List<StoredCertificate> inUse = new ArrayList<>();
    final List<Issuer> issuers = new ArrayList<>();
    final MemoryAlertOutbox outbox = new MemoryAlertOutbox();
    final Map<CertificateName, Instant> looks = new HashMap<>();
    Optional<Instant> lastPass = Optional.of(NOON.minus(Duration.ofMinutes(10)));
    Asked<Duration> databaseAhead = () -> Duration.ZERO;
    Asked<Optional<String>> exposure = Optional::empty;
    final List<WindowsHost> hosts = new ArrayList<>();
    boolean databaseIsReadOnly;
    long underOldMasterKeys;
    Asked<KeySealer> sealer = () -> SEALER;
    Asked<Optional<String>> mail = () -> Optional.of("mail server mail.contoso.com:587 answers");

    /** Something that may fail. */
    interface Asked<T> {
        T answer() throws LifecycleException;
    }

    /** What the doctor says of this check. */
    Diagnosis diagnosisOf(String check) {
        return new Doctor(this)
                .examine().stream()
                        .filter(diagnosis -> diagnosis.check().equals(check))
                        .findFirst()
                        .orElseThrow();
    }

    @Override
    public Machine machine() {
        return this;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public long freeBytes(Path folder) throws IOException {
        if (!free.containsKey(folder)) {
            throw new IOException("no such disk");
        }
        return free.get(folder);
    }

    @Override
    public boolean isWritable(Path folder) {
        return !readOnly.contains(folder);
    }

    @Override
    public List<Observation> look(Collection<DnsName> names) {
        return names.stream().map(this::look).toList();
    }

    private Observation look(DnsName name) {
        if (silent.contains(name)) {
            return new Observation.NameUnknown(name, "the DNS server could not say", now());
        }
        List<IpAddress> addresses = unknown.contains(name) ? List.of() : List.of(IpAddress.parse("192.0.2.1"));
        return new Observation.Resolved(name, addresses, now());
    }

    @Override
    public Listening listening(Endpoint endpoint) {
        return listening.get(endpoint);
    }

    @Override
    public List<String> settingsFaults() {
        return faults;
    }

    @Override
    public DatabaseFacts database() throws LifecycleException {
        return new DatabaseFacts(clock.instant().plus(databaseAhead.answer()), "16.4", databaseIsReadOnly);
    }

    @Override
    public Optional<String> masterKeyExposure() throws LifecycleException {
        return exposure.answer();
    }

    @Override
    public long keysUnderOldMasterKeys() {
        return underOldMasterKeys;
    }

    @Override
    public KeySealer sealer() throws LifecycleException {
        return sealer.answer();
    }

    @Override
    public List<ManagedCertificate> wishes() {
        return wishes;
    }

    @Override
    public List<StoredCertificate> certificatesInUse() {
        return inUse;
    }

    @Override
    public List<Issuer> issuers() {
        return issuers;
    }

    @Override
    public List<Path> folders() {
        return List.of(DATA);
    }

    @Override
    public List<Endpoint> listeners() {
        return List.of(LISTEN, PLAIN);
    }

    @Override
    public Optional<String> reachMailServer() throws LifecycleException {
        return mail.answer();
    }

    @Override
    public List<WindowsHost> windowsHosts() {
        return hosts;
    }

    @Override
    public AlertOutbox outbox() {
        return outbox;
    }

    @Override
    public Optional<Instant> lastPass() {
        return lastPass;
    }

    @Override
    public Duration heartbeat() {
        return Duration.ofHours(6);
    }

    @Override
    public List<CertificateName> dueSince(Instant instant) {
        return looks.entrySet().stream()
                .filter(look -> !look.getValue().isAfter(instant))
                .map(Map.Entry::getKey)
                .toList();
    }
}
