package io.certwright.cli;

import io.certwright.alert.AlertDispatch;
import io.certwright.alert.AlertOutbox;
import io.certwright.alert.Recipient;
import io.certwright.audit.AuditTrail;
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
import io.certwright.setup.NewSettings;
import io.certwright.trust.ClientGroup;
import io.certwright.trust.TrustPublisher;
import io.certwright.trust.TrustRepository;
import io.certwright.wsus.WsusPorts;
import io.certwright.wsus.WsusServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Rooms that nobody may enter: a test opens the ones that its command is meant to ask for, and any other fails it. */
public class ClosedRooms implements Rooms {
    private static IllegalStateException closed() {
        return new IllegalStateException("this command is not meant to open that room");
    }

    @Override
    public Clock clock() {
        throw closed();
    }

    @Override
    public Surroundings surroundings() {
        throw closed();
    }

    @Override
    public SettingsReport settings() {
        throw closed();
    }

    @Override
    public boolean ensureQuickStart() {
        throw closed();
    }

    @Override
    public NewSettings newSettings() {
        throw closed();
    }

    @Override
    public ServiceControl windowsService() {
        throw closed();
    }

    @Override
    public Wishes wishes() {
        throw closed();
    }

    @Override
    public AuditTrail audit() {
        throw closed();
    }

    @Override
    public KeyRoom keys() {
        throw closed();
    }

    @Override
    public List<String> hosts() {
        throw closed();
    }

    @Override
    public List<ClientGroup> clientGroups() {
        throw closed();
    }

    @Override
    public DemoWindows demoWindows(DemoWindows.Wish wish) {
        throw closed();
    }

    @Override
    public Circuits circuits() {
        throw closed();
    }

    @Override
    public Issuers issuers() {
        throw closed();
    }

    @Override
    public Story story() {
        throw closed();
    }

    @Override
    public Inventory inventory() {
        throw closed();
    }

    @Override
    public ServerBindings bindings() {
        throw closed();
    }

    @Override
    public KeySealer sealer() {
        throw closed();
    }

    @Override
    public CertificateRepository certificates() {
        throw closed();
    }

    @Override
    public RenewalRepository renewals() {
        throw closed();
    }

    @Override
    public TrustRepository trust() {
        throw closed();
    }

    @Override
    public TrustPublisher publisherTo(Path folder) {
        throw closed();
    }

    @Override
    public void addToSettings(List<SettingsEntry> entries, BeforeAdded before) throws LifecycleException {
        throw closed();
    }

    @Override
    public List<WsusServer> wsusServers() {
        throw closed();
    }

    @Override
    public WsusPorts wsus() {
        throw closed();
    }

    @Override
    public AlertOutbox outbox() {
        throw closed();
    }

    @Override
    public Optional<AlertDispatch> dispatch() {
        throw closed();
    }

    @Override
    public String testMail(Recipient to) {
        throw closed();
    }

    @Override
    public ServiceRoom service() {
        throw closed();
    }

    @Override
    public Doctor doctor() {
        throw closed();
    }

    @Override
    public String person() {
        throw closed();
    }

    @Override
    public void expectDatabase() {}

    @Override
    public void stay() {}

    @Override
    public void close() {}
}
