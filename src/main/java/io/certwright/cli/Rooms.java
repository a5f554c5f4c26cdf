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

/**
 * The use cases that commands call, as far as the wiring offers them to the command line.
 *
 * <p>Each method opens what its use case needs when it is called and not before, so that {@code --help} opens nothing and
 * {@code list} no more than the database. What needs the settings throws {@link FaultySettings} with all their faults when they are not
 * sound. Closed by the frame after the command, whatever came of it.
 */
public interface Rooms extends AutoCloseable {
    /** For commands that look at certificates wherever they are. */
    Surroundings surroundings();

    /** What time it is for this process. */
    Clock clock();

    /** What the settings file says, sound or not; starts nothing. */
    SettingsReport settings();

    /** Writes settings to begin with where there are none; whether it did. */
    boolean ensureQuickStart() throws LifecycleException;

    /** Settings that are to be written where there are none. */
    NewSettings newSettings();

    /** What the settings promise; opens no database. */
    Wishes wishes() throws LifecycleException;

    /** What servers are pointed at, for looking. */
    ServerBindings bindings() throws LifecycleException;

    /** Opens stored keys, for those who export them. */
    KeySealer sealer() throws LifecycleException;

    /** Who did what. */
    AuditTrail audit() throws LifecycleException;

    /** The master keys themselves, for who replaces them. */
    KeyRoom keys();

    /** The hosts that the settings name, sorted; opens no database. */
    List<String> hosts() throws LifecycleException;

    /** The client groups that the settings name; opens no database. */
    List<ClientGroup> clientGroups() throws LifecycleException;

    /** A simulated Windows server, listening. */
    DemoWindows demoWindows(DemoWindows.Wish wish) throws LifecycleException;

    /** The service of this machine's Windows, for these settings; opens no database. */
    ServiceControl windowsService();

    Issuers issuers() throws LifecycleException;

    /** Which of them are left alone for now. */
    Circuits circuits() throws LifecycleException;

    /** The story and its use cases. */
    Story story() throws LifecycleException;

    /** The list of certificates; opens the database and nothing else. */
    Inventory inventory() throws LifecycleException;

    CertificateRepository certificates() throws LifecycleException;

    RenewalRepository renewals() throws LifecycleException;

    TrustRepository trust() throws LifecycleException;

    /** Writes a trust package below another folder than the settings name. */
    TrustPublisher publisherTo(Path folder);

    /**
     * Adds entries to the settings file; refused where the settings would not be sound with them.
     *
     * @param before what is done when they are known to be sound, and before they take the place of the old ones
     */
    void addToSettings(List<SettingsEntry> entries, BeforeAdded before) throws LifecycleException;

    /** What comes before new settings; if it throws, the old ones stay. */
    interface BeforeAdded {
        void with(Wishes next) throws LifecycleException;
    }

    /** The WSUS servers of the settings, top of each tree. */
    List<WsusServer> wsusServers() throws LifecycleException;

    /** What looks at WSUS servers and switches them works with. */
    WsusPorts wsus() throws LifecycleException;

    AlertOutbox outbox() throws LifecycleException;

    /** Empties the outbox; empty where the settings name no mail server. */
    Optional<AlertDispatch> dispatch() throws LifecycleException;

    /** Sends a test mail and says what the server answered. */
    String testMail(Recipient to) throws LifecycleException;

    /** The serving side of this process, not started yet. */
    ServiceRoom service() throws LifecycleException;

    /** Looks over everything; opens what it looks at, and never fails where that cannot be opened. */
    Doctor doctor();

    /** Who runs this process: the account's name at the operating system, for the record. */
    String person();

    /**
     * This command will read the record: where the database runs already, it is connected to while the settings are still being read. A
     * hint that changes nothing but the time it takes; to be given before anything is opened.
     */
    void expectDatabase();

    /** As {@link #expectDatabase}; the first that will be asked of the inventory is this page. */
    default void expectPage(String after, int limit) {
        expectDatabase();
    }

    /** From now on this process stays: connections are pooled, the log goes to files, too. To be called before anything is opened. */
    void stay();

    /** Closes what was opened, last opened first; harmless when nothing was, and when called twice. */
    @Override
    void close();
}
