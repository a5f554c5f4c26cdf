package io.certwright.app;

import io.certwright.alert.Alert;
import io.certwright.alert.AlertKey;
import io.certwright.alert.AlertKind;
import io.certwright.alert.Recipient;
import io.certwright.app.settings.Settings;
import io.certwright.app.settings.SettingsReading;
import io.certwright.audit.AuditAct;
import io.certwright.certificate.Sha256Fingerprint;
import io.certwright.config.ChangeWatch;
import io.certwright.config.Faults;
import io.certwright.config.SettingsFile;
import io.certwright.failure.LifecycleException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the settings again when they change: sound ones come into force as a whole, of others people are told and the old ones stay. */
final class SettingsFollowing {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsFollowing.class);
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final Household household;
    private final SettingsFile file;
    private final ChangeWatch watch;

    SettingsFollowing(Household household, SettingsFile file) {
        this.household = household;
        this.file = file;
        this.watch = new ChangeWatch(file.filesRead(), household.clock(), EVERY);
    }

    /** One look; never throws. */
    void look() {
        try {
            if (watch.hasChanged()) {
                follow();
            }
        } catch (LifecycleException | RuntimeException failed) {
            LOG.warn("changed settings were not taken over: {}", failed.getMessage());
        }
    }

    private void follow() throws LifecycleException {
        Faults faults = new Faults();
        Optional<Settings> next = SettingsReading.read(file, faults);
        if (next.isPresent()) {
            household.replace(next.get());
            household.audit().record(AuditAct.SETTINGS_READ, "settings " + file.path(), "changed ones are in force");
            LOG.info("changed settings are in force");
        } else {
            LOG.error("changed settings are not sound, the old ones stay in force:\n{}", faults);
            tell(faults.toString());
        }
    }

    private void tell(String faults) throws LifecycleException {
        String stage = Sha256Fingerprint.ofDer(faults.getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, 16);
        Alert alert = Alert.of(
                AlertKey.of("settings", AlertKind.SETTINGS_REJECTED, stage),
                "settings: changed ones are not sound, the old ones stay in force",
                faults,
                "The service goes on with the old settings and reads the file again when it changes.",
                List.of("certwright config check"),
                household.clock().instant());
        for (Recipient recipient : household.inForce().recipients()) {
            household.outbox().offer(alert, recipient);
        }
    }
}
