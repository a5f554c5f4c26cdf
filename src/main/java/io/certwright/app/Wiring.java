package io.certwright.app;

import io.certwright.app.settings.DatabaseChoice;
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
    private final RecordAhead record = new RecordAhead();
    private @Nullable SettingsFile expected;

    /** Most settings name no database: the one in its usual place is a good guess while they are still being read. */
    @Override
    public void expect(Expected command) {
        SettingsFile file = settings(command.config());
        file.readAhead();
        if (command.readsRecord()) {
            record.begin(DatabaseChoice.usual(file.root()));
        }
        expected = file;
    }

    @Override
    public Rooms enter(GlobalOptions options) {
        Logs.show(options);
        SettingsFile file = settings(options.config());
        SettingsFile begun = Optional.ofNullable(expected)
                .filter(other -> other.path().equals(file.path()))
                .orElse(file);
        return new OpenRooms(options, begun, record, Clock.systemUTC(), System.getenv());
    }

    private static SettingsFile settings(Path config) {
        return new SettingsFile(config, System.getenv());
    }

    @Override
    public String version() {
        return Version.read();
    }

    @Override
    public void close() {
        record.close();
    }
}
