package io.certwright.app;

import io.certwright.alert.AlertOutbox;
import io.certwright.app.settings.Settings;
import io.certwright.binding.listener.ListenerSettings;
import io.certwright.certificate.CertificateName;
import io.certwright.cli.SettingsReport;
import io.certwright.crypto.KeySealer;
import io.certwright.doctor.DatabaseFacts;
import io.certwright.doctor.Machine;
import io.certwright.doctor.Vitals;
import io.certwright.enrollment.Issuer;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.probe.Endpoint;
import io.certwright.windows.WindowsHost;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What the doctor looks at, of this household. */
final class RealVitals implements Vitals {
    /** As many as a person reads. */
    private static final int MOST_DUE = 100;

    private final Supplier<SettingsReport> report;
    private final Lazy<Household> household;
    private final Machine machine;

    RealVitals(Supplier<SettingsReport> report, Lazy<Household> household, Machine machine) {
        this.report = report;
        this.household = household;
        this.machine = machine;
    }

    @Override
    public Machine machine() {
        return machine;
    }

    @Override
    public List<String> settingsFaults() {
        SettingsReport read = report.get();
        return read.faults().stream().map(Object::toString).toList();
    }

    @Override
    public DatabaseFacts database() throws LifecycleException {
        return household
                .get()
                .stored()
                .database()
                .find(
                        "select clock_timestamp() as now, current_setting('server_version') as version,"
                                + " current_setting('transaction_read_only') = 'on' as read_only",
                        row -> new DatabaseFacts(row.instant("now"), row.text("version"), row.flag("read_only")))
                .orElseThrow();
    }

    @Override
    public Optional<String> masterKeyExposure() throws LifecycleException {
        return household.get().masterKeyExposure();
    }

    @Override
    public long keysUnderOldMasterKeys() throws LifecycleException {
        return household.get().keyRotation().countLeftBehind();
    }

    @Override
    public KeySealer sealer() throws LifecycleException {
        return household.get().sealer();
    }

    @Override
    public List<ManagedCertificate> wishes() throws LifecycleException {
        return List.copyOf(settings().certificates().values());
    }

    @Override
    public List<StoredCertificate> certificatesInUse() throws LifecycleException {
        return household.get().stored().certificates().listInUse();
    }

    @Override
    public List<Issuer> issuers() throws LifecycleException {
        return household.get().inForce().issuers();
    }

    @Override
    public List<Path> folders() throws LifecycleException {
        return household.get().folders();
    }

    @Override
    public List<Endpoint> listeners() throws LifecycleException {
        ListenerSettings service = settings().service();
        List<Endpoint> endpoints = new ArrayList<>(List.of(service.listen()));
        service.listenPlain().ifPresent(endpoints::add);
        return endpoints;
    }

    @Override
    public Optional<String> reachMailServer() throws LifecycleException {
        Settings settings = settings();
        return settings.alerts().mail().isEmpty()
                ? Optional.empty()
                : Optional.of(Mailing.sender(settings, household.get().clock()).reach());
    }

    @Override
    public List<WindowsHost> windowsHosts() throws LifecycleException {
        return household.get().windowsHosts();
    }

    @Override
    public AlertOutbox outbox() throws LifecycleException {
        return household.get().stored().outbox();
    }

    @Override
    public Optional<Instant> lastPass() throws LifecycleException {
        return household.get().stored().pulses().findLast();
    }

    @Override
    public Duration heartbeat() throws LifecycleException {
        return settings().alerts().rules().delivery().heartbeat();
    }

    @Override
    public List<CertificateName> dueSince(Instant instant) throws LifecycleException {
        return household.get().stored().looks().listDue(instant, MOST_DUE);
    }

    private Settings settings() throws LifecycleException {
        return household.get().settings();
    }
}
