package io.certwright.app;

import io.certwright.cli.GlobalOptions;
import io.certwright.cli.House;
import io.certwright.cli.Rooms;
import java.time.Clock;

/** Puts the rooms together by hand, each when it is first asked for. */
final class Wiring implements House {
    @Override
    public Rooms enter(GlobalOptions options) {
        Logs.show(options);
        return new OpenRooms(options, Clock.systemUTC(), System.getenv());
    }

    @Override
    public String version() {
        return Version.read();
    }
}
