package io.certwright.doctor;

import io.certwright.alert.AlertOutbox;
import io.certwright.certificate.CertificateName;
import io.certwright.crypto.KeySealer;
import io.certwright.enrollment.Issuer;
import io.certwright.failure.LifecycleException;
import io.certwright.lifecycle.record.StoredCertificate;
import io.certwright.lifecycle.wish.ManagedCertificate;
import io.certwright.probe.Endpoint;
import io.certwright.windows.WindowsHost;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Port: what the checks look at. Each method opens what it needs when it is called, and fails as that fails. */
public interface Vitals {
    Machine machine();

    /** Every fault in the settings, with its place. */
    List<String> settingsFaults();

    DatabaseFacts database() throws LifecycleException;

    /** What others than its owner may do with the master key, with the command that mends it. */
    Optional<String> masterKeyExposure() throws LifecycleException;

    /** How many keys are sealed under another master key than the one in force: a rotation that was not finished. */
    long keysUnderOldMasterKeys() throws LifecycleException;

    KeySealer sealer() throws LifecycleException;

    List<ManagedCertificate> wishes() throws LifecycleException;

    List<StoredCertificate> certificatesInUse() throws LifecycleException;

    List<Issuer> issuers() throws LifecycleException;

    /** Where data and trust packages are written. */
    List<Path> folders() throws LifecycleException;

    /** Where Certwright listens itself, the HTTPS listener first. */
    List<Endpoint> listeners() throws LifecycleException;

    /** Connects, encrypts and logs in, and sends nothing. Empty where the settings name no mail server. */
    Optional<String> reachMailServer() throws LifecycleException;

    /** The Windows hosts of the settings that no person has to walk to. */
    List<WindowsHost> windowsHosts() throws LifecycleException;

    AlertOutbox outbox() throws LifecycleException;

    /** When the certificates were last looked at by a service; empty where none ever did. */
    Optional<Instant> lastPass() throws LifecycleException;

    /** How long a service may go without a look. */
    Duration heartbeat() throws LifecycleException;

    /** The certificates that somebody should have looked at before {@code instant} and that nobody has. */
    List<CertificateName> dueSince(Instant instant) throws LifecycleException;
}
