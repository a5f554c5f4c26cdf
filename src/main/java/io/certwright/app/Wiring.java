package io.certwright.app;

import io.certwright.cli.GlobalOptions;
import io.certwright.cli.House;
import io.certwright.cli.Rooms;
import io.certwright.config.SettingsFile;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts the rooms together by hand, each when it is first asked for. */
final class Wiring implements House {
    private @Nullable SettingsFile expected;

    @Override
    public void expect(Path config) {
        SettingsFile file = settings(config);
        file.readAhead();
        expected = file;
    }

    @Override
    public Rooms enter(GlobalOptions options) {
        Logs.show(options);
        SettingsFile file = settings(options.config());
        SettingsFile begun = Optional.ofNullable(expected)
                .filter(other -> other.path().equals(file.path()))
                .orElse(file);
        return new OpenRooms(options, begun, Clock.systemUTC(), System.getenv());
    }

    private static SettingsFile settings(Path config) {
        return new SettingsFile(config, System.getenv());
    }

    @Override
    public String version() {
        return Version.read();
    }
}
