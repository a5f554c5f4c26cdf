package io.certwright.app;

import io.certwright.cli.GlobalOptions;
import io.certwright.cli.Rooms;
import io.certwright.cli.SettingsReport;
import io.certwright.cli.Surroundings;
import io.certwright.config.ConfigMapping;
import io.certwright.config.Faults;
import io.certwright.config.SettingsFile;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** The use cases of one command, opened when they are asked for. */
final class OpenRooms implements Rooms {
    private final GlobalOptions options;
    private final Map<String, String> environment;
    private final Clock clock;

    OpenRooms(GlobalOptions options, Map<String, String> environment, Clock clock) {
        this.options = options;
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public SettingsReport settings() {
        Faults faults = new Faults();
        Optional<ConfigMapping> settings = new SettingsFile(options.config(), environment).read(faults);
        return SettingsReport.of(options.config(), settings, faults);
    }

    @Override
    public Surroundings surroundings() {
        return new RealSurroundings(clock, options.config(), environment);
    }

    @Override
    public void close() {}
}
