package io.certwright.app;

import io.certwright.alert.AlertKind;
import io.certwright.alert.Condition;
import io.certwright.alert.ConditionWatch;
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
import java.util.Set;
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

    /** Settings with which a service starts are sound: what was told of earlier ones is over. */
    void begin() throws LifecycleException {
        tell(List.of());
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
            tell(List.of());
        } else {
            LOG.error("changed settings are not sound, the old ones stay in force:\n{}", faults);
            tell(List.of(rejected(faults.toString())));
        }
    }

    /** The same faults are told once; when they are mended that is told, too. */
    private void tell(List<Condition> present) throws LifecycleException {
        var unused = new ConditionWatch(household.outbox())
                .passLasting(
                        Set.of(AlertKind.SETTINGS_REJECTED),
                        present,
                        household.inForce().recipients(),
                        household.clock().instant());
    }

    private static Condition rejected(String faults) {
        return new Condition(
                "settings",
                AlertKind.SETTINGS_REJECTED,
                Sha256Fingerprint.ofDer(faults.getBytes(StandardCharsets.UTF_8))
                        .hex()
                        .substring(0, 16),
                "settings: changed ones are not sound, the old ones stay in force",
                faults,
                "The service goes on with the old settings and reads the file again when it changes.",
                List.of("certwright config check"));
    }
}
