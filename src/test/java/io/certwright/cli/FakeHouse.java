package io.certwright.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A house that remembers who entered and left, with the settings that a test gives it. */
final class FakeHouse implements House {
    private final List<GlobalOptions> entered = new ArrayList<>();
    private final SettingsReport settings;
    private int closed;

    FakeHouse() {
        this(new SettingsReport(Path.of("certwright.yml"), List.of(), "", Map.of()));
    }

    FakeHouse(SettingsReport settings) {
        this.settings = settings;
    }

    @Override
    public Rooms enter(GlobalOptions options) {
        entered.add(options);
        return new Rooms() {
            @Override
            public SettingsReport settings() {
                return settings;
            }

            @Override
            public void close() {
                closed++;
            }
        };
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    List<GlobalOptions> entered() {
        return entered;
    }

    int closed() {
        return closed;
    }
}
