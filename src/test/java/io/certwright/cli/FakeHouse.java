package io.certwright.cli;

import java.util.ArrayList;
import java.util.List;

/** A house whose rooms only remember that they were entered and closed. */
final class FakeHouse implements House {
    private final List<GlobalOptions> entered = new ArrayList<>();
    private int closed;

    @Override
    public Rooms enter(GlobalOptions options) {
        entered.add(options);
        return () -> closed++;
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
