package io.certwright.app;

import io.certwright.cli.GlobalOptions;
import io.certwright.cli.Rooms;
import io.certwright.cli.SettingsReport;
import io.certwright.config.ConfigMapping;
import io.certwright.config.Faults;
import io.certwright.config.SettingsFile;
import java.util.Map;
import java.util.Optional;

/** The use cases of one command, opened when they are asked for. */
final class OpenRooms implements Rooms {
    private final GlobalOptions options;
    private final Map<String, String> environment;

    OpenRooms(GlobalOptions options, Map<String, String> environment) {
        this.options = options;
        this.environment = environment;
    }

    @Override
    public SettingsReport settings() {
        Faults faults = new Faults();
        Optional<ConfigMapping> settings = new SettingsFile(options.config(), environment).read(faults);
        return SettingsReport.of(options.config(), settings, faults);
    }

    @Override
    public void close() {}
}
