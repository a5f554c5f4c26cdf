package io.certwright.app;

import io.certwright.app.settings.Settings;
import io.certwright.app.settings.SettingsReading;
import io.certwright.certificate.Printable;
import io.certwright.config.Faults;
import io.certwright.config.SettingsFile;
import io.certwright.config.SettingsInsertion;
import io.certwright.discovery.SettingsEntry;
import io.certwright.failure.AtomicMove;
import io.certwright.failure.FailureKind;
import io.certwright.failure.LifecycleException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Adds entries to the settings file; the new one takes the place of the old one only when it reads without a fault. */
final class SettingsAddition {
    private final Path file;
    private final Map<String, String> environment;

    SettingsAddition(Path file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /** What is done with the new settings before they take their place; if it throws, the old ones stay. */
    interface Before {
        void with(Settings next) throws LifecycleException;
    }

    void add(List<SettingsEntry> entries, Before before) throws LifecycleException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            for (SettingsEntry entry : entries) {
                text = with(entry, text);
            }
            Files.copy(file, next, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            Files.writeString(next, text, StandardCharsets.UTF_8);
            before.with(readSound(next));
            AtomicMove.replace(next, file);
        } catch (IOException unwritable) {
            throw refused("cannot be changed (" + unwritable.getClass().getSimpleName() + "); add the entry yourself");
        } finally {
            forget(next);
        }
    }

    private String with(SettingsEntry entry, String text) throws LifecycleException {
        Optional<String> longer = new SettingsInsertion(text).into(entry.section(), entry.lines());
        return longer.orElseThrow(() -> refused("has " + entry.section()
                + " on one line; write each entry of it on lines of its own, or add: "
                + String.join(" ", entry.lines())));
    }

    private Settings readSound(Path next) throws LifecycleException {
        Faults faults = new Faults();
        return SettingsReading.read(new SettingsFile(next, environment), faults)
                .orElseThrow(() -> refused("would not be sound with the new entry: "
                        + faults.list().get(0)));
    }

    private static void forget(Path next) {
        try {
            Files.deleteIfExists(next);
        } catch (IOException left) {
            next.toFile().deleteOnExit();
        }
    }

    private LifecycleException refused(String what) {
        return new LifecycleException(
                FailureKind.REFUSED,
                "SETTINGS_NOT_CHANGED",
                "settings " + Printable.quote(file.toString()) + ": " + what);
    }
}
