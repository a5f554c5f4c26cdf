package io.certwright.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A house that remembers who entered and left, with the settings or the surroundings that a test gives it. */
final class FakeHouse implements House {
    private final List<GlobalOptions> entered = new ArrayList<>();
    private boolean isClosed;
    private final List<Expected> expected = new ArrayList<>();
    private final SettingsReport settings;
    private final Optional<Surroundings> surroundings;
    private int closed;

    FakeHouse() {
        this(new SettingsReport(Path.of("certwright.yml"), List.of(), "", Map.of()), Optional.empty());
    }

    FakeHouse(SettingsReport settings) {
        this(settings, Optional.empty());
    }

    FakeHouse(Surroundings surroundings) {
        this(new SettingsReport(Path.of("certwright.yml"), List.of(), "", Map.of()), Optional.of(surroundings));
    }

    private FakeHouse(SettingsReport settings, Optional<Surroundings> surroundings) {
        this.settings = settings;
        this.surroundings = surroundings;
    }

    @Override
    public void expect(Expected command) {
        expected.add(command);
    }

    @Override
    public Rooms enter(GlobalOptions options) {
        entered.add(options);
        return new ClosedRooms() {
            @Override
            public SettingsReport settings() {
                return settings;
            }

            @Override
            public Surroundings surroundings() {
                return surroundings.orElseThrow();
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

    @Override
    public void close() {
        isClosed = true;
    }

    boolean isClosed() {
        return isClosed;
    }

    List<Expected> expected() {
        return expected;
    }

    List<GlobalOptions> entered() {
        return entered;
    }

    int closed() {
        return closed;
    }
}
