package io.certwright.cli;

import io.certwright.config.ConfigMapping;
import io.certwright.config.Fault;
import io.certwright.config.Faults;
import io.certwright.config.MaskedRendering;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a settings file says, fit to be shown.
 *
 * @param file as it was named
 * @param faults everything that is wrong in it, in its order
 * @param yaml the settings in effect as YAML, secrets masked; empty when there is nothing to be read
 * @param tree the same as nested maps and lists
 */
public record SettingsReport(Path file, List<Fault> faults, String yaml, Map<String, Object> tree) {
    public SettingsReport {
        faults = List.copyOf(faults);
    }

    /** Of settings that all readers have read. */
    public static SettingsReport of(Path file, Optional<ConfigMapping> settings, Faults faults) {
        return new SettingsReport(
                file,
                faults.list(),
                settings.map(MaskedRendering::yaml).orElse(""),
                settings.map(MaskedRendering::tree).orElse(Map.of()));
    }

    /** The report itself, where nothing is wrong. */
    public SettingsReport requireSound() {
        if (!faults.isEmpty()) {
            throw new FaultySettings(file, faults);
        }
        return this;
    }
}
